# /// answer
# kind = "wrong"
# exercise = "w01-q2-pairwise"
# misconception = "Rows follow B and columns follow A"
# loses = ["w01-q2-pairwise-test", "w01-q2-pairwise-limits"]
# says = ["transpose"]
# ///
# %% w01-q2-pairwise
def pairwise_distances(A, B):
    if A.shape[1] != B.shape[1]:
        raise ValueError(f"A has {A.shape[1]} columns and B has {B.shape[1]}")
    A, B = A.astype(float), B.astype(float)
    squared = (B**2).sum(axis=1)[:, None] + (A**2).sum(axis=1)[None, :] - 2.0 * (B @ A.T)
    return np.sqrt(np.maximum(squared, 0.0))
