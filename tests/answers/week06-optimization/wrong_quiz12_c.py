# /// answer
# kind = "wrong"
# exercise = "w06-q22-p-value"
# misconception = "A repetition's chance is its power, which depends on the true effect; for p = 0.03 it is often near one half"
# loses = ["w06-q22-p-value-test"]
# says = ["a repetition's chance is its power, which depends on the"]
# ///
# %% w06-q22-p-value
answer_12 = "C"
