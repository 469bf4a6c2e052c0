# /// answer
# kind = "wrong"
# exercise = "w04-q7-naive-bayes"
# misconception = "Columns sum to 1 in place of rows"
# loses = ["w04-q7-naive-bayes-posterior", "w04-q7-naive-bayes-digits"]
# says = ["over the rows"]
# ///
# %% w04-q7-naive-bayes
def fit_pixels(X, y, n_classes, smoothing=1.0):
    rows = np.array([(y == label).sum() for label in range(n_classes)])
    ink = np.array([X[y == label].sum(axis=0, dtype=float) for label in range(n_classes)])
    with np.errstate(divide="ignore"):
        return np.log(rows / len(y)), (ink + smoothing) / (rows[:, None] + 2 * smoothing)


def log_posterior(X, log_prior, theta):
    X = X.astype(float)
    joint = X @ np.log(theta).T + (1 - X) @ np.log(1 - theta).T + log_prior
    with np.errstate(all="ignore"):
        return joint - np.logaddexp.reduce(joint, axis=0)
