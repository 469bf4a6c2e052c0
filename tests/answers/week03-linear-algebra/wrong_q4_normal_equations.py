# /// answer
# kind = "wrong"
# exercise = "w03-q4-least-squares"
# misconception = "Solves the normal equations by an elimination of its own: the condition number is squared"
# loses = ["w03-q4-least-squares-longley"]
# says = ["AᵀA was formed"]
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
    A, b = A.astype(np.float64), b.astype(np.float64)
    G, c = A.T @ A, A.T @ b
    for j in range(len(c)):
        for i in range(j + 1, len(c)):
            factor = G[i, j] / G[j, j]
            G[i] -= factor * G[j]
            c[i] -= factor * c[j]
    return solve_upper(G, c)
