# /// answer
# kind = "wrong"
# exercise = "w06-q16-largest"
# misconception = "Compares means instead of sums"
# loses = ["w06-q16-largest-test"]
# says = ["largest mean"]
# ///
# %% w06-q16-largest
def largest_group_share(values, groups):
    means = values.groupby(groups).mean()
    return float(means.max() / means.sum())
