# /// answer
# kind = "wrong"
# exercise = "w03-q3-projection"
# misconception = "The textbook formula, which needs independent columns and squares the condition number"
# loses = ["w03-q3-projection-test", "w03-q3-projection-rank"]
# says = ["got"]
# ///
# %% w03-q3-projection
def projection_matrix(A):
    A = A.astype(np.float64)
    return A @ np.linalg.inv(A.T @ A) @ A.T
