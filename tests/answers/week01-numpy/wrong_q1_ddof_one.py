# /// answer
# kind = "wrong"
# exercise = "w01-q1-standardise"
# misconception = "The standard deviation of a sample, divided by n - 1, where the text asks for n"
# loses = ["w01-q1-standardise-test", "w01-q1-standardise-edges"]
# says = ["ddof=0"]
# ///
# %% w01-q1-standardise
def standardise(X):
    constant = X.min(axis=0) == X.max(axis=0)
    scale = np.where(constant, 1.0, X.std(axis=0, ddof=min(1, len(X) - 1)))
    return np.where(constant, 0.0, (X - X.mean(axis=0)) / scale)
