# /// answer
# kind = "wrong"
# exercise = "w06-q20-bayes"
# misconception = "Gives the share of payments that are flagged"
# loses = ["w06-q20-bayes-test"]
# says = ["share of payments that are flagged"]
# ///
# %% w06-q20-bayes
answer_10 = 0.067
