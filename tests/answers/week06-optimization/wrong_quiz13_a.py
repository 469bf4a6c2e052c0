# /// answer
# kind = "wrong"
# exercise = "w06-q23-discoveries"
# misconception = "That is Bonferroni, each p against 0.05 / 5: it controls the chance of even one false rejection"
# loses = ["w06-q23-discoveries-test"]
# says = ["that is Bonferroni, each p against 0.05 / 5: it controls"]
# ///
# %% w06-q23-discoveries
answer_13 = 1.0
