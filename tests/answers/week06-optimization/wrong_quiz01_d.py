# /// answer
# kind = "wrong"
# exercise = "w06-q11-view"
# misconception = "Takes every name on the left of += for the table itself"
# loses = ["w06-q11-view-test"]
# says = ["arithmetic makes a new array"]
# ///
# %% w06-q11-view
answer_1 = "D"
