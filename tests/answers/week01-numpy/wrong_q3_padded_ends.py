# /// answer
# kind = "wrong"
# exercise = "w01-q3-moving-average"
# misconception = "mode='same' invents zeros at both ends"
# loses = ["w01-q3-moving-average-test", "w01-q3-moving-average-limits"]
# says = ["whole windows"]
# ///
# %% w01-q3-moving-average
def moving_average(values, window):
    if window < 1 or window > len(values):
        raise ValueError(f"the window is {window} for {len(values)} values")
    return np.convolve(values, np.ones(window) / window, mode="same")
