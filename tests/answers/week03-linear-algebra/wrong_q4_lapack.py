# /// answer
# kind = "wrong"
# exercise = "w03-q4-least-squares"
# misconception = "Calls LAPACK's triangular solver by its own name"
# loses = ["w03-q4-least-squares-test", "w03-q4-least-squares-longley"]
# says = ["dtrtrs"]
# ///
# %% w03-q4-least-squares
import scipy.linalg.lapack


def solve_upper(R, c):
    if (np.diag(R) == 0).any():
        raise ValueError("the triangle is singular")
    x, _ = scipy.linalg.lapack.dtrtrs(np.triu(R).astype(np.float64), c.astype(np.float64))
    return x


def least_squares(A, b):
    if len(A) != len(b):
        raise ValueError(f"{len(A)} and {len(b)} rows")
    Q, R = np.linalg.qr(A.astype(np.float64))
    return solve_upper(R, Q.T @ b.astype(np.float64))
