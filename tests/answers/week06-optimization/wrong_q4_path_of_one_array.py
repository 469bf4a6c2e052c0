# /// answer
# kind = "wrong"
# exercise = "w06-q4-sgd"
# misconception = "The same array is appended again and again, and -= changes all its entries"
# loses = ["w06-q4-sgd-test", "w06-q4-sgd-budgets"]
# says = ["same array"]
# ///
# %% w06-q4-sgd
def sgd(gradient, X, y, start, step_size, batch_size, n_epochs, rng):
    if batch_size < 1:
        raise ValueError(f"a batch of {batch_size} rows cannot be drawn: batch_size must be 1 or more")
    w = np.array(start, dtype=np.float64)
    path, t = ([w], 0)
    for _ in range(n_epochs):
        order = rng.permutation(len(X))
        for begin in range(0, len(X), batch_size):
            rows = order[begin : begin + batch_size]
            w -= step_size(t) * gradient(X[rows], y[rows], w)
            t += 1
        path.append(w)
    return np.array(path)
