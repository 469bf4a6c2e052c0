# /// answer
# kind = "wrong"
# exercise = "w06-q11-view"
# misconception = "A list of positions copies, so adding to two changes nobody else"
# loses = ["w06-q11-view-test"]
# says = ["a list of positions copies, so adding to two changes nobody"]
# ///
# %% w06-q11-view
answer_1 = "C"
