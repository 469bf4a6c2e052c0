# /// answer
# kind = "wrong"
# exercise = "w01-q4-one-hot"
# misconception = "searchsorted points behind the last category, and a bare IndexError comes out"
# loses = ["w01-q4-one-hot-categories"]
# says = ["IndexError"]
# ///
# %% w01-q4-one-hot
def one_hot(labels, categories=None):
    columns = np.unique(labels) if categories is None else categories
    order = np.argsort(columns)
    result = np.zeros((len(labels), len(columns)), dtype=np.uint8)
    if len(labels):
        column = order[np.searchsorted(columns, labels, sorter=order)]
        unknown = labels[columns[column] != labels]
        if unknown.size:
            raise ValueError(f"label {unknown[0]} is not a category")
        result[np.arange(len(labels)), column] = 1
    return result
