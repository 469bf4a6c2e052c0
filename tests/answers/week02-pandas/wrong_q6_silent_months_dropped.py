# /// answer
# kind = "wrong"
# exercise = "w02-q6-monthly"
# misconception = "Groups by the months that occur, so that silent months are lacking"
# loses = ["w02-q6-monthly-test"]
# says = ["without a row"]
# ///
# %% w02-q6-monthly
def monthly_mean(series, at_least):
    if at_least < 1:
        raise ValueError(f"at_least is {at_least}")
    start = series.index.to_period("M").to_timestamp()
    months = series.groupby(start)
    return months.mean().where(months.count() >= at_least)
