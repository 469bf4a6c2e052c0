# /// answer
# kind = "wrong"
# exercise = "w06-q21-standard-error"
# misconception = "That forgets the factor 1 - p: the variance of one trial is p(1 - p)"
# loses = ["w06-q21-standard-error-test"]
# says = ["that forgets the factor 1 - p: the variance of one trial is"]
# ///
# %% w06-q21-standard-error
answer_11 = 0.0045
