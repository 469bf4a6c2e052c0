# /// answer
# kind = "wrong"
# exercise = "w06-q20-bayes"
# misconception = "Gives a share in per cent"
# loses = ["w06-q20-bayes-test"]
# says = ["per cent"]
# ///
# %% w06-q20-bayes
answer_10 = 26.9
