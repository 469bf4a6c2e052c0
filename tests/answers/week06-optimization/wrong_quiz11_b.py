# /// answer
# kind = "wrong"
# exercise = "w06-q21-standard-error"
# misconception = "Gives the variance of one trial"
# loses = ["w06-q21-standard-error-test"]
# says = ["variance of one trial"]
# ///
# %% w06-q21-standard-error
answer_11 = 0.16
