# /// answer
# kind = "wrong"
# exercise = "w06-q24-diverging"
# misconception = "Blames the flat direction and steps farther"
# loses = ["w06-q24-diverging-test"]
# says = ["only makes descent slow"]
# ///
# %% w06-q24-diverging
answer_14 = "C"
