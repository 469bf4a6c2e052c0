# /// answer
# kind = "wrong"
# exercise = "w02-q6-monthly"
# misconception = "Labels the months with their last day"
# loses = ["w02-q6-monthly-test", "w02-q6-monthly-edges"]
# says = ["last day"]
# ///
# %% w02-q6-monthly
def monthly_mean(series, at_least):
    if at_least < 1:
        raise ValueError(f"at_least is {at_least}")
    months = series.resample("ME")
    return months.mean().where(months.count() >= at_least)
