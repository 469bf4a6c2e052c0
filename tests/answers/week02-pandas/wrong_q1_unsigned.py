# /// answer
# kind = "wrong"
# exercise = "w02-q1-shrink"
# misconception = "Takes unsigned dtypes because they hold larger numbers"
# loses = ["w02-q1-shrink-test", "w02-q1-shrink-edges"]
# says = ["uint"]
# ///
# %% w02-q1-shrink
def shrink(table):
    dtypes = {}
    for name, column in table.items():
        if column.dtype.kind in "iu":
            small = [
                size
                for size in ("uint8", "uint16", "uint32")
                if len(column) and 0 <= column.min() and column.max() <= np.iinfo(size).max
            ]
            dtypes[name] = (
                small[0] if small else pd.to_numeric(column, downcast="integer").dtype if len(column) else "int8"
            )
        elif column.dtype == "str" and 10 * column.nunique() <= len(column):
            dtypes[name] = "category"
    return table.astype(dtypes)
