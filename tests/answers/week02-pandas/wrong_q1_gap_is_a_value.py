# /// answer
# kind = "wrong"
# exercise = "w02-q1-shrink"
# misconception = "Counts a missing entry as one more distinct value"
# loses = ["w02-q1-shrink-edges"]
# says = ["got dtype str"]
# ///
# %% w02-q1-shrink
def shrink(table):
    dtypes = {}
    for name, column in table.items():
        if column.dtype.kind in "iu":
            dtypes[name] = pd.to_numeric(column.astype("int64"), downcast="integer").dtype if len(column) else "int8"
        elif column.dtype == "str" and 10 * len(column.unique()) <= len(column):
            dtypes[name] = "category"
    return table.astype(dtypes)
