# /// answer
# kind = "wrong"
# exercise = "w03-q6-pca"
# misconception = "Forms the covariance matrix, in whose rounding the small components are lost"
# loses = ["w03-q6-pca-edges"]
# says = ["over the true ones"]
# ///
# %% w03-q6-pca
def pca(X, k):
    if not 1 <= k <= min(X.shape):
        raise ValueError(f"k is {k}, the limit {min(X.shape)}")
    mean = X.mean(axis=0)
    centred = X - mean
    values, vectors = np.linalg.eigh(centred.T @ centred / (len(X) - 1))
    values, vectors = np.maximum(values[::-1], 0.0), vectors[:, ::-1]
    total = values.sum() if np.ptp(X, axis=0).any() else np.inf
    return PCA(mean, vectors[:, :k].T, values[:k], values[:k] / total)
