# /// answer
# kind = "wrong"
# exercise = "w04-q4-pooled"
# misconception = "Every group counts the same, whatever its size"
# loses = ["w04-q4-pooled-test", "w04-q4-pooled-edges", "w04-q4-pooled-record"]
# says = ["equal weight"]
# ///
# %% w04-q4-pooled
def pooled_moments(counts, means, covariances):
    filled = counts > 0
    if not filled.any():
        raise ValueError("no rows")
    w, m, c = counts[filled] / counts.sum(), means[filled], covariances[filled]
    w = np.full(len(m), 1 / len(m))
    apart = m - w @ m
    return w @ m, np.tensordot(w, c, axes=1) + (w[:, None] * apart).T @ apart
