# /// answer
# kind = "wrong"
# exercise = "w01-q2-pairwise"
# misconception = "Calls itself with the tables swapped: a recursion, which the text forbids"
# loses = ["w01-q2-pairwise-limits"]
# says = ["calls itself"]
# ///
# %% w01-q2-pairwise
def pairwise_distances(A, B):
    if A.shape[1] != B.shape[1]:
        raise ValueError(f"A has {A.shape[1]} columns and B has {B.shape[1]}")
    if len(A) < len(B):
        return pairwise_distances(B, A).T
    A, B = A.astype(float), B.astype(float)
    squared = (A**2).sum(axis=1)[:, None] + (B**2).sum(axis=1)[None, :] - 2.0 * (A @ B.T)
    return np.sqrt(np.maximum(squared, 0.0))
