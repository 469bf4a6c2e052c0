# /// answer
# kind = "wrong"
# exercise = "w03-q4-least-squares"
# misconception = "Leaves it to the matrix product to complain, whose message says nothing of rows"
# loses = ["w03-q4-least-squares-test"]
# says = ["rows"]
# ///
# %% w03-q4-least-squares
def solve_upper(R, c):
    if (np.diag(R) == 0).any():
        raise ValueError("singular")
    x = np.zeros(len(c))
    for i in range(len(c) - 1, -1, -1):
        x[i] = (c[i] - R[i, i + 1 :] @ x[i + 1 :]) / R[i, i]
    return x


def least_squares(A, b):
    Q, R = np.linalg.qr(A.astype(np.float64))
    return solve_upper(R, Q.T @ b.astype(np.float64))
