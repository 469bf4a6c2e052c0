# /// answer
# kind = "wrong"
# exercise = "w06-q12-bytes"
# misconception = "Counts eight bytes for a float32"
# loses = ["w06-q12-bytes-test"]
# says = ["float32 has 4"]
# ///
# %% w06-q12-bytes
answer_2 = 48.0
