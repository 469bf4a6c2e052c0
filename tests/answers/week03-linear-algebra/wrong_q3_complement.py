# /// answer
# kind = "wrong"
# exercise = "w03-q3-projection"
# misconception = "Returns the projection onto what is left over"
# loses = ["w03-q3-projection-test", "w03-q3-projection-rank"]
# says = ["perpendicular to the columns"]
# ///
# %% w03-q3-projection
def projection_matrix(A):
    U, s, _ = np.linalg.svd(A.astype(np.float64), full_matrices=False)
    U = U[:, s > 1e-12 * s[0]]
    return np.eye(len(A)) - U @ U.T
