# /// answer
# kind = "wrong"
# exercise = "w01-q5-seasonal-mean"
# misconception = "One entry for each month that occurs, instead of twelve"
# loses = ["w01-q5-seasonal-mean-test"]
# says = ["(12,)"]
# ///
# %% w01-q5-seasonal-mean
def seasonal_mean(values, months):
    if len(values) != len(months):
        raise ValueError(f"{len(values)} values but {len(months)} months")
    present = ~np.isnan(values)
    return np.array([values[present & (months == month)].mean() for month in np.unique(months[present])])
