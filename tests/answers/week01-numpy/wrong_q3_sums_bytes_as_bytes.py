# /// answer
# kind = "wrong"
# exercise = "w01-q3-moving-average"
# misconception = "The running sum is kept in the dtype of the values, where small integers wrap around"
# loses = ["w01-q3-moving-average-test", "w01-q3-moving-average-limits"]
# says = ["summed as bytes"]
# ///
# %% w01-q3-moving-average
def moving_average(values, window):
    if window < 1 or window > len(values):
        raise ValueError(f"the window is {window} for {len(values)} values")
    return np.convolve(values, np.ones(window, dtype=values.dtype), mode="valid") / window
