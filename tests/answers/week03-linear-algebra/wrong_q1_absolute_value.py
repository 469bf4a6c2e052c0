# /// answer
# kind = "wrong"
# exercise = "w03-q1-cosine"
# misconception = "Takes the size of the cosine, so opposite directions count as alike"
# loses = ["w03-q1-cosine-test"]
# says = ["similarities"]
# ///
# %% w03-q1-cosine
def cosine_search(query, items, k):
    if k < 1:
        raise ValueError(f"k is {k}")
    if len(query) != items.shape[1]:
        raise ValueError(f"{len(query)} and {items.shape[1]} features")
    items, query = items.astype(float), query.astype(float)
    lengths = np.linalg.norm(items, axis=1) * np.linalg.norm(query)
    cosines = np.abs(items @ query) / np.where(lengths == 0, 1.0, lengths)
    positions = np.argsort(-cosines)[:k]
    return positions, cosines[positions]
