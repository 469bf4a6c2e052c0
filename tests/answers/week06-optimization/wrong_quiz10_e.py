# /// answer
# kind = "wrong"
# exercise = "w06-q20-bayes"
# misconception = "Gives odds for a probability"
# loses = ["w06-q20-bayes-test"]
# says = ["those are odds"]
# ///
# %% w06-q20-bayes
answer_10 = 0.367
