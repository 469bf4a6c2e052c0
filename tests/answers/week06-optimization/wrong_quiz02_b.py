# /// answer
# kind = "wrong"
# exercise = "w06-q12-bytes"
# misconception = "Lets the axis of length 30 vanish, as if distances were wanted"
# loses = ["w06-q12-bytes-test"]
# says = ["does not disappear"]
# ///
# %% w06-q12-bytes
answer_2 = 0.8
