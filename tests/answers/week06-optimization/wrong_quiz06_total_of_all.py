# /// answer
# kind = "wrong"
# exercise = "w06-q16-largest"
# misconception = "Counts rows without a group in the total"
# loses = ["w06-q16-largest-test"]
# says = ["without a group"]
# ///
# %% w06-q16-largest
def largest_group_share(values, groups):
    return float(values.groupby(groups).sum().max() / values.sum())
