# /// answer
# kind = "wrong"
# exercise = "w06-q18-shadow"
# misconception = "Gives the factor before b for the length"
# loses = ["w06-q18-shadow-test"]
# says = ["factor before b"]
# ///
# %% w06-q18-shadow
answer_8 = 1.22
