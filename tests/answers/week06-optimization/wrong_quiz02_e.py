# /// answer
# kind = "wrong"
# exercise = "w06-q12-bytes"
# misconception = "Counts megabytes of 2²⁰ bytes"
# loses = ["w06-q12-bytes-test"]
# says = ["2²⁰ bytes"]
# ///
# %% w06-q12-bytes
answer_2 = 500 * 400 * 30 * 4 / 2**20
