# ruff: noqa
# /// answer
# kind = "wrong"
# exercise = "w14-q1-unit-rows"
# misconception = "A row of zeros is divided by its length all the same"
# loses = ["w14-q1-unit-rows-zeros"]
# says = ["row of zeros"]
# ///
# %% w14-q1-unit-rows
def unit_rows(X):
    return X / X.norm(dim=1, keepdim=True)
