# /// answer
# kind = "wrong"
# exercise = "w06-q18-shadow"
# misconception = "That is the cosine of the angle: multiply by the length of a"
# loses = ["w06-q18-shadow-test"]
# says = ["that is the cosine of the angle: multiply by the length of"]
# ///
# %% w06-q18-shadow
answer_8 = 0.73
