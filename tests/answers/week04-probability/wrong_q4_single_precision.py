# /// answer
# kind = "wrong"
# exercise = "w04-q4-pooled"
# misconception = "Computes in float32"
# loses = ["w04-q4-pooled-edges"]
# says = ["float32"]
# ///
# %% w04-q4-pooled
def pooled_moments(counts, means, covariances):
    if counts.sum() == 0:
        raise ValueError("no rows")
    filled = counts > 0
    w = (counts[filled] / counts.sum()).astype(np.float32)
    means, covariances = means[filled].astype(np.float32), covariances[filled].astype(np.float32)
    mean = w @ means
    apart = means - mean
    return mean, np.tensordot(w, covariances, axes=1) + (w[:, None] * apart).T @ apart
