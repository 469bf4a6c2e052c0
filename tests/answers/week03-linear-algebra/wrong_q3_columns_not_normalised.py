# /// answer
# kind = "wrong"
# exercise = "w03-q3-projection"
# misconception = "A Aᵀ projects only if the columns are perpendicular and of length 1"
# loses = ["w03-q3-projection-test", "w03-q3-projection-rank"]
# says = ["perpendicular and of length 1"]
# ///
# %% w03-q3-projection
def projection_matrix(A):
    A = A.astype(np.float64)
    return A @ A.T
