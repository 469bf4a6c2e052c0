# /// answer
# kind = "wrong"
# exercise = "w03-q2-qr"
# misconception = "Subtracts twice but records only the second round, so the product is not A"
# loses = ["w03-q2-qr-test", "w03-q2-qr-stable"]
# says = ["R of orthonormalise"]
# ///
# %% w03-q2-qr
def orthonormalise(A):
    m, n = A.shape
    Q, R = np.zeros((m, n)), np.zeros((n, n))
    for j in range(n):
        rest = A[:, j].astype(np.float64)
        length = np.linalg.norm(rest)
        for _ in range(2):
            R[:j, j] = Q[:, :j].T @ rest
            rest = rest - Q[:, :j] @ R[:j, j]
        R[j, j] = np.linalg.norm(rest)
        if R[j, j] <= 1e-13 * length:
            raise ValueError(f"column {j} is dependent")
        Q[:, j] = rest / R[j, j]
    return Q, R
