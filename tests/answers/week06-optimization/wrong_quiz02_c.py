# /// answer
# kind = "wrong"
# exercise = "w06-q12-bytes"
# misconception = "That counts the numbers, not their bytes"
# loses = ["w06-q12-bytes-test"]
# says = ["that counts the numbers, not their"]
# ///
# %% w06-q12-bytes
answer_2 = 6.0
