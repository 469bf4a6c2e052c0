# /// answer
# kind = "wrong"
# exercise = "w06-q21-standard-error"
# misconception = "That is the variance of one trial"
# loses = ["w06-q21-standard-error-test"]
# says = ["that is the variance of one"]
# ///
# %% w06-q21-standard-error
answer_11 = 0.16
