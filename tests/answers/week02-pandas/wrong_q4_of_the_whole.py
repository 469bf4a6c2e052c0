# /// answer
# kind = "wrong"
# exercise = "w02-q4-share"
# misconception = "Divides by the sum of the whole column"
# loses = ["w02-q4-share-test"]
# says = ["within each group"]
# ///
# %% w02-q4-share
def share_of_group(values, groups):
    return values.astype(float) / values.sum()
