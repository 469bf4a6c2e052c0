# /// answer
# kind = "wrong"
# exercise = "w06-q18-shadow"
# misconception = "Forgets to divide by the length of b"
# loses = ["w06-q18-shadow-test"]
# says = ["divide by the length of b"]
# ///
# %% w06-q18-shadow
answer_8 = 11.0
