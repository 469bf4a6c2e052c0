# /// answer
# kind = "wrong"
# exercise = "w03-q6-pca"
# misconception = "Forgets the mean: the first direction points at the cloud instead of along it"
# loses = ["w03-q6-pca-test", "w03-q6-pca-edges", "w03-q6-pca-shares"]
# says = ["not centred"]
# ///
# %% w03-q6-pca
def pca(X, k):
    if not 1 <= k <= min(X.shape):
        raise ValueError(f"k is {k}, the limit {min(X.shape)}")
    X = X.astype(np.float64)
    _, s, Vt = np.linalg.svd(X, full_matrices=False)
    total = (s**2).sum() or 1.0
    return PCA(X.mean(axis=0), Vt[:k], s[:k] ** 2 / (len(X) - 1), s[:k] ** 2 / total)
