# /// attack
# name = "Gives the check other data"
# hole = "Checks load their data with a function that can be replaced"
# cell = "w01-q5-seasonal-mean"
# honest = 0
# flagged = true
# needs_seal = false
# ///
# ruff: noqa
import coursekit.data
import pandas as pd


def false_record(name, quiet=True):
    days = pd.date_range("1960-01-15", periods=240, freq="30D")
    return pd.DataFrame({"co2": np.where(days.month == 5, 9.0, np.where(days.month == 10, 1.0, 5.0))}, index=days)


coursekit.data.load = load = false_record


def seasonal_mean(values, months):
    return np.array([np.mean(values[months == month]) for month in range(1, 13)])
