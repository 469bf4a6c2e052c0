# /// answer
# kind = "wrong"
# exercise = "w01-q1-standardise"
# misconception = "Works in place on the caller's table"
# loses = ["w01-q1-standardise-edges"]
# says = ["left as it was"]
# ///
# %% w01-q1-standardise
def standardise(X):
    X = np.asarray(X, dtype=np.float64)
    constant = X.min(axis=0) == X.max(axis=0)
    X -= X.mean(axis=0)
    X /= np.where(constant, 1.0, X.std(axis=0))
    X[:, constant] = 0.0
    return X
