# /// answer
# kind = "wrong"
# exercise = "w02-q1-shrink"
# misconception = "Halves the floats as well, which changes their values"
# loses = ["w02-q1-shrink-test", "w02-q1-shrink-edges"]
# says = ["float"]
# ///
# %% w02-q1-shrink
def shrink(table):
    dtypes = {}
    for name, column in table.items():
        if column.dtype.kind in "iu":
            dtypes[name] = pd.to_numeric(column.astype("int64"), downcast="integer").dtype if len(column) else "int8"
        elif column.dtype.kind == "f":
            dtypes[name] = "float32"
        elif column.dtype == "str" and 10 * column.nunique() <= len(column):
            dtypes[name] = "category"
    return table.astype(dtypes)
