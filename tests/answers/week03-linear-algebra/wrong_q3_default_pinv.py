# /// answer
# kind = "wrong"
# exercise = "w03-q3-projection"
# misconception = "Leaves the threshold to pinv, whose default keeps what the text calls rounding"
# loses = ["w03-q3-projection-rank"]
# says = ["1e-13"]
# ///
# %% w03-q3-projection
def projection_matrix(A):
    A = A.astype(np.float64)
    return A @ np.linalg.pinv(A)
