# /// answer
# kind = "wrong"
# exercise = "w02-q3-look-up"
# misconception = "Lets merge rename columns that both tables have"
# loses = ["w02-q3-look-up-promise"]
# says = ["ValueError"]
# ///
# %% w02-q3-look-up
def look_up(left, right, key):
    known = right.dropna(subset=[key])
    repeated = known.loc[known[key].duplicated(), key].nunique()
    if repeated:
        raise ValueError(f"{repeated} keys are repeated")
    joined = left.merge(known, on=key, how="left").set_axis(left.index)
    return joined.assign(matched=left[key].isin(known[key]))
