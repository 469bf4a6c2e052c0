# /// answer
# kind = "wrong"
# exercise = "w06-q12-bytes"
# misconception = "Counts numbers instead of bytes"
# loses = ["w06-q12-bytes-test"]
# says = ["counts the numbers"]
# ///
# %% w06-q12-bytes
answer_2 = 6.0
