# /// answer
# kind = "wrong"
# exercise = "w01-q3-moving-average"
# misconception = "A running sum carries the first nan to the end of the series"
# loses = ["w01-q3-moving-average-test"]
# says = ["cumsum"]
# ///
# %% w01-q3-moving-average
def moving_average(values, window):
    if window < 1 or window > len(values):
        raise ValueError(f"the window is {window} for {len(values)} values")
    sums = np.concatenate([[0.0], np.cumsum(values, dtype=np.float64)])
    return (sums[window:] - sums[:-window]) / window
