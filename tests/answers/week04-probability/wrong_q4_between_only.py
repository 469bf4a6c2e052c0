# /// answer
# kind = "wrong"
# exercise = "w04-q4-pooled"
# misconception = "Only the group means vary"
# loses = ["w04-q4-pooled-test", "w04-q4-pooled-edges", "w04-q4-pooled-record"]
# says = ["own spread is missing"]
# ///
# %% w04-q4-pooled
def pooled_moments(counts, means, covariances):
    filled = counts > 0
    if not filled.any():
        raise ValueError("no rows")
    w, m, c = counts[filled] / counts.sum(), means[filled], covariances[filled]
    apart = m - w @ m
    return w @ m, (w[:, None] * apart).T @ apart
