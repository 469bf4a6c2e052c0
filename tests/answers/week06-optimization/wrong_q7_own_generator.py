# /// answer
# kind = "wrong"
# exercise = "w06-q7-titanic"
# misconception = "The folds are dealt by a generator of its own, so rng has no say"
# loses = ["w06-q7-titanic-validation"]
# says = ["seed"]
# ///
# %% w06-q7-titanic
def fold_accuracies(predict, passengers, n_folds, rng):
    n_rows = len(passengers)
    if not 2 <= n_folds <= n_rows:
        raise ValueError(f"{n_folds} folds cannot be made of {n_rows} rows")
    survived = passengers["Survived"].to_numpy()
    accuracies = []
    for fold in np.array_split(np.random.default_rng(0).permutation(n_rows), n_folds):
        rest = np.setdiff1d(np.arange(n_rows), fold)
        guess = predict(passengers.iloc[rest], passengers.iloc[fold].drop(columns="Survived"))
        accuracies.append(np.mean(guess == survived[fold]))
    return np.array(accuracies)
