# /// answer
# kind = "wrong"
# exercise = "w02-q1-shrink"
# misconception = "Looks at the smallest and largest value without thinking of a table without rows"
# loses = ["w02-q1-shrink-edges"]
# says = ["int8"]
# ///
# %% w02-q1-shrink
def shrink(table):
    dtypes = {}
    for name, column in table.items():
        if column.dtype.kind in "iu":
            dtypes[name] = pd.to_numeric(column.astype("int64"), downcast="integer").dtype
        elif column.dtype == "str" and len(column) and 10 * column.nunique() <= len(column):
            dtypes[name] = "category"
    return table.astype(
        {name: "int64" if not len(table) and dtype != "category" else dtype for name, dtype in dtypes.items()}
    )
