# /// answer
# kind = "wrong"
# exercise = "w03-q1-cosine"
# misconception = "Divides by the length of the query but not by those of the rows"
# loses = ["w03-q1-cosine-test", "w03-q1-cosine-digits"]
# says = ["length of the query only"]
# ///
# %% w03-q1-cosine
def cosine_search(query, items, k):
    if k < 1:
        raise ValueError(f"k is {k}")
    if len(query) != items.shape[1]:
        raise ValueError(f"{len(query)} and {items.shape[1]} features")
    products = items.astype(float) @ query.astype(float) / max(np.linalg.norm(query.astype(float)), 1e-300)
    positions = np.argsort(-products)[:k]
    return positions, products[positions]
