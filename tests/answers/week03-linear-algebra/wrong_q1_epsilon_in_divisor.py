# /// answer
# kind = "wrong"
# exercise = "w03-q1-cosine"
# misconception = "A small constant below the line against division by zero swallows vectors in a small unit"
# loses = ["w03-q1-cosine-test"]
# says = ["small unit"]
# ///
# %% w03-q1-cosine
def cosine_search(query, items, k):
    if k < 1:
        raise ValueError(f"k is {k}")
    if len(query) != items.shape[1]:
        raise ValueError(f"{len(query)} and {items.shape[1]} features")
    items, query = items.astype(float), query.astype(float)
    cosines = items @ query / (np.linalg.norm(items, axis=1) * np.linalg.norm(query) + 1e-12)
    positions = np.argsort(-cosines)[:k]
    return positions, cosines[positions]
