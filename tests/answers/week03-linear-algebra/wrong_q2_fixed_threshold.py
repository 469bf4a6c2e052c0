# /// answer
# kind = "wrong"
# exercise = "w03-q2-qr"
# misconception = "Compares what is left with a fixed number, so columns in a small unit count as dependent"
# loses = ["w03-q2-qr-stable"]
# says = ["dependent"]
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
        if R[j, j] < 1e-8:
            raise ValueError(f"column {j} is dependent")
        Q[:, j] = rest / R[j, j]
    return Q, R
