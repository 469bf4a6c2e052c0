# /// answer
# kind = "wrong"
# exercise = "w03-q1-cosine"
# misconception = "Normalises the rows in the caller's table"
# loses = ["w03-q1-cosine-test", "w03-q1-cosine-digits"]
# says = ["items"]
# ///
# %% w03-q1-cosine
def cosine_search(query, items, k):
    if k < 1:
        raise ValueError(f"k is {k}")
    if len(query) != items.shape[1]:
        raise ValueError(f"{len(query)} and {items.shape[1]} features")
    query = query.astype(float)
    if items.dtype != float:
        items = items.astype(float)
    lengths = np.linalg.norm(items, axis=1, keepdims=True)
    items /= np.where(lengths == 0, 1.0, lengths)
    cosines = items @ query / max(np.linalg.norm(query), 1e-300)
    positions = np.argsort(-cosines)[:k]
    return positions, cosines[positions]
