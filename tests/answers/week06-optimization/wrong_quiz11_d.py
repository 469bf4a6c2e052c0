# /// answer
# kind = "wrong"
# exercise = "w06-q21-standard-error"
# misconception = "Forgets the factor 1 - p of the variance"
# loses = ["w06-q21-standard-error-test"]
# says = ["factor 1 - p"]
# ///
# %% w06-q21-standard-error
answer_11 = 0.0045
