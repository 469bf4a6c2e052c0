# /// answer
# kind = "wrong"
# exercise = "w06-q23-discoveries"
# misconception = "Stops at the first p-value above its threshold, or divides by five throughout"
# loses = ["w06-q23-discoveries-test"]
# says = ["Bonferroni"]
# ///
# %% w06-q23-discoveries
answer_13 = 1.0
