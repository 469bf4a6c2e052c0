# /// answer
# kind = "wrong"
# exercise = "w06-q23-discoveries"
# misconception = "Rejects only what lies below its own threshold"
# loses = ["w06-q23-discoveries-test"]
# says = ["two are below their own thresholds"]
# ///
# %% w06-q23-discoveries
answer_13 = 2.0
