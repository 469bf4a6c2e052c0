# /// answer
# kind = "wrong"
# exercise = "w03-q7-compress"
# misconception = "Squares float32 singular values in float32, where numbers near 1e25 overflow"
# loses = ["w03-q7-compress-test"]
# says = ["float32"]
# ///
# %% w03-q7-compress
def compress(A, max_error):
    if max_error <= 0:
        raise ValueError(f"max_error is {max_error}")
    U, s, Vt = np.linalg.svd(A, full_matrices=False)
    tails = np.append(np.cumsum(s[::-1] ** 2)[::-1], 0.0)
    rank = int(np.argmax(np.sqrt(tails) <= max_error * np.sqrt(tails[0])))
    return U[:, :rank] * s[:rank], Vt[:rank]
