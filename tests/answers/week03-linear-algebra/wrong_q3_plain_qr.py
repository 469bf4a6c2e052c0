# /// answer
# kind = "wrong"
# exercise = "w03-q3-projection"
# misconception = "Takes all columns of Q, whether or not the columns of A depend on each other"
# loses = ["w03-q3-projection-rank"]
# says = ["projection for"]
# ///
# %% w03-q3-projection
def projection_matrix(A):
    Q, _ = np.linalg.qr(A.astype(np.float64))
    return Q @ Q.T
