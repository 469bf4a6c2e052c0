# /// answer
# kind = "wrong"
# exercise = "w06-q6-logistic"
# misconception = "1/(1 + e^-s) as printed: exp(10,000) overflows with a warning"
# loses = ["w06-q6-logistic-probability"]
# says = ["warn"]
# ///
# %% w06-q6-logistic
def predict_probability(X, weights):
    score = weights[0] + X @ weights[1:]
    return 1.0 / (1.0 + np.exp(-score))


def fit_logistic(X, y, penalty):
    Z = np.column_stack([np.ones(len(X)), X])
    ridge = np.full(Z.shape[1], float(penalty))
    ridge[0] = 0.0
    weights = np.zeros(Z.shape[1])
    for _ in range(30):
        p = predict_probability(X, weights)
        slope = Z.T @ (p - y) + ridge * weights
        curvature = Z.T * (p * (1.0 - p)) @ Z + np.diag(ridge)
        weights = weights - np.linalg.solve(curvature, slope)
    return weights
