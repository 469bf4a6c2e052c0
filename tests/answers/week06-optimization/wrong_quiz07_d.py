# /// answer
# kind = "wrong"
# exercise = "w06-q17-conditioning"
# misconception = "QR never forms the square: it works with the condition number of X itself"
# loses = ["w06-q17-conditioning-test"]
# says = ["QR never forms the square: it works with the condition"]
# ///
# %% w06-q17-conditioning
answer_7 = "D"
