# /// answer
# kind = "wrong"
# exercise = "w03-q6-pca"
# misconception = "Asks the rounded sum of squares whether anything varies, and rounding varies"
# loses = ["w03-q6-pca-edges"]
# says = ["0.1"]
# ///
# %% w03-q6-pca
def pca(X, k):
    if not 1 <= k <= min(X.shape):
        raise ValueError(f"k is {k}, the limit {min(X.shape)}")
    mean = X.mean(axis=0)
    _, s, Vt = np.linalg.svd(X - mean, full_matrices=False)
    shares = s**2 / (s**2).sum() if (s**2).sum() > 0 else np.zeros_like(s)
    return PCA(mean, Vt[:k], s[:k] ** 2 / (len(X) - 1), shares[:k])
