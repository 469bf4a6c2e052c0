# /// answer
# kind = "wrong"
# exercise = "w06-q17-conditioning"
# misconception = "They solve the same problem, but forming the product squares the condition number before anything is solved"
# loses = ["w06-q17-conditioning-test"]
# says = ["they solve the same problem, but forming the product"]
# ///
# %% w06-q17-conditioning
answer_7 = "A"
