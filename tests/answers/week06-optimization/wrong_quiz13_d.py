# /// answer
# kind = "wrong"
# exercise = "w06-q23-discoveries"
# misconception = "Sort first: the thresholds 0.05 · k/5 belong to the k-th smallest"
# loses = ["w06-q23-discoveries-test"]
# says = ["sort first: the thresholds 0.05 · k/5 belong to the k-th"]
# ///
# %% w06-q23-discoveries
answer_13 = 2.0
