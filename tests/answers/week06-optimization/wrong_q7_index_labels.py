# /// answer
# kind = "wrong"
# exercise = "w06-q7-titanic"
# misconception = "Rows are chosen by their index labels, which need not be unique"
# loses = ["w06-q7-titanic-validation"]
# says = ["outside the fold"]
# ///
# %% w06-q7-titanic
def fold_accuracies(predict, passengers, n_folds, rng):
    n_rows = len(passengers)
    if not 2 <= n_folds <= n_rows:
        raise ValueError(f"{n_folds} folds cannot be made of {n_rows} rows")
    survived = passengers["Survived"].to_numpy()
    accuracies = []
    for fold in np.array_split(rng.permutation(n_rows), n_folds):
        guess = predict(passengers.drop(index=passengers.index[fold]), passengers.iloc[fold].drop(columns="Survived"))
        accuracies.append(np.mean(guess == survived[fold]))
    return np.array(accuracies)
