# /// answer
# kind = "wrong"
# exercise = "w06-q20-bayes"
# misconception = "That is how many honest payments are left alone"
# loses = ["w06-q20-bayes-test"]
# says = ["that is how many honest payments are left"]
# ///
# %% w06-q20-bayes
answer_10 = 0.95
