# /// answer
# kind = "wrong"
# exercise = "w06-q21-standard-error"
# misconception = "Did you divide by the number of trials twice, or round to fewer than four decimals?"
# loses = ["w06-q21-standard-error-test"]
# says = ["did you divide by the number of trials twice, or round to"]
# ///
# %% w06-q21-standard-error
answer_11 = 0.0
