# /// answer
# kind = "wrong"
# exercise = "w02-q3-look-up"
# misconception = "Takes a missing value in the right table for a missing key"
# loses = ["w02-q3-look-up-test"]
# says = ["matched asks for the key"]
# ///
# %% w02-q3-look-up
def look_up(left, right, key):
    known = right.dropna(subset=[key])
    repeated = known.loc[known[key].duplicated(), key].nunique()
    if repeated:
        raise ValueError(f"{repeated} keys are repeated")
    shared = (set(left.columns) & set(right.columns)) - {key}
    shared |= {"matched"} & (set(left.columns) | set(right.columns))
    if shared:
        raise ValueError(f"columns in both tables: {', '.join(sorted(shared))}")
    joined = left.merge(known, on=key, how="left").set_axis(left.index)
    first = [name for name in right.columns if name != key][0]
    return joined.assign(matched=joined[first].notna())
