# /// answer
# kind = "wrong"
# exercise = "w02-q4-share"
# misconception = "Treats rows without a group as a group of their own"
# loses = ["w02-q4-share-test"]
# says = ["missing group"]
# ///
# %% w02-q4-share
def share_of_group(values, groups):
    values = values.astype(float)
    return values / values.groupby(groups, dropna=False).transform("sum")
