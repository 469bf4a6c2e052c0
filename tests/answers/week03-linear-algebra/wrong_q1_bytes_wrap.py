# /// answer
# kind = "wrong"
# exercise = "w03-q1-cosine"
# misconception = "Multiplies bytes as bytes, so products beyond 255 wrap around"
# loses = ["w03-q1-cosine-test"]
# says = ["bytes"]
# ///
# %% w03-q1-cosine
def cosine_search(query, items, k):
    if k < 1:
        raise ValueError(f"k is {k}")
    if len(query) != items.shape[1]:
        raise ValueError(f"{len(query)} and {items.shape[1]} features")
    lengths = np.linalg.norm(items.astype(float), axis=1) * np.linalg.norm(query.astype(float))
    cosines = items @ query / np.where(lengths == 0, 1.0, lengths)
    positions = np.argsort(-cosines)[:k]
    return positions, cosines[positions]
