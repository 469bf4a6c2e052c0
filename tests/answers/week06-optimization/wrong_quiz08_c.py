# /// answer
# kind = "wrong"
# exercise = "w06-q18-shadow"
# misconception = "Projects b onto a"
# loses = ["w06-q18-shadow-test"]
# says = ["shadow of b on a"]
# ///
# %% w06-q18-shadow
answer_8 = 2.2
