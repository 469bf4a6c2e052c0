# /// answer
# kind = "wrong"
# exercise = "w04-q4-pooled"
# misconception = "A weight of 0 is expected to hide nan"
# loses = ["w04-q4-pooled-edges"]
# says = ["leave groups without rows out"]
# ///
# %% w04-q4-pooled
def pooled_moments(counts, means, covariances):
    if not counts.any():
        raise ValueError("no rows")
    w = counts / counts.sum()
    apart = means - w @ means
    return w @ means, np.tensordot(w, covariances, axes=1) + (w[:, None] * apart).T @ apart
