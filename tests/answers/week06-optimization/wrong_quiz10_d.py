# /// answer
# kind = "wrong"
# exercise = "w06-q20-bayes"
# misconception = "That is the share of payments that are flagged"
# loses = ["w06-q20-bayes-test"]
# says = ["that is the share of payments that are"]
# ///
# %% w06-q20-bayes
answer_10 = 0.067
