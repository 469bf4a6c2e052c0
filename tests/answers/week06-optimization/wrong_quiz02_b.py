# /// answer
# kind = "wrong"
# exercise = "w06-q12-bytes"
# misconception = "That is the size of a 500 × 400 table: the axis of length 30 does not disappear"
# loses = ["w06-q12-bytes-test"]
# says = ["that is the size of a 500 × 400 table: the axis of length"]
# ///
# %% w06-q12-bytes
answer_2 = 0.8
