# /// answer
# kind = "wrong"
# exercise = "w02-q3-look-up"
# misconception = "Lets a missing key match a missing key, as merge does by itself"
# loses = ["w02-q3-look-up-promise"]
# says = ["missing key"]
# ///
# %% w02-q3-look-up
def look_up(left, right, key):
    right = right.drop_duplicates(subset=[key]) if right[key].isna().sum() > 1 else right
    repeated = right.loc[right[key].duplicated(), key].nunique()
    if repeated:
        raise ValueError(f"{repeated} keys are repeated")
    shared = (set(left.columns) & set(right.columns)) - {key}
    shared |= {"matched"} & (set(left.columns) | set(right.columns))
    if shared:
        raise ValueError(f"columns in both tables: {shared}")
    joined = left.merge(right, on=key, how="left").set_axis(left.index)
    return joined.assign(matched=left[key].isin(right[key]))
