# /// answer
# kind = "wrong"
# exercise = "w01-q3-moving-average"
# misconception = "The window is not tested, so 0 gives an answer"
# loses = ["w01-q3-moving-average-test"]
# says = ["ValueError"]
# ///
# %% w01-q3-moving-average
def moving_average(values, window):
    return np.lib.stride_tricks.sliding_window_view(values, window).sum(axis=1) / max(window, 1)
