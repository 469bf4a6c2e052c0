# /// answer
# kind = "wrong"
# exercise = "w01-q3-moving-average"
# misconception = "rolling(...).apply runs a Python function once per window"
# loses = ["w01-q3-moving-average-limits"]
# says = ["apply"]
# ///
# %% w01-q3-moving-average
import pandas as pd


def moving_average(values, window):
    if window < 1 or window > len(values):
        raise ValueError(f"the window is {window} for {len(values)} values")
    return pd.Series(values).rolling(window).apply(np.mean, raw=True).to_numpy()[window - 1 :]
