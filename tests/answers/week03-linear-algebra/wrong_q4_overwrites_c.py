# /// answer
# kind = "wrong"
# exercise = "w03-q4-least-squares"
# misconception = "Subtracts what is known from the right-hand side that was given"
# loses = ["w03-q4-least-squares-test"]
# says = ["the right-hand side given"]
# ///
# %% w03-q4-least-squares
def solve_upper(R, c):
    if (np.diag(R) == 0).any():
        raise ValueError("the triangle is singular")
    c = c.astype(np.float64, copy=False)
    x = np.zeros(len(c))
    for i in range(len(c) - 1, -1, -1):
        x[i] = c[i] / R[i, i]
        c[:i] -= R[:i, i] * x[i]
    return x


def least_squares(A, b):
    if len(A) != len(b):
        raise ValueError(f"{len(A)} and {len(b)} rows")
    Q, R = np.linalg.qr(A.astype(np.float64))
    return solve_upper(R, Q.T @ b.astype(np.float64))
