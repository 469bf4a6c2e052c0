# /// answer
# kind = "wrong"
# exercise = "w01-q1-standardise"
# misconception = "axis=1 reduces along the columns, so every row gets its own mean"
# loses = ["w01-q1-standardise-test", "w01-q1-standardise-edges"]
# says = ["axis=0"]
# ///
# %% w01-q1-standardise
def standardise(X):
    constant = X.min(axis=1, keepdims=True) == X.max(axis=1, keepdims=True)
    scale = np.where(constant, 1.0, X.std(axis=1, keepdims=True))
    return np.where(constant, 0.0, (X - X.mean(axis=1, keepdims=True)) / scale)
