# /// answer
# kind = "wrong"
# exercise = "w06-q18-shadow"
# misconception = "That is a·b: divide by the length of b, for only its direction counts"
# loses = ["w06-q18-shadow-test"]
# says = ["that is a·b: divide by the length of b, for only its"]
# ///
# %% w06-q18-shadow
answer_8 = 11.0
