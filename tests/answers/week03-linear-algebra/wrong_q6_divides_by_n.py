# /// answer
# kind = "wrong"
# exercise = "w03-q6-pca"
# misconception = "Divides by n, as np.var does, where the text says n - 1"
# loses = ["w03-q6-pca-test", "w03-q6-pca-edges"]
# says = ["instead of n − 1"]
# ///
# %% w03-q6-pca
def pca(X, k):
    if not 1 <= k <= min(X.shape):
        raise ValueError(f"k is {k}, the limit {min(X.shape)}")
    _, s, Vt = np.linalg.svd(X - X.mean(axis=0), full_matrices=False)
    total = (s**2).sum() or 1.0
    return PCA(X.mean(axis=0), Vt[:k], s[:k] ** 2 / len(X), s[:k] ** 2 / total)
