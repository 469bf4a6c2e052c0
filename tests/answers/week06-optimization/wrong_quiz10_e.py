# /// answer
# kind = "wrong"
# exercise = "w06-q20-bayes"
# misconception = "Those are odds, frauds to false alarms: the share divides by both together"
# loses = ["w06-q20-bayes-test"]
# says = ["those are odds, frauds to false alarms: the share divides"]
# ///
# %% w06-q20-bayes
answer_10 = 0.367
