# /// answer
# kind = "wrong"
# exercise = "w03-q1-cosine"
# misconception = "An epsilon of 1e-30 in the divisor, too small to be seen in ordinary units"
# loses = ["w03-q1-cosine-test"]
# says = ["small unit"]
# ///
# %% w03-q1-cosine
def cosine_search(query, items, k):
    if k < 1:
        raise ValueError(f"k is {k}")
    if len(query) != items.shape[1]:
        raise ValueError(f"{len(query)} features and {items.shape[1]} features")
    query, items = query.astype(np.float64), items.astype(np.float64)
    similarities = items @ query / (np.linalg.norm(items, axis=1) * np.linalg.norm(query) + 1e-30)
    positions = np.argsort(-similarities)[:k]
    return positions, similarities[positions]
