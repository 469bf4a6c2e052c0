# /// answer
# kind = "wrong"
# exercise = "w02-q4-share"
# misconception = "Divides by the group's mean instead of its sum"
# loses = ["w02-q4-share-test"]
# says = ["mean"]
# ///
# %% w02-q4-share
def share_of_group(values, groups):
    return values.astype(float) / values.astype(float).groupby(groups).transform("mean")
