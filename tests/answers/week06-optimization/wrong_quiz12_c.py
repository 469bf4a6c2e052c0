# /// answer
# kind = "wrong"
# exercise = "w06-q22-p-value"
# misconception = "Reads 1 - p as the probability that a repetition succeeds"
# loses = ["w06-q22-p-value-test"]
# says = ["its power"]
# ///
# %% w06-q22-p-value
answer_12 = "C"
