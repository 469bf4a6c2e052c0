# /// answer
# kind = "wrong"
# exercise = "w02-q3-look-up"
# misconception = "Trusts a left join never to change the number of rows"
# loses = ["w02-q3-look-up-promise"]
# says = ["ValueError"]
# ///
# %% w02-q3-look-up
def look_up(left, right, key):
    shared = (set(left.columns) & set(right.columns)) - {key}
    shared |= {"matched"} & (set(left.columns) | set(right.columns))
    if shared:
        raise ValueError(f"columns in both tables: {shared}")
    known = right.dropna(subset=[key])
    joined = left.merge(known, on=key, how="left")
    joined.index = left.index if len(joined) == len(left) else joined.index
    return joined.assign(matched=joined[key].isin(known[key]))
