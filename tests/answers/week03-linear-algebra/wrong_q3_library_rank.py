# /// answer
# kind = "wrong"
# exercise = "w03-q3-projection"
# misconception = "Keeps as many directions as matrix_rank counts with its own threshold"
# loses = ["w03-q3-projection-rank"]
# says = ["1e-13"]
# ///
# %% w03-q3-projection
def projection_matrix(A):
    U, s, _ = np.linalg.svd(A.astype(np.float64), full_matrices=False)
    U = U[:, : np.linalg.matrix_rank(A.astype(np.float64))]
    return U @ U.T
