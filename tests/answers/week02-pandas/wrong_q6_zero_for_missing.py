# /// answer
# kind = "wrong"
# exercise = "w02-q6-monthly"
# misconception = "Fills what was not measured with 0"
# loses = ["w02-q6-monthly-test", "w02-q6-monthly-edges"]
# says = ["taken for 0"]
# ///
# %% w02-q6-monthly
def monthly_mean(series, at_least):
    if at_least < 1:
        raise ValueError(f"at_least is {at_least}")
    measured = series.resample("MS").count()
    return series.fillna(0.0).resample("MS").mean().where(measured >= at_least)
