# /// answer
# kind = "wrong"
# exercise = "w01-q4-one-hot"
# misconception = "Columns in the order in which the labels first appear"
# loses = ["w01-q4-one-hot-test"]
# says = ["sorted"]
# ///
# %% w01-q4-one-hot
def one_hot(labels, categories=None):
    columns = np.array(list(dict.fromkeys(labels.tolist())), dtype=labels.dtype) if categories is None else categories
    unknown = np.setdiff1d(labels, columns)
    if unknown.size:
        raise ValueError(f"label {unknown[0]} is not a category")
    return (labels[:, None] == columns).astype(np.uint8)
