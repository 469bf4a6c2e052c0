# /// answer
# kind = "wrong"
# exercise = "w04-q4-pooled"
# misconception = "The pooled covariance is the average of the covariances"
# loses = ["w04-q4-pooled-test", "w04-q4-pooled-edges", "w04-q4-pooled-record"]
# says = ["distance between the groups is missing"]
# ///
# %% w04-q4-pooled
def pooled_moments(counts, means, covariances):
    filled = counts > 0
    if not filled.any():
        raise ValueError("no rows")
    w, m, c = counts[filled] / counts.sum(), means[filled], covariances[filled]
    return w @ m, np.tensordot(w, c, axes=1)
