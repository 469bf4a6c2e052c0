# /// answer
# kind = "wrong"
# exercise = "w01-q3-moving-average"
# misconception = "Reduces the table of windows along the wrong axis"
# loses = ["w01-q3-moving-average-test", "w01-q3-moving-average-limits"]
# says = ["over the windows"]
# ///
# %% w01-q3-moving-average
def moving_average(values, window):
    if window < 1 or window > len(values):
        raise ValueError(f"the window is {window} for {len(values)} values")
    return np.lib.stride_tricks.sliding_window_view(values, window).mean(axis=0)
