# /// answer
# kind = "wrong"
# exercise = "w01-q3-moving-average"
# misconception = "The result takes the dtype of the values, which cuts the decimals off"
# loses = ["w01-q3-moving-average-test", "w01-q3-moving-average-limits"]
# says = ["float"]
# ///
# %% w01-q3-moving-average
def moving_average(values, window):
    if window < 1 or window > len(values):
        raise ValueError(f"the window is {window} for {len(values)} values")
    means = np.empty(len(values) - window + 1, dtype=values.dtype)
    means[:] = np.lib.stride_tricks.sliding_window_view(values, window).mean(axis=1)
    return means
