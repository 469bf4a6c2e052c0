# /// answer
# kind = "wrong"
# exercise = "w03-q3-projection"
# misconception = "A pseudo-inverse of AᵀA repairs dependent columns and not the squared condition number"
# loses = ["w03-q3-projection-test", "w03-q3-projection-rank"]
# says = ["projection"]
# ///
# %% w03-q3-projection
def projection_matrix(A):
    A = A.astype(np.float64)
    largest = np.abs(A).max() or 1.0
    A = A / largest
    return A @ np.linalg.pinv(A.T @ A, rcond=1e-12) @ A.T
