# /// answer
# kind = "wrong"
# exercise = "w02-q6-monthly"
# misconception = "Counts rows instead of measured values"
# loses = ["w02-q6-monthly-test"]
# says = ["counted as measured"]
# ///
# %% w02-q6-monthly
def monthly_mean(series, at_least):
    if at_least < 1:
        raise ValueError(f"at_least is {at_least}")
    months = series.resample("MS")
    return months.mean().where(months.size() >= at_least)
