# /// answer
# kind = "wrong"
# exercise = "w02-q3-look-up"
# misconception = "Loses the rows that find nothing, by an inner join"
# loses = ["w02-q3-look-up-test", "w02-q3-look-up-promise"]
# says = ["how='left'"]
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
    kept = left[left[key].isin(known[key])]
    return kept.merge(known, on=key).set_axis(kept.index).assign(matched=True)
