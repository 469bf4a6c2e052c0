# /// answer
# kind = "wrong"
# exercise = "w06-q18-shadow"
# misconception = "Gives the cosine of the angle"
# loses = ["w06-q18-shadow-test"]
# says = ["cosine"]
# ///
# %% w06-q18-shadow
answer_8 = 0.73
