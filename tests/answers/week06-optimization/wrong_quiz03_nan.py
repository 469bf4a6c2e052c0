# /// answer
# kind = "wrong"
# exercise = "w06-q13-rows"
# misconception = "Lets 0/0 stand in the empty row"
# loses = ["w06-q13-rows-test"]
# says = ["0/0 gave nan"]
# ///
# %% w06-q13-rows
def shares_of_rows(counts):
    with np.errstate(invalid="ignore"):
        return counts / counts.sum(axis=1, keepdims=True)
