# /// answer
# kind = "wrong"
# exercise = "w06-q21-standard-error"
# misconception = "Divides the standard deviation by the number of trials, not by its root"
# loses = ["w06-q21-standard-error-test"]
# says = ["divide by the root"]
# ///
# %% w06-q21-standard-error
answer_11 = 0.0
