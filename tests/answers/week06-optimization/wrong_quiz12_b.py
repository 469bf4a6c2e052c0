# /// answer
# kind = "wrong"
# exercise = "w06-q22-p-value"
# misconception = "Reads a p-value as the probability that there is no effect"
# loses = ["w06-q22-p-value-test"]
# says = ["turns the condition around"]
# ///
# %% w06-q22-p-value
answer_12 = "B"
