# /// answer
# kind = "wrong"
# exercise = "w03-q2-qr"
# misconception = "Modified Gram-Schmidt loses right angles more slowly, but loses them"
# loses = ["w03-q2-qr-stable"]
# says = ["rounding errors are not perpendicular"]
# ///
# %% w03-q2-qr
def orthonormalise(A):
    m, n = A.shape
    Q, R = A.astype(np.float64), np.zeros((n, n))
    lengths = np.linalg.norm(Q, axis=0)
    for j in range(n):
        R[j, j] = np.linalg.norm(Q[:, j])
        if R[j, j] <= 1e-13 * lengths[j]:
            raise ValueError(f"column {j} is dependent")
        Q[:, j] /= R[j, j]
        for k in range(j + 1, n):
            R[j, k] = Q[:, j] @ Q[:, k]
            Q[:, k] -= R[j, k] * Q[:, j]
    return Q, R
