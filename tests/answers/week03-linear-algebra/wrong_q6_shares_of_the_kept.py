# /// answer
# kind = "wrong"
# exercise = "w03-q6-pca"
# misconception = "Divides by the variance of the k components it keeps, so the shares always add up to 1"
# loses = ["w03-q6-pca-test"]
# says = ["kept components only"]
# ///
# %% w03-q6-pca
def pca(X, k):
    if not 1 <= k <= min(X.shape):
        raise ValueError(f"k is {k}, the limit {min(X.shape)}")
    _, s, Vt = np.linalg.svd(X - X.mean(axis=0), full_matrices=False)
    s = s[:k]
    total = (s**2).sum() if np.ptp(X, axis=0).any() else np.inf
    return PCA(X.mean(axis=0), Vt[:k], s**2 / (len(X) - 1), s**2 / total)
