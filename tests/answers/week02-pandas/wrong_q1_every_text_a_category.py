# /// answer
# kind = "wrong"
# exercise = "w02-q1-shrink"
# misconception = "Turns every text column into a category, also those that never repeat"
# loses = ["w02-q1-shrink-test", "w02-q1-shrink-edges"]
# says = ["got dtype category"]
# ///
# %% w02-q1-shrink
def shrink(table):
    dtypes = {}
    for name, column in table.items():
        if column.dtype.kind in "iu":
            dtypes[name] = pd.to_numeric(column, downcast="integer").dtype if len(column) else "int8"
            if np.dtype(dtypes[name]).kind == "u":
                dtypes[name] = pd.to_numeric(column.astype("int64"), downcast="integer").dtype
        elif column.dtype == "str":
            dtypes[name] = "category"
    return table.astype(dtypes)
