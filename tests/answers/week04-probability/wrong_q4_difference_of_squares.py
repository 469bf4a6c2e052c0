# /// answer
# kind = "wrong"
# exercise = "w04-q4-pooled"
# misconception = "E[xx'] - E[x]E[x]' loses every digit far from 0"
# loses = ["w04-q4-pooled-edges"]
# says = ["keeps no digit"]
# ///
# %% w04-q4-pooled
def pooled_moments(counts, means, covariances):
    filled = counts > 0
    if not filled.any():
        raise ValueError("no rows")
    w, m, c = counts[filled] / counts.sum(), means[filled], covariances[filled]
    mean = w @ m
    second = np.tensordot(w, c + m[:, :, None] * m[:, None, :], axes=1)
    return mean, second - np.outer(mean, mean)
