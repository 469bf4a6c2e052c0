# /// answer
# kind = "wrong"
# exercise = "w03-q2-qr"
# misconception = "Measures what is left of a column against the longest column instead of its own length"
# loses = ["w03-q2-qr-stable"]
# says = ["dependent"]
# ///
# %% w03-q2-qr
def orthonormalise(A):
    m, n = A.shape
    longest = np.linalg.norm(A.astype(np.float64), axis=0).max()
    Q, R = np.zeros((m, n)), np.zeros((n, n))
    for j in range(n):
        rest = A[:, j].astype(np.float64)
        length = np.linalg.norm(rest)
        for _ in range(2):
            shadow = Q[:, :j].T @ rest
            rest -= Q[:, :j] @ shadow
            R[:j, j] += shadow
        R[j, j] = np.linalg.norm(rest)
        if R[j, j] <= 1e-13 * longest:
            raise ValueError(f"column {j} is dependent on the columns before it")
        Q[:, j] = rest / R[j, j]
    return Q, R
