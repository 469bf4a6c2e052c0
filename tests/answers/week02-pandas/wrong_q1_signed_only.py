# /// answer
# kind = "wrong"
# exercise = "w02-q1-shrink"
# misconception = "Leaves unsigned and narrow integers as they are"
# loses = ["w02-q1-shrink-test", "w02-q1-shrink-edges"]
# says = ["int16"]
# ///
# %% w02-q1-shrink
def shrink(table):
    dtypes = {}
    for name, column in table.items():
        if column.dtype == "int64":
            dtypes[name] = pd.to_numeric(column, downcast="integer").dtype if len(column) else "int8"
        elif column.dtype == "str" and 10 * column.nunique() <= len(column):
            dtypes[name] = "category"
    return table.astype(dtypes)
