# /// answer
# kind = "wrong"
# exercise = "w03-q1-cosine"
# misconception = "argpartition finds the best k but leaves them in any order"
# loses = ["w03-q1-cosine-test", "w03-q1-cosine-digits"]
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
    cosines = items @ query / np.where(lengths == 0, 1.0, lengths)
    if k >= len(cosines):
        positions = np.argsort(-cosines)
    else:
        positions = np.sort(np.argpartition(-cosines, k)[:k])
    return positions, cosines[positions]
