# /// answer
# kind = "wrong"
# exercise = "w01-q2-pairwise"
# misconception = "Calls the library function that the exercise is about"
# loses = ["w01-q2-pairwise-limits"]
# says = ["cdist"]
# ///
# %% w01-q2-pairwise
from scipy.spatial.distance import cdist


def pairwise_distances(A, B):
    if A.shape[1] != B.shape[1]:
        raise ValueError(f"A has {A.shape[1]} columns and B has {B.shape[1]}")
    return cdist(A, B)
