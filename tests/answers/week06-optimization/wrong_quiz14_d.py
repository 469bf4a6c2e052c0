# /// answer
# kind = "wrong"
# exercise = "w06-q24-diverging"
# misconception = "This is the full gradient: there is no sampling noise in it"
# loses = ["w06-q24-diverging-test"]
# says = ["this is the full gradient: there is no sampling noise in"]
# ///
# %% w06-q24-diverging
answer_14 = "D"
