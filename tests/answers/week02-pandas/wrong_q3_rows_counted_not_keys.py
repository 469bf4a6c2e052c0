# /// answer
# kind = "wrong"
# exercise = "w02-q3-look-up"
# misconception = "Counts the repeated rows instead of the keys that repeat"
# loses = ["w02-q3-look-up-promise"]
# says = ["mentions '2'"]
# ///
# %% w02-q3-look-up
def look_up(left, right, key):
    known = right.dropna(subset=[key])
    repeated = int(known[key].duplicated().sum())
    if repeated:
        raise ValueError(f"{repeated} keys are repeated")
    shared = (set(left.columns) & set(right.columns)) - {key}
    shared |= {"matched"} & (set(left.columns) | set(right.columns))
    if shared:
        raise ValueError(f"columns in both tables: {', '.join(sorted(shared))}")
    joined = left.merge(known, on=key, how="left").set_axis(left.index)
    return joined.assign(matched=left[key].isin(known[key]))
