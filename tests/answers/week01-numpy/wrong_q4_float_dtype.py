# /// answer
# kind = "wrong"
# exercise = "w01-q4-one-hot"
# misconception = "Eight bytes per entry: the default dtype"
# loses = ["w01-q4-one-hot-test", "w01-q4-one-hot-categories"]
# says = ["uint8"]
# ///
# %% w01-q4-one-hot
def one_hot(labels, categories=None):
    columns = np.unique(labels) if categories is None else categories
    unknown = np.setdiff1d(labels, columns)
    if unknown.size:
        raise ValueError(f"label {unknown[0]} is not a category")
    return (labels[:, None] == columns).astype(float)
