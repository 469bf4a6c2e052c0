# /// answer
# kind = "wrong"
# exercise = "w03-q1-cosine"
# misconception = "With no rows it returns before the numbers of features are compared"
# loses = ["w03-q1-cosine-test"]
# says = ["ValueError"]
# ///
# %% w03-q1-cosine
def cosine_search(query, items, k):
    if k < 1:
        raise ValueError(f"k is {k}")
    if not len(items):
        return np.zeros(0, dtype=int), np.zeros(0)
    if len(query) != items.shape[1]:
        raise ValueError(f"{len(query)} features and {items.shape[1]} features")
    query, items = query.astype(np.float64), items.astype(np.float64)
    lengths = np.linalg.norm(items, axis=1) * np.linalg.norm(query)
    similarities = np.divide(items @ query, lengths, out=np.zeros(len(items)), where=lengths > 0.0)
    positions = np.argsort(-similarities)[:k]
    return positions, similarities[positions]
