# /// answer
# kind = "wrong"
# exercise = "w01-q5-seasonal-mean"
# misconception = "Switches warnings off for the whole program"
# loses = ["w01-q5-seasonal-mean-test"]
# says = ["rest of the program"]
# ///
# %% w01-q5-seasonal-mean
def seasonal_mean(values, months):
    if len(values) != len(months):
        raise ValueError(f"{len(values)} values but {len(months)} months")
    warnings.filterwarnings("ignore")
    return np.array([np.nanmean(values[months == month]) for month in range(1, 13)])
