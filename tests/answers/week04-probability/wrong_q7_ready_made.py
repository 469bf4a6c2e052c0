# /// answer
# kind = "wrong"
# exercise = "w04-q7-naive-bayes"
# misconception = "scikit-learn counts"
# loses = ["w04-q7-naive-bayes-fit", "w04-q7-naive-bayes-digits"]
# says = ["BernoulliNB"]
# ///
# %% w04-q7-naive-bayes
from sklearn.naive_bayes import BernoulliNB


def fit_pixels(X, y, n_classes, smoothing=1.0):
    model = BernoulliNB(alpha=smoothing).fit(X, y)
    log_prior, theta = np.full(n_classes, -np.inf), np.full((n_classes, X.shape[1]), 0.5)
    log_prior[model.classes_], theta[model.classes_] = model.class_log_prior_, np.exp(model.feature_log_prob_)
    return log_prior, theta


def log_posterior(X, log_prior, theta):
    X = X.astype(float)
    joint = X @ np.log(theta).T + (1 - X) @ np.log(1 - theta).T + log_prior
    top = joint.max(axis=1, keepdims=True)
    return joint - top - np.log(np.exp(joint - top).sum(axis=1, keepdims=True))
