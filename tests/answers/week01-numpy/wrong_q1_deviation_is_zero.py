# /// answer
# kind = "wrong"
# exercise = "w01-q1-standardise"
# misconception = "A constant column is recognised by a standard deviation of exactly 0"
# loses = ["w01-q1-standardise-edges"]
# says = ["1.4e-17"]
# ///
# %% w01-q1-standardise
def standardise(X):
    deviation = X.std(axis=0)
    deviation[deviation == 0] = 1.0
    return (X - X.mean(axis=0)) / deviation
