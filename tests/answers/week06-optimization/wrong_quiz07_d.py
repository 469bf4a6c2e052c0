# /// answer
# kind = "wrong"
# exercise = "w06-q17-conditioning"
# misconception = "Believes that QR squares the condition number too"
# loses = ["w06-q17-conditioning-test"]
# says = ["QR never forms the square"]
# ///
# %% w06-q17-conditioning
answer_7 = "D"
