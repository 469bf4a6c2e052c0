# /// answer
# kind = "wrong"
# exercise = "w06-q24-diverging"
# misconception = "Blames a local minimum where there is none"
# loses = ["w06-q24-diverging-test"]
# says = ["one minimum"]
# ///
# %% w06-q24-diverging
answer_14 = "A"
