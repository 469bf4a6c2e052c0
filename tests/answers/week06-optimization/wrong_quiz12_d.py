# /// answer
# kind = "wrong"
# exercise = "w06-q22-p-value"
# misconception = "Reads a p-value as a statement about the size of an effect"
# loses = ["w06-q22-p-value-test"]
# says = ["nothing about size"]
# ///
# %% w06-q22-p-value
answer_12 = "D"
