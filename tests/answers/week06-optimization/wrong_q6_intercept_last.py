# /// answer
# kind = "wrong"
# exercise = "w06-q6-logistic"
# misconception = "The intercept is kept in the last place"
# loses = ["w06-q6-logistic-probability", "w06-q6-logistic-fit", "w06-q6-logistic-library"]
# says = ["intercept"]
# ///
# %% w06-q6-logistic
def predict_probability(X, weights):
    score = weights[-1] + X @ weights[:-1]
    return np.exp(-np.logaddexp(0.0, -score))


def fit_logistic(X, y, penalty):
    Z = np.column_stack([X, np.ones(len(X))])
    ridge = np.full(Z.shape[1], float(penalty))
    ridge[-1] = 0.0
    weights = np.zeros(Z.shape[1])
    for _ in range(30):
        p = predict_probability(X, weights)
        slope = Z.T @ (p - y) + ridge * weights
        curvature = Z.T * (p * (1.0 - p)) @ Z + np.diag(ridge)
        weights = weights - np.linalg.solve(curvature, slope)
    return weights
