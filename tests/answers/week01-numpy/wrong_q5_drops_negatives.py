# /// answer
# kind = "wrong"
# exercise = "w01-q5-seasonal-mean"
# misconception = "values > 0 is taken for a test of what was measured"
# loses = ["w01-q5-seasonal-mean-test"]
# says = ["left out"]
# ///
# %% w01-q5-seasonal-mean
def seasonal_mean(values, months):
    if len(values) != len(months):
        raise ValueError(f"{len(values)} values but {len(months)} months")
    means = np.full(12, np.nan)
    for month in range(1, 13):
        members = values[(months == month) & (values > 0)]
        if members.size:
            means[month - 1] = members.mean()
    return means
