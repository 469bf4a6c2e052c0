# /// answer
# kind = "wrong"
# exercise = "w06-q20-bayes"
# misconception = "Rounds to fewer decimals than asked"
# loses = ["w06-q20-bayes-test"]
# says = ["three decimals"]
# ///
# %% w06-q20-bayes
answer_10 = 0.27
