# /// answer
# kind = "wrong"
# exercise = "w06-q24-diverging"
# misconception = "The flat direction only makes descent slow; a larger step makes the steep one diverge faster"
# loses = ["w06-q24-diverging-test"]
# says = ["the flat direction only makes descent slow; a larger step"]
# ///
# %% w06-q24-diverging
answer_14 = "C"
