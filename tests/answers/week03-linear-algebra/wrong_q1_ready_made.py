# /// answer
# kind = "wrong"
# exercise = "w03-q1-cosine"
# misconception = "Calls the library function that the exercise is about"
# loses = ["w03-q1-cosine-test"]
# says = ["cosine_similarity"]
# ///
# %% w03-q1-cosine
from sklearn.metrics.pairwise import cosine_similarity


def cosine_search(query, items, k):
    if k < 1:
        raise ValueError(f"k is {k}")
    if len(query) != items.shape[1]:
        raise ValueError(f"{len(query)} features and {items.shape[1]} features")
    if not len(items):
        return np.zeros(0, dtype=int), np.zeros(0)
    similarities = cosine_similarity(items.astype(float), query[None].astype(float))[:, 0]
    positions = np.argsort(-similarities)[:k]
    return positions, similarities[positions]
