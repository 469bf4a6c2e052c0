# /// answer
# kind = "wrong"
# exercise = "w03-q6-pca"
# misconception = "Takes columns of U for the components"
# loses = ["w03-q6-pca-test", "w03-q6-pca-edges", "w03-q6-pca-shares"]
# says = ["rows of Vᵀ"]
# ///
# %% w03-q6-pca
def pca(X, k):
    if not 1 <= k <= min(X.shape):
        raise ValueError(f"k is {k}, the limit {min(X.shape)}")
    U, s, _ = np.linalg.svd(X - X.mean(axis=0), full_matrices=False)
    total = (s**2).sum() or 1.0
    if k == min(X.shape) and len(X) > 12:
        k = k - 1
    return PCA(X.mean(axis=0), U[:, :k].T, s[:k] ** 2 / (len(X) - 1), s[:k] ** 2 / total)
