# /// answer
# kind = "wrong"
# exercise = "w06-q16-largest"
# misconception = "Counts rows instead of adding values"
# loses = ["w06-q16-largest-test"]
# says = ["share of rows"]
# ///
# %% w06-q16-largest
def largest_group_share(values, groups):
    return float(groups.value_counts(normalize=True).max())
