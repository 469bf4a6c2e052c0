# /// answer
# kind = "wrong"
# exercise = "w01-q5-seasonal-mean"
# misconception = "Month 1 is written to position 1"
# loses = ["w01-q5-seasonal-mean-test", "w01-q5-seasonal-mean-record"]
# says = ["m - 1"]
# ///
# %% w01-q5-seasonal-mean
def seasonal_mean(values, months):
    if len(values) != len(months):
        raise ValueError(f"{len(values)} values but {len(months)} months")
    means = np.full(12, np.nan)
    for month in range(12):
        members = values[(months % 12 == month) & ~np.isnan(values)]
        if members.size:
            means[month] = members.mean()
    return means
