# /// answer
# kind = "wrong"
# exercise = "w02-q6-monthly"
# misconception = "Wants more than at_least values instead of at least as many"
# loses = ["w02-q6-monthly-test", "w02-q6-monthly-edges"]
# says = ["missing"]
# ///
# %% w02-q6-monthly
def monthly_mean(series, at_least):
    if at_least < 1:
        raise ValueError(f"at_least is {at_least}")
    months = series.resample("MS")
    return months.mean().where(months.count() > at_least)
