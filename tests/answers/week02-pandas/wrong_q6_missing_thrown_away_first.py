# /// answer
# kind = "wrong"
# exercise = "w02-q6-monthly"
# misconception = "Throws missing values away before the calendar is laid out"
# loses = ["w02-q6-monthly-test"]
# says = ["is lacking"]
# ///
# %% w02-q6-monthly
def monthly_mean(series, at_least):
    if at_least < 1:
        raise ValueError(f"at_least is {at_least}")
    months = series.dropna().resample("MS")
    return months.mean().where(months.count() >= at_least)
