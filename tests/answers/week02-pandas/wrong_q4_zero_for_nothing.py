# /// answer
# kind = "wrong"
# exercise = "w02-q4-share"
# misconception = "Reports a share of 0 where the group's sum is 0"
# loses = ["w02-q4-share-test"]
# says = ["is missing, not 0"]
# ///
# %% w02-q4-share
def share_of_group(values, groups):
    values = values.astype(float)
    total = values.groupby(groups).transform("sum")
    return (values / total).mask(total == 0, 0.0)
