# /// answer
# kind = "wrong"
# exercise = "w06-q6-logistic"
# misconception = "Returns the class where the probability is asked for"
# loses = ["w06-q6-logistic-probability"]
# says = ["class"]
# ///
# %% w06-q6-logistic
def predict_probability(X, weights):
    return (weights[0] + X @ weights[1:] > 0).astype(float)


def fit_logistic(X, y, penalty):
    Z = np.column_stack([np.ones(len(X)), X])
    w, ridge = np.zeros(Z.shape[1]), np.r_[0.0, np.full(X.shape[1], penalty)]
    for _ in range(60):
        p = np.exp(-np.logaddexp(0.0, -(Z @ w)))
        w = w - np.linalg.solve((Z.T * (p * (1 - p))) @ Z + np.diag(ridge), Z.T @ (p - y) + ridge * w)
    return w
