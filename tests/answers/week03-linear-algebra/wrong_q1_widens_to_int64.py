# /// answer
# kind = "wrong"
# exercise = "w03-q1-cosine"
# misconception = "Integers are widened, but only to int64, where products of numbers near 10**12 wrap around"
# loses = ["w03-q1-cosine-test"]
# says = ["integers near 10**12"]
# ///
# %% w03-q1-cosine
def cosine_search(query, items, k):
    if k < 1:
        raise ValueError(f"k is {k}")
    if len(query) != items.shape[1]:
        raise ValueError(f"{len(query)} features and {items.shape[1]} features")
    if items.dtype.kind in "iu":
        query, items = query.astype(np.int64), items.astype(np.int64)
    dots, squares = items @ query, (items * items).sum(axis=1) * 1.0
    lengths = np.sqrt(np.abs(squares)) * np.sqrt(abs(float(query @ query)))
    similarities = np.where(lengths > 0, dots / np.where(lengths > 0, lengths, 1.0), 0.0)
    positions = np.argsort(-similarities)[:k]
    return positions, similarities[positions]
