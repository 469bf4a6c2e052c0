# /// answer
# kind = "wrong"
# exercise = "w06-q11-view"
# misconception = "Takes += on a slice for a new array"
# loses = ["w06-q11-view-test"]
# says = ["a slice is a view"]
# ///
# %% w06-q11-view
answer_1 = "A"
