# /// answer
# kind = "wrong"
# exercise = "w03-q3-projection"
# misconception = "Projects onto the rows: V instead of U"
# loses = ["w03-q3-projection-test", "w03-q3-projection-rank"]
# says = ["rows of A"]
# ///
# %% w03-q3-projection
def projection_matrix(A):
    _, s, Vt = np.linalg.svd(A.astype(np.float64), full_matrices=False)
    V = Vt[s > 1e-12 * s[0]].T
    return V @ V.T
