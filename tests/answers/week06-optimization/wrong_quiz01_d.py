# /// answer
# kind = "wrong"
# exercise = "w06-q11-view"
# misconception = "A list of positions copies, and arithmetic makes a new array: only one shares the buffer"
# loses = ["w06-q11-view-test"]
# says = ["a list of positions copies, and arithmetic makes a new"]
# ///
# %% w06-q11-view
answer_1 = "D"
