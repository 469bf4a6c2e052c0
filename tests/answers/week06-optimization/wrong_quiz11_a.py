# /// answer
# kind = "wrong"
# exercise = "w06-q21-standard-error"
# misconception = "Gives the standard deviation of one trial"
# loses = ["w06-q21-standard-error-test"]
# says = ["standard deviation of one trial"]
# ///
# %% w06-q21-standard-error
answer_11 = 0.4
