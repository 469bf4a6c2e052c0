# /// answer
# kind = "wrong"
# exercise = "w04-q7-naive-bayes"
# misconception = "The argument is ignored"
# loses = ["w04-q7-naive-bayes-fit", "w04-q7-naive-bayes-digits"]
# says = ["use the argument"]
# ///
# %% w04-q7-naive-bayes
def fit_pixels(X, y, n_classes, smoothing=1.0):
    rows = np.array([(y == label).sum() for label in range(n_classes)])
    ink = np.array([X[y == label].sum(axis=0, dtype=float) for label in range(n_classes)])
    with np.errstate(divide="ignore"):
        return np.log(rows / len(y)), (ink + 1) / (rows[:, None] + 2)


def log_posterior(X, log_prior, theta):
    X = X.astype(float)
    joint = X @ np.log(theta).T + (1 - X) @ np.log(1 - theta).T + log_prior
    top = joint.max(axis=1, keepdims=True)
    return joint - top - np.log(np.exp(joint - top).sum(axis=1, keepdims=True))
