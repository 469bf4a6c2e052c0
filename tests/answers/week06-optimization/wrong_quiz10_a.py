# /// answer
# kind = "wrong"
# exercise = "w06-q20-bayes"
# misconception = "That is how many frauds are flagged; asked is how many of the flagged are frauds"
# loses = ["w06-q20-bayes-test"]
# says = ["that is how many frauds are flagged; asked is how many of"]
# ///
# %% w06-q20-bayes
answer_10 = 0.9
