# /// answer
# kind = "wrong"
# exercise = "w01-q5-seasonal-mean"
# misconception = "Gaps are filled in the caller's array"
# loses = ["w01-q5-seasonal-mean-test"]
# says = ["values"]
# ///
# %% w01-q5-seasonal-mean
def seasonal_mean(values, months):
    if len(values) != len(months):
        raise ValueError(f"{len(values)} values but {len(months)} months")
    present = ~np.isnan(values)
    if values.flags.writeable:
        values[~present] = 0.0
    means = np.full(12, np.nan)
    for month in np.unique(months[present]):
        means[month - 1] = values[present & (months == month)].mean()
    return means
