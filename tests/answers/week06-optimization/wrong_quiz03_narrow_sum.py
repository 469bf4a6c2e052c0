# /// answer
# kind = "wrong"
# exercise = "w06-q13-rows"
# misconception = "Adds bytes up as bytes"
# loses = ["w06-q13-rows-test"]
# says = ["small integers"]
# ///
# %% w06-q13-rows
def shares_of_rows(counts):
    sums = np.add.reduce(counts, axis=1, keepdims=True, dtype=counts.dtype)
    return counts / np.where(sums == 0, 1.0, sums)
