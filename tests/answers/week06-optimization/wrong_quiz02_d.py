# /// answer
# kind = "wrong"
# exercise = "w06-q12-bytes"
# misconception = "Adds up the sizes of the two inputs"
# loses = ["w06-q12-bytes-test"]
# says = ["size of the two inputs"]
# ///
# %% w06-q12-bytes
answer_2 = 0.1
