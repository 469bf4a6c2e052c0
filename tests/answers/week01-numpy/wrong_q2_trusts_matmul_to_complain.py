# /// answer
# kind = "wrong"
# exercise = "w01-q2-pairwise"
# misconception = "Leaves the check of the columns to the matrix product"
# loses = ["w01-q2-pairwise-test"]
# says = ["columns"]
# ///
# %% w01-q2-pairwise
def pairwise_distances(A, B):
    A, B = A.astype(float), B.astype(float)
    squared = (A**2).sum(axis=1)[:, None] + (B**2).sum(axis=1)[None, :] - 2.0 * (A @ B.T)
    return np.sqrt(np.maximum(squared, 0.0))
