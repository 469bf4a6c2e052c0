# /// answer
# kind = "wrong"
# exercise = "w06-q21-standard-error"
# misconception = "Takes the worst case p = 1/2"
# loses = ["w06-q21-standard-error-test"]
# says = ["worst case"]
# ///
# %% w06-q21-standard-error
answer_11 = 0.005
