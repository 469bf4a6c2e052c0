# /// answer
# kind = "wrong"
# exercise = "w06-q12-bytes"
# misconception = "That is the size of the two inputs: broadcasting stretches them for free, but stores the result in full"
# loses = ["w06-q12-bytes-test"]
# says = ["that is the size of the two inputs: broadcasting stretches"]
# ///
# %% w06-q12-bytes
answer_2 = 0.1
