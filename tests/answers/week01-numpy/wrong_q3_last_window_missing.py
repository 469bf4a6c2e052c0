# /// answer
# kind = "wrong"
# exercise = "w01-q3-moving-average"
# misconception = "n - window means instead of n - window + 1"
# loses = ["w01-q3-moving-average-test", "w01-q3-moving-average-limits"]
# says = ["window"]
# ///
# %% w01-q3-moving-average
def moving_average(values, window):
    if window < 1 or window > len(values):
        raise ValueError(f"the window is {window} for {len(values)} values")
    windows = np.lib.stride_tricks.sliding_window_view(values, window)
    return windows[: len(values) - window].mean(axis=1)
