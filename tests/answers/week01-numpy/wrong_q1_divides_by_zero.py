# /// answer
# kind = "wrong"
# exercise = "w01-q1-standardise"
# misconception = "The constant column is forgotten: 0/0 is nan"
# loses = ["w01-q1-standardise-edges"]
# says = ["constant column", "nan"]
# ///
# %% w01-q1-standardise
def standardise(X):
    centred = X - X.min(axis=0).astype(float)  # exact zeros where every value is the same
    centred = centred - centred.mean(axis=0)
    with np.errstate(invalid="ignore"):
        return centred / np.sqrt((centred**2).mean(axis=0))
