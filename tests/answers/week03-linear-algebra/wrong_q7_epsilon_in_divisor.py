# /// answer
# kind = "wrong"
# exercise = "w03-q7-compress"
# misconception = "A small constant guards the division, and swallows small units"
# loses = ["w03-q7-compress-test"]
# says = ["near 1e-100"]
# ///
# %% w03-q7-compress
def compress(A, max_error):
    if max_error <= 0:
        raise ValueError(f"max_error is {max_error}")
    U, s, Vt = np.linalg.svd(A.astype(np.float64), full_matrices=False)
    tails = np.append(np.cumsum(s[::-1] ** 2)[::-1], 0.0)
    rank = int(np.argmax(np.sqrt(tails / (tails[0] + 1e-12)) <= max_error))
    return U[:, :rank] * s[:rank], Vt[:rank]
