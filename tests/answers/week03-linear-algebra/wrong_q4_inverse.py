# /// answer
# kind = "wrong"
# exercise = "w03-q4-least-squares"
# misconception = "Types the textbook formula"
# loses = ["w03-q4-least-squares-test", "w03-q4-least-squares-longley"]
# says = ["got a call of it"]
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
    if len(A) != len(b):
        raise ValueError(f"{len(A)} and {len(b)} rows")
    A = A.astype(np.float64)
    return np.linalg.inv(A.T @ A) @ A.T @ b
