# /// answer
# kind = "wrong"
# exercise = "w06-q13-rows"
# misconception = "Divides columns instead of rows"
# loses = ["w06-q13-rows-test"]
# says = ["axis=1 adds up a row"]
# ///
# %% w06-q13-rows
def shares_of_rows(counts):
    sums = counts.sum(axis=0).astype(float)
    return counts / np.where(sums == 0, 1.0, sums)
