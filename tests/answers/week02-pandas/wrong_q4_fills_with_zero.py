# /// answer
# kind = "wrong"
# exercise = "w02-q4-share"
# misconception = "Fills missing values with 0, so that their share is 0"
# loses = ["w02-q4-share-test"]
# says = ["taken for 0"]
# ///
# %% w02-q4-share
def share_of_group(values, groups):
    values = values.astype(float).fillna(0.0)
    return values / values.groupby(groups).transform("sum")
