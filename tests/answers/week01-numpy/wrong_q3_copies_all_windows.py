# /// answer
# kind = "wrong"
# exercise = "w01-q3-moving-average"
# misconception = "Index arithmetic builds a table of all windows"
# loses = ["w01-q3-moving-average-limits"]
# says = ["MiB", "copied"]
# ///
# %% w01-q3-moving-average
def moving_average(values, window):
    if window < 1 or window > len(values):
        raise ValueError(f"the window is {window} for {len(values)} values")
    start = np.arange(len(values) - window + 1)
    return values[start[:, None] + np.arange(window)].mean(axis=1)
