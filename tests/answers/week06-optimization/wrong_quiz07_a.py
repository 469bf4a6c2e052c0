# /// answer
# kind = "wrong"
# exercise = "w06-q17-conditioning"
# misconception = "Believes that two ways of solving the same problem lose the same digits"
# loses = ["w06-q17-conditioning-test"]
# says = ["forming the product squares"]
# ///
# %% w06-q17-conditioning
answer_7 = "A"
