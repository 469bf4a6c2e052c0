# /// answer
# kind = "wrong"
# exercise = "w03-q4-least-squares"
# misconception = "Solves a float32 triangle in float32 and widens the result"
# loses = ["w03-q4-least-squares-test"]
# says = ["float32"]
# ///
# %% w03-q4-least-squares
def solve_upper(R, c):
    if (np.diag(R) == 0).any():
        raise ValueError("the triangle is singular")
    x = np.zeros(len(c), dtype=np.result_type(R, c, np.float32))
    for i in range(len(c) - 1, -1, -1):
        x[i] = (c[i] - R[i, i + 1 :] @ x[i + 1 :]) / R[i, i]
    return x.astype(np.float64)


def least_squares(A, b):
    if len(A) != len(b):
        raise ValueError(f"{len(A)} and {len(b)} rows")
    Q, R = np.linalg.qr(A.astype(np.float64))
    return solve_upper(R, Q.T @ b.astype(np.float64))
