# /// answer
# kind = "wrong"
# exercise = "w03-q2-qr"
# misconception = "Takes the triangle from AᵀA, whose condition number is squared, with a factorisation of its own"
# loses = ["w03-q2-qr-stable"]
# says = ["rounding errors are not perpendicular"]
# ///
# %% w03-q2-qr
def orthonormalise(A):
    A = A.astype(np.float64)
    n = A.shape[1]
    G, R = A.T @ A, np.zeros((A.shape[1], A.shape[1]))
    for i in range(n):
        left = G[i, i] - R[:i, i] @ R[:i, i]
        if left <= 1e-26 * G[i, i]:
            raise ValueError(f"column {i} is dependent")
        R[i, i] = np.sqrt(left)
        R[i, i + 1 :] = (G[i, i + 1 :] - R[:i, i] @ R[:i, i + 1 :]) / R[i, i]
    Q = np.zeros_like(A)
    for j in range(n):
        Q[:, j] = (A[:, j] - Q[:, :j] @ R[:j, j]) / R[j, j]
    return Q, R
