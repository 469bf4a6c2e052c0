# /// answer
# kind = "wrong"
# exercise = "w06-q20-bayes"
# misconception = "Gives the share of honest payments that are left alone"
# loses = ["w06-q20-bayes-test"]
# says = ["left alone"]
# ///
# %% w06-q20-bayes
answer_10 = 0.95
