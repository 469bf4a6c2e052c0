# /// answer
# kind = "wrong"
# exercise = "w01-q1-standardise"
# misconception = "np.isclose(deviation, 0) takes every column of small numbers for constant"
# loses = ["w01-q1-standardise-test", "w01-q1-standardise-edges"]
# says = ["fixed threshold"]
# ///
# %% w01-q1-standardise
def standardise(X):
    deviation = X.std(axis=0)
    constant = np.isclose(deviation, 0.0)
    return np.where(constant, 0.0, (X - X.mean(axis=0)) / np.where(constant, 1.0, deviation))
