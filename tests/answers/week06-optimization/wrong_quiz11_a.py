# /// answer
# kind = "wrong"
# exercise = "w06-q21-standard-error"
# misconception = "That is the standard deviation of one trial: divide by the root of the number of trials"
# loses = ["w06-q21-standard-error-test"]
# says = ["that is the standard deviation of one trial: divide by the"]
# ///
# %% w06-q21-standard-error
answer_11 = 0.4
