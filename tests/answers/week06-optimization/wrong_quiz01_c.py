# /// answer
# kind = "wrong"
# exercise = "w06-q11-view"
# misconception = "Takes a list of positions for a view"
# loses = ["w06-q11-view-test"]
# says = ["a list of positions copies"]
# ///
# %% w06-q11-view
answer_1 = "C"
