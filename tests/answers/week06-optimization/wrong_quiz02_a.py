# /// answer
# kind = "wrong"
# exercise = "w06-q12-bytes"
# misconception = "That counts 8 bytes a number: float32 has 4, and a difference of two float32 is one"
# loses = ["w06-q12-bytes-test"]
# says = ["that counts 8 bytes a number: float32 has 4, and a"]
# ///
# %% w06-q12-bytes
answer_2 = 48.0
