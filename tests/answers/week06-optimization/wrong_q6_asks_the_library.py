# /// answer
# kind = "wrong"
# exercise = "w06-q6-logistic"
# misconception = "scikit-learn does the work that was to be done by hand"
# loses = ["w06-q6-logistic-library"]
# says = ["does without it"]
# ///
# %% w06-q6-logistic
def predict_probability(X, weights):
    return np.exp(-np.logaddexp(0.0, -(weights[0] + X @ weights[1:])))


def fit_logistic(X, y, penalty):
    from sklearn.linear_model import LogisticRegression

    model = LogisticRegression(C=1.0 / penalty, tol=1e-10, max_iter=5_000).fit(X, y)
    return np.concatenate([model.intercept_, model.coef_[0]])
