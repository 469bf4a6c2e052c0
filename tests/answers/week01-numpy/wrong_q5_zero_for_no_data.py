# /// answer
# kind = "wrong"
# exercise = "w01-q5-seasonal-mean"
# misconception = "A month without any measurement comes out as 0"
# loses = ["w01-q5-seasonal-mean-test"]
# says = ["not 0"]
# ///
# %% w01-q5-seasonal-mean
def seasonal_mean(values, months):
    if len(values) != len(months):
        raise ValueError(f"{len(values)} values but {len(months)} months")
    present = ~np.isnan(values)
    means = np.zeros(12)
    for month in np.unique(months[present]):
        means[month - 1] = values[present & (months == month)].mean()
    return means
