# /// answer
# kind = "wrong"
# exercise = "w02-q6-monthly"
# misconception = "Takes a threshold of 0 or less without complaint"
# loses = ["w02-q6-monthly-edges"]
# says = ["ValueError"]
# ///
# %% w02-q6-monthly
def monthly_mean(series, at_least):
    months = series.resample("MS")
    return months.mean().where(months.count() >= max(1, at_least))
