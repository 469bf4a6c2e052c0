# /// answer
# kind = "wrong"
# exercise = "w01-q1-standardise"
# misconception = "nanmean and nanstd hide that a column has a gap"
# loses = ["w01-q1-standardise-edges"]
# says = ["gap was looked past"]
# ///
# %% w01-q1-standardise
def standardise(X):
    constant = np.nanmin(X, axis=0) == np.nanmax(X, axis=0)
    scale = np.where(constant, 1.0, np.nanstd(X, axis=0))
    return np.where(constant, 0.0, (X - np.nanmean(X, axis=0)) / scale)
