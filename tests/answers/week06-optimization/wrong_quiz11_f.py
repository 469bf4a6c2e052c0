# /// answer
# kind = "wrong"
# exercise = "w06-q21-standard-error"
# misconception = "Divides the variance by the root of the number of trials"
# loses = ["w06-q21-standard-error-test"]
# says = ["root of the variance"]
# ///
# %% w06-q21-standard-error
answer_11 = 0.2 * 0.8 / np.sqrt(10_000)
