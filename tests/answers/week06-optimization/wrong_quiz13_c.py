# /// answer
# kind = "wrong"
# exercise = "w06-q23-discoveries"
# misconception = "0.030 is the fourth smallest and its threshold is 0.05 · 4/5"
# loses = ["w06-q23-discoveries-test"]
# says = ["0.030 is the fourth smallest and its threshold is 0.05 ·"]
# ///
# %% w06-q23-discoveries
answer_13 = 3.0
