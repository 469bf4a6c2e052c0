# /// answer
# kind = "wrong"
# exercise = "w01-q5-seasonal-mean"
# misconception = "nanmean of nothing warns"
# loses = ["w01-q5-seasonal-mean-test"]
# says = ["warn"]
# ///
# %% w01-q5-seasonal-mean
def seasonal_mean(values, months):
    if len(values) != len(months):
        raise ValueError(f"{len(values)} values but {len(months)} months")
    return np.array([np.nanmean(values[months == month]) for month in range(1, 13)])
