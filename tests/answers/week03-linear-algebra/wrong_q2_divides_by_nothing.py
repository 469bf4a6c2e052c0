# /// answer
# kind = "wrong"
# exercise = "w03-q2-qr"
# misconception = "Dependent columns are not noticed: what rounding left is blown up to length 1"
# loses = ["w03-q2-qr-stable"]
# says = ["ValueError"]
# ///
# %% w03-q2-qr
def orthonormalise(A):
    m, n = A.shape
    Q, R = np.zeros((m, n)), np.zeros((n, n))
    for j in range(n):
        rest = A[:, j].astype(np.float64)
        for _ in range(2):
            shadow = Q[:, :j].T @ rest
            rest = rest - Q[:, :j] @ shadow
            R[:j, j] += shadow
        R[j, j] = np.linalg.norm(rest)
        Q[:, j] = rest / (R[j, j] or 1.0)
    return Q, R
