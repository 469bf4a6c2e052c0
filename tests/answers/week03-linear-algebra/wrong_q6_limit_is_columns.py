# /// answer
# kind = "wrong"
# exercise = "w03-q6-pca"
# misconception = "The limit of k is the number of columns, although few rows allow fewer components"
# loses = ["w03-q6-pca-test"]
# says = ["ValueError"]
# ///
# %% w03-q6-pca
def pca(X, k):
    if not 1 <= k <= X.shape[1]:
        raise ValueError(f"k is {k}, the limit {X.shape[1]}")
    mean = X.mean(axis=0)
    _, s, Vt = np.linalg.svd(X - mean, full_matrices=False)
    shares = s**2 / (s**2).sum() if np.ptp(X, axis=0).any() else np.zeros_like(s)
    return PCA(mean, Vt[:k], s[:k] ** 2 / (len(X) - 1), shares[:k])
