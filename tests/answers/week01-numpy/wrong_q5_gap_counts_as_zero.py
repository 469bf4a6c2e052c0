# /// answer
# kind = "wrong"
# exercise = "w01-q5-seasonal-mean"
# misconception = "A missing week enters the mean as 0 ppm"
# loses = ["w01-q5-seasonal-mean-test", "w01-q5-seasonal-mean-record"]
# says = ["gap was counted"]
# ///
# %% w01-q5-seasonal-mean
def seasonal_mean(values, months):
    if len(values) != len(months):
        raise ValueError(f"{len(values)} values but {len(months)} months")
    filled = np.nan_to_num(values, nan=0.0)
    means = np.full(12, np.nan)
    for month in np.unique(months):
        means[month - 1] = filled[months == month].mean()
    return means
