# /// answer
# kind = "wrong"
# exercise = "w01-q4-one-hot"
# misconception = "The label is used as the number of its column"
# loses = ["w01-q4-one-hot-test", "w01-q4-one-hot-categories"]
# says = ["labels are names"]
# ///
# %% w01-q4-one-hot
def one_hot(labels, categories=None):
    known = labels if categories is None else categories
    return np.eye(known.max() + 1, dtype=np.uint8)[labels]
