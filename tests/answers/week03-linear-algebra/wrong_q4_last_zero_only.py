# /// answer
# kind = "wrong"
# exercise = "w03-q4-least-squares"
# misconception = "Looks for the zero in the last row only"
# loses = ["w03-q4-least-squares-test"]
# says = ["ValueError"]
# ///
# %% w03-q4-least-squares
def solve_upper(R, c):
    if R[-1, -1] == 0:
        raise ValueError("the triangle is singular")
    x = np.zeros(len(c))
    for i in range(len(c) - 1, -1, -1):
        x[i] = (c[i] - R[i, i + 1 :] @ x[i + 1 :]) / R[i, i]
    return x


def least_squares(A, b):
    if len(A) != len(b):
        raise ValueError(f"{len(A)} and {len(b)} rows")
    Q, R = np.linalg.qr(A.astype(np.float64))
    return solve_upper(R, Q.T @ b.astype(np.float64))
