# /// answer
# kind = "wrong"
# exercise = "w01-q1-standardise"
# misconception = "Asks only the present values whether a column is constant, so a lone value beside a gap is 0"
# loses = ["w01-q1-standardise-edges"]
# says = ["nan"]
# ///
# %% w01-q1-standardise
def standardise(X):
    filled = np.where(np.isnan(X), X[0], X)
    constant = (filled == filled[0]).all(axis=0) | np.isnan(filled).all(axis=0)
    scale = np.where(constant, 1.0, X.std(axis=0))
    return np.where(constant, 0.0, (X - X.mean(axis=0)) / scale)
