# /// answer
# kind = "wrong"
# exercise = "w01-q1-standardise"
# misconception = "A fixed threshold tells a constant column, but rounding grows with the numbers"
# loses = ["w01-q1-standardise-test", "w01-q1-standardise-edges"]
# says = ["1,000,000.1", "rounding"]
# ///
# %% w01-q1-standardise
def standardise(X):
    deviation = X.std(axis=0)
    constant = deviation < 1e-12
    return np.where(constant, 0.0, (X - X.mean(axis=0)) / np.where(constant, 1.0, deviation))
