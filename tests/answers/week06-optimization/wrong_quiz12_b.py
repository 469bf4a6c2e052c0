# /// answer
# kind = "wrong"
# exercise = "w06-q22-p-value"
# misconception = "That turns the condition around: it would need the share of tested ideas that work, as in Bayes' rule"
# loses = ["w06-q22-p-value-test"]
# says = ["that turns the condition around: it would need the share of"]
# ///
# %% w06-q22-p-value
answer_12 = "B"
