# /// answer
# kind = "wrong"
# exercise = "w06-q17-conditioning"
# misconception = "It is the other way round: QR works with X itself, the normal equations with its square"
# loses = ["w06-q17-conditioning-test"]
# says = ["it is the other way round: QR works with X itself, the"]
# ///
# %% w06-q17-conditioning
answer_7 = "C"
