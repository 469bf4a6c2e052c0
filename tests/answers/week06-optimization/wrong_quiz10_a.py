# /// answer
# kind = "wrong"
# exercise = "w06-q20-bayes"
# misconception = "Gives the share of frauds that are flagged for the share of flags that are frauds"
# loses = ["w06-q20-bayes-test"]
# says = ["how many frauds are flagged"]
# ///
# %% w06-q20-bayes
answer_10 = 0.9
