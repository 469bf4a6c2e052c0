# /// answer
# kind = "wrong"
# exercise = "w04-q4-pooled"
# misconception = "Fills the nan of empty groups with 0 in the caller's arrays"
# loses = ["w04-q4-pooled-edges"]
# says = ["empty group"]
# ///
# %% w04-q4-pooled
def pooled_moments(counts, means, covariances):
    if counts.sum() == 0:
        raise ValueError("no rows")
    means[counts == 0] = 0.0
    covariances[counts == 0] = 0.0
    w = counts / counts.sum()
    mean = w @ means
    apart = means - mean
    return mean, np.tensordot(w, covariances, axes=1) + (w[:, None] * apart).T @ apart
