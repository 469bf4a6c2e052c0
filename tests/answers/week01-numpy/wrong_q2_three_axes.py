# /// answer
# kind = "wrong"
# exercise = "w01-q2-pairwise"
# misconception = "Broadcasts the differences into an array of shape (n_a, n_b, n_features)"
# loses = ["w01-q2-pairwise-limits"]
# says = ["MiB", "n_features"]
# ///
# %% w01-q2-pairwise
def pairwise_distances(A, B):
    if A.shape[1] != B.shape[1]:
        raise ValueError(f"A has {A.shape[1]} columns and B has {B.shape[1]}")
    A, B = A.astype(float), B.astype(float)
    return np.sqrt(((A[:, None, :] - B[None, :, :]) ** 2).sum(axis=2))
