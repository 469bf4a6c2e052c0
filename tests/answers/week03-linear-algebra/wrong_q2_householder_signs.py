# /// answer
# kind = "wrong"
# exercise = "w03-q2-qr"
# misconception = "Leaves the signs as Householder's reflections make them"
# loses = ["w03-q2-qr-test", "w03-q2-qr-stable"]
# says = ["positive diagonal"]
# ///
# %% w03-q2-qr
def orthonormalise(A):
    R = A.astype(np.float64)
    m, n = R.shape
    lengths = np.linalg.norm(R, axis=0)
    Q = np.eye(m)
    for j in range(n):
        left = np.linalg.norm(R[j:, j]) if j < m else 0.0
        if left <= 1e-13 * lengths[j]:
            raise ValueError(f"column {j} is dependent")
        v = np.zeros(m)
        v[j:] = R[j:, j]
        v[j] += np.copysign(left, v[j])
        H = np.eye(m) - 2.0 * np.outer(v, v) / (v @ v)
        R, Q = H @ R, Q @ H
    return Q[:, :n], np.triu(R[:n])
