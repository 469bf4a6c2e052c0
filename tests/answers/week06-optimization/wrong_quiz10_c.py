# /// answer
# kind = "wrong"
# exercise = "w06-q20-bayes"
# misconception = "That is the share of all payments that are fraudulent and flagged: divide by the share that is flagged"
# loses = ["w06-q20-bayes-test"]
# says = ["that is the share of all payments that are fraudulent and"]
# ///
# %% w06-q20-bayes
answer_10 = 0.018
