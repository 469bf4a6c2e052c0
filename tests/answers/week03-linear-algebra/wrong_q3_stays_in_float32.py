# /// answer
# kind = "wrong"
# exercise = "w03-q3-projection"
# misconception = "A float32 matrix is factored in float32, where rounding is far above the threshold"
# loses = ["w03-q3-projection-rank"]
# says = ["float32"]
# ///
# %% w03-q3-projection
import scipy.linalg


def projection_matrix(A):
    U, s, _ = scipy.linalg.svd(A, full_matrices=False)
    U = U[:, s > 1e-12 * s[0]].astype(np.float64)
    return U @ U.T
