# /// answer
# kind = "wrong"
# exercise = "w02-q3-look-up"
# misconception = "Takes merge's new index instead of that of the left table"
# loses = ["w02-q3-look-up-test", "w02-q3-look-up-promise"]
# says = ["merge makes a new one"]
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
    return left.merge(known, on=key, how="left").assign(matched=lambda t: t[key].isin(known[key]))
