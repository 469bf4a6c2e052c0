# /// answer
# kind = "wrong"
# exercise = "w03-q2-qr"
# misconception = "Gram and Schmidt as printed: one round, and rounding errors stay"
# loses = ["w03-q2-qr-stable"]
# says = ["rounding errors are not perpendicular"]
# ///
# %% w03-q2-qr
def orthonormalise(A):
    m, n = A.shape
    Q, R = np.zeros((m, n)), np.zeros((n, n))
    for j in range(n):
        column = A[:, j].astype(np.float64)
        R[:j, j] = Q[:, :j].T @ column
        rest = column - Q[:, :j] @ R[:j, j]
        R[j, j] = np.linalg.norm(rest)
        if R[j, j] <= 1e-13 * np.linalg.norm(column):
            raise ValueError(f"column {j} is dependent")
        Q[:, j] = rest / R[j, j]
    return Q, R
