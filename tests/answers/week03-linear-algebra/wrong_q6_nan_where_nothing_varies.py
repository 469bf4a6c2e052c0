# /// answer
# kind = "wrong"
# exercise = "w03-q6-pca"
# misconception = "0/0: shares of nothing become nan"
# loses = ["w03-q6-pca-edges"]
# says = ["nan"]
# ///
# %% w03-q6-pca
def pca(X, k):
    if not 1 <= k <= min(X.shape):
        raise ValueError(f"k is {k}, the limit {min(X.shape)}")
    _, s, Vt = np.linalg.svd(X - X.mean(axis=0), full_matrices=False)
    with np.errstate(invalid="ignore"):
        return PCA(X.mean(axis=0), Vt[:k], s[:k] ** 2 / (len(X) - 1), s[:k] ** 2 / (s**2).sum())
