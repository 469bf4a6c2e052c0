# /// answer
# kind = "wrong"
# exercise = "w06-q24-diverging"
# misconception = "Blames noise where the whole gradient is taken"
# loses = ["w06-q24-diverging-test"]
# says = ["no sampling noise"]
# ///
# %% w06-q24-diverging
answer_14 = "D"
