# /// answer
# kind = "wrong"
# exercise = "w06-q21-standard-error"
# misconception = "That is the worst case, p = 1/2; here the estimate is 0.2"
# loses = ["w06-q21-standard-error-test"]
# says = ["that is the worst case, p = 1/2; here the estimate is"]
# ///
# %% w06-q21-standard-error
answer_11 = 0.005
