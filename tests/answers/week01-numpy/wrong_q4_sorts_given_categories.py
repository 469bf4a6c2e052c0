# /// answer
# kind = "wrong"
# exercise = "w01-q4-one-hot"
# misconception = "The given categories are sorted too"
# loses = ["w01-q4-one-hot-categories"]
# says = ["order given"]
# ///
# %% w01-q4-one-hot
def one_hot(labels, categories=None):
    columns = np.unique(labels if categories is None else categories)
    unknown = np.setdiff1d(labels, columns)
    if unknown.size:
        raise ValueError(f"label {unknown[0]} is not a category")
    return (labels[:, None] == columns).astype(np.uint8)
