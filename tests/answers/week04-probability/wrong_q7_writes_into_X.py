# /// answer
# kind = "wrong"
# exercise = "w04-q7-naive-bayes"
# misconception = "Writes into an array of floats that astype or asarray did not copy"
# loses = ["w04-q7-naive-bayes-posterior"]
# says = ["X of floats"]
# ///
# %% w04-q7-naive-bayes
def fit_pixels(X, y, n_classes, smoothing=1.0):
    rows = np.array([(y == label).sum() for label in range(n_classes)])
    ink = np.array([X[y == label].sum(axis=0, dtype=float) for label in range(n_classes)])
    with np.errstate(divide="ignore"):
        return np.log(rows / len(y)), (ink + smoothing) / (rows[:, None] + 2 * smoothing)


def log_posterior(X, log_prior, theta):
    X = np.asarray(X, dtype=float)
    joint = X @ np.log(theta).T + log_prior
    np.subtract(1.0, X, out=X)
    joint += X @ np.log(1 - theta).T
    top = joint.max(axis=1, keepdims=True)
    return joint - top - np.log(np.exp(joint - top).sum(axis=1, keepdims=True))
