# /// answer
# kind = "wrong"
# exercise = "w01-q4-one-hot"
# misconception = "An unknown label becomes a row of zeros"
# loses = ["w01-q4-one-hot-categories"]
# says = ["ValueError"]
# ///
# %% w01-q4-one-hot
def one_hot(labels, categories=None):
    columns = np.unique(labels) if categories is None else categories
    return (labels[:, None] == columns).astype(np.uint8)
