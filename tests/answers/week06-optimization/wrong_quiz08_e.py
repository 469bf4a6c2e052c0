# /// answer
# kind = "wrong"
# exercise = "w06-q18-shadow"
# misconception = "Cuts decimals off instead of rounding"
# loses = ["w06-q18-shadow-test"]
# says = ["cut off"]
# ///
# %% w06-q18-shadow
answer_8 = 3.66
