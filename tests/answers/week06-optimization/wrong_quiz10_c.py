# /// answer
# kind = "wrong"
# exercise = "w06-q20-bayes"
# misconception = "Forgets to divide by the share that is flagged"
# loses = ["w06-q20-bayes-test"]
# says = ["divide by the share that is flagged"]
# ///
# %% w06-q20-bayes
answer_10 = 0.018
