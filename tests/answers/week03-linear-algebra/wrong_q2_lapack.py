# /// answer
# kind = "wrong"
# exercise = "w03-q2-qr"
# misconception = "Calls LAPACK's factorisation by its own name"
# loses = ["w03-q2-qr-test", "w03-q2-qr-stable"]
# says = ["dgeqrf"]
# ///
# %% w03-q2-qr
import scipy.linalg.lapack


def orthonormalise(A):
    m, n = A.shape
    packed, *_ = scipy.linalg.lapack.dgeqrf(A.astype(np.float64))
    R = np.triu(packed[:n])
    R = R * np.sign(np.diag(R))[:, None]
    for j in range(n):
        if j >= m or abs(R[j, j]) <= 1e-13 * np.linalg.norm(A[:, j].astype(np.float64)):
            raise ValueError(f"column {j} is dependent")
    return A @ np.linalg.inv(R), R
