# /// answer
# kind = "wrong"
# exercise = "w01-q3-moving-average"
# misconception = "A Python loop over the positions"
# loses = ["w01-q3-moving-average-limits"]
# says = ["no Python loop"]
# ///
# %% w01-q3-moving-average
def moving_average(values, window):
    if window < 1 or window > len(values):
        raise ValueError(f"the window is {window} for {len(values)} values")
    return np.array([values[i : i + window].mean() for i in range(len(values) - window + 1)])
