# /// answer
# kind = "wrong"
# exercise = "w04-q4-pooled"
# misconception = "No rows at all give nan in place of an error"
# loses = ["w04-q4-pooled-edges"]
# says = ["ValueError"]
# ///
# %% w04-q4-pooled
def pooled_moments(counts, means, covariances):
    filled = counts > 0
    w, m, c = counts[filled] / max(counts.sum(), 1), means[filled], covariances[filled]
    apart = m - w @ m
    return w @ m, np.tensordot(w, c, axes=1) + (w[:, None] * apart).T @ apart
