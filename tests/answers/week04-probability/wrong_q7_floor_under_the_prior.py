# /// answer
# kind = "wrong"
# exercise = "w04-q7-naive-bayes"
# misconception = "A class without rows gets a tiny prior instead of none"
# loses = ["w04-q7-naive-bayes-fit"]
# says = ["-inf"]
# ///
# %% w04-q7-naive-bayes
def fit_pixels(X, y, n_classes, smoothing=1.0):
    rows = np.array([(y == label).sum() for label in range(n_classes)])
    ink = np.array([X[y == label].sum(axis=0, dtype=float) for label in range(n_classes)])
    with np.errstate(divide="ignore"):
        return np.log(np.maximum(rows / len(y), 1e-300)), (ink + smoothing) / (rows[:, None] + 2 * smoothing)


def log_posterior(X, log_prior, theta):
    X = X.astype(float)
    joint = X @ np.log(theta).T + (1 - X) @ np.log(1 - theta).T + log_prior
    top = joint.max(axis=1, keepdims=True)
    return joint - top - np.log(np.exp(joint - top).sum(axis=1, keepdims=True))
