# /// answer
# kind = "wrong"
# exercise = "w06-q23-discoveries"
# misconception = "The largest p-value, 0.2, is above its own threshold 0.05"
# loses = ["w06-q23-discoveries-test"]
# says = ["the largest p-value, 0.2, is above its own threshold"]
# ///
# %% w06-q23-discoveries
answer_13 = 5.0
