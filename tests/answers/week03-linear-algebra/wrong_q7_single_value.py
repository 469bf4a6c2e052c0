# /// answer
# kind = "wrong"
# exercise = "w03-q7-compress"
# misconception = "Cuts where a singular value falls below the target, as if only the next one counted"
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
    rank = int((shares > max_error).sum())
    return U[:, :rank] * s[:rank], Vt[:rank]
