# /// answer
# kind = "wrong"
# exercise = "w01-q1-standardise"
# misconception = "A small constant is added to every deviation, which swallows columns of small numbers"
# loses = ["w01-q1-standardise-test", "w01-q1-standardise-edges"]
# says = ["unit", "small constant was added"]
# ///
# %% w01-q1-standardise
def standardise(X):
    return (X - X.mean(axis=0)) / (X.std(axis=0) + 1e-8)
