# /// answer
# kind = "wrong"
# exercise = "w01-q5-seasonal-mean"
# misconception = "The plain mean: one gap makes the month nan"
# loses = ["w01-q5-seasonal-mean-test", "w01-q5-seasonal-mean-record"]
# says = ["nan took over"]
# ///
# %% w01-q5-seasonal-mean
def seasonal_mean(values, months):
    if len(values) != len(months):
        raise ValueError(f"{len(values)} values but {len(months)} months")
    means = np.full(12, np.nan)
    for month in np.unique(months):
        means[month - 1] = values[months == month].mean()
    return means
