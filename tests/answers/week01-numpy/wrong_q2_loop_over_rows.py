# /// answer
# kind = "wrong"
# exercise = "w01-q2-pairwise"
# misconception = "Saves memory with a Python loop over the rows"
# loses = ["w01-q2-pairwise-limits"]
# says = ["no Python loop"]
# ///
# %% w01-q2-pairwise
def pairwise_distances(A, B):
    if A.shape[1] != B.shape[1]:
        raise ValueError(f"A has {A.shape[1]} columns and B has {B.shape[1]}")
    A, B = A.astype(float), B.astype(float)
    distances = np.zeros((len(A), len(B)))
    for i, a in enumerate(A):
        distances[i] = np.sqrt(((B - a) ** 2).sum(axis=1))
    return distances
