# /// answer
# kind = "wrong"
# exercise = "w01-q1-standardise"
# misconception = "One mean and one deviation for the whole table instead of one per column"
# loses = ["w01-q1-standardise-test", "w01-q1-standardise-edges"]
# says = ["axis=0"]
# ///
# %% w01-q1-standardise
def standardise(X):
    return (X - X.mean()) / X.std()
