# /// answer
# kind = "wrong"
# exercise = "w06-q23-discoveries"
# misconception = "Counts all p-values below 0.05"
# loses = ["w06-q23-discoveries-test"]
# says = ["without any correction"]
# ///
# %% w06-q23-discoveries
answer_13 = 4.0
