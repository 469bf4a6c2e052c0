# /// answer
# kind = "wrong"
# exercise = "w01-q4-one-hot"
# misconception = "Labels are compared in float32, where 10**15 and 10**15 + 1 are one number"
# loses = ["w01-q4-one-hot-test"]
# says = ["float32"]
# ///
# %% w01-q4-one-hot
def one_hot(labels, categories=None):
    columns = np.unique(labels) if categories is None else categories
    unknown = np.setdiff1d(labels, columns)
    if unknown.size:
        raise ValueError(f"label {unknown[0]} is not a category")
    return (labels.astype(np.float32)[:, None] == columns.astype(np.float32)).astype(np.uint8)
