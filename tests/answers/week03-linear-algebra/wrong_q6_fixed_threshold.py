# /// answer
# kind = "wrong"
# exercise = "w03-q6-pca"
# misconception = "A fixed threshold tells whether anything varies, so a small unit has no shares"
# loses = ["w03-q6-pca-edges"]
# says = ["1e-60"]
# ///
# %% w03-q6-pca
def pca(X, k):
    if not 1 <= k <= min(X.shape):
        raise ValueError(f"k is {k}, the limit {min(X.shape)}")
    mean = X.mean(axis=0)
    _, s, Vt = np.linalg.svd(X - mean, full_matrices=False)
    shares = s**2 / (s**2).sum() if s[0] > 1e-8 else np.zeros_like(s)
    return PCA(mean, Vt[:k], s[:k] ** 2 / (len(X) - 1), shares[:k])
