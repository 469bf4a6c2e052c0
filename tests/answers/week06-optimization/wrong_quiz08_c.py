# /// answer
# kind = "wrong"
# exercise = "w06-q18-shadow"
# misconception = "That divides by the length of a: it is the shadow of b on a"
# loses = ["w06-q18-shadow-test"]
# says = ["that divides by the length of a: it is the shadow of b on"]
# ///
# %% w06-q18-shadow
answer_8 = 2.2
