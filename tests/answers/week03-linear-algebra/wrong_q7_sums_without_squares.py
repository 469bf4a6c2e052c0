# /// answer
# kind = "wrong"
# exercise = "w03-q7-compress"
# misconception = "Adds singular values instead of their squares"
# loses = ["w03-q7-compress-test", "w03-q7-compress-photograph"]
# says = ["rank"]
# ///
# %% w03-q7-compress
def compress(A, max_error):
    if max_error <= 0:
        raise ValueError(f"max_error is {max_error}")
    U, s, Vt = np.linalg.svd(A.astype(np.float64), full_matrices=False)
    if s[0] == 0:
        return np.zeros((len(A), 0)), np.zeros((0, A.shape[1]))
    shares = s / s[0]
    tails = np.append(np.cumsum(shares[::-1])[::-1], 0.0)
    rank = int(np.argmax(tails <= max_error * tails[0]))
    return U[:, :rank] * s[:rank], Vt[:rank]
