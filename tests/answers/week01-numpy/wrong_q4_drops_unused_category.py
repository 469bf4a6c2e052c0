# /// answer
# kind = "wrong"
# exercise = "w01-q4-one-hot"
# misconception = "A category that no label uses loses its column"
# loses = ["w01-q4-one-hot-categories"]
# says = ["99"]
# ///
# %% w01-q4-one-hot
def one_hot(labels, categories=None):
    columns = np.unique(labels) if categories is None else categories
    unknown = np.setdiff1d(labels, columns)
    if unknown.size:
        raise ValueError(f"label {unknown[0]} is not a category")
    used = columns[np.isin(columns, labels)]
    return (labels[:, None] == used).astype(np.uint8)
