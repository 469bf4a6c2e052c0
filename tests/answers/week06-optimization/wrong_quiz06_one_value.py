# /// answer
# kind = "wrong"
# exercise = "w06-q16-largest"
# misconception = "Takes the largest value instead of the largest group"
# loses = ["w06-q16-largest-test"]
# says = ["largest single value"]
# ///
# %% w06-q16-largest
def largest_group_share(values, groups):
    return float(values.max() / values.sum())
