# /// answer
# kind = "wrong"
# exercise = "w04-q4-pooled"
# misconception = "The result is made unbiased, which nobody asked for"
# loses = ["w04-q4-pooled-test", "w04-q4-pooled-edges", "w04-q4-pooled-record"]
# says = ["n - 1"]
# ///
# %% w04-q4-pooled
def pooled_moments(counts, means, covariances):
    filled = counts > 0
    if not filled.any():
        raise ValueError("no rows")
    w, m, c = counts[filled] / counts.sum(), means[filled], covariances[filled]
    apart = m - w @ m
    n = counts.sum()
    return w @ m, (np.tensordot(w, c, axes=1) + (w[:, None] * apart).T @ apart) * (n / (n - 1))
