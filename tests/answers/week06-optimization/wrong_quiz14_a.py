# /// answer
# kind = "wrong"
# exercise = "w06-q24-diverging"
# misconception = "A convex quadratic has one minimum, and nothing to leave"
# loses = ["w06-q24-diverging-test"]
# says = ["a convex quadratic has one minimum, and nothing to"]
# ///
# %% w06-q24-diverging
answer_14 = "A"
