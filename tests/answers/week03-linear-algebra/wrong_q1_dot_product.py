# /// answer
# kind = "wrong"
# exercise = "w03-q1-cosine"
# misconception = "Ranks by the dot product: long rows win whatever their direction"
# loses = ["w03-q1-cosine-test", "w03-q1-cosine-digits"]
# says = ["dot products"]
# ///
# %% w03-q1-cosine
def cosine_search(query, items, k):
    if k < 1:
        raise ValueError(f"k is {k}")
    if len(query) != items.shape[1]:
        raise ValueError(f"{len(query)} and {items.shape[1]} features")
    products = items.astype(float) @ query.astype(float)
    positions = np.argsort(-products)[:k]
    return positions, products[positions]
