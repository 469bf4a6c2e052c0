# /// answer
# kind = "wrong"
# exercise = "w06-q23-discoveries"
# misconception = "Rejects everything, by thresholds given out before sorting"
# loses = ["w06-q23-discoveries-test"]
# says = ["above its threshold"]
# ///
# %% w06-q23-discoveries
answer_13 = 5.0
