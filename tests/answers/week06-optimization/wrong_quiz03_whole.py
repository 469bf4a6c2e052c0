# /// answer
# kind = "wrong"
# exercise = "w06-q13-rows"
# misconception = "Divides by the sum of the whole table"
# loses = ["w06-q13-rows-test"]
# says = ["whole table"]
# ///
# %% w06-q13-rows
def shares_of_rows(counts):
    return counts / max(1, counts.sum())
