# /// answer
# kind = "wrong"
# exercise = "w03-q3-projection"
# misconception = "A fixed threshold for singular values: a matrix in a small unit has no directions at all"
# loses = ["w03-q3-projection-test", "w03-q3-projection-rank"]
# says = ["A * 1e-20"]
# ///
# %% w03-q3-projection
def projection_matrix(A):
    U, s, _ = np.linalg.svd(A.astype(np.float64), full_matrices=False)
    U = U[:, s > 1e-12]
    return U @ U.T
