# /// answer
# kind = "wrong"
# exercise = "w03-q1-cosine"
# misconception = "0/0: a row without direction becomes nan and sorts anywhere"
# loses = ["w03-q1-cosine-test"]
# says = ["nan"]
# ///
# %% w03-q1-cosine
def cosine_search(query, items, k):
    if k < 1:
        raise ValueError(f"k is {k}")
    if len(query) != items.shape[1]:
        raise ValueError(f"{len(query)} and {items.shape[1]} features")
    items, query = items.astype(float), query.astype(float)
    with np.errstate(invalid="ignore"):
        cosines = items @ query / (np.linalg.norm(items, axis=1) * np.linalg.norm(query))
    positions = np.argsort(-cosines)[:k]
    return positions, cosines[positions]
