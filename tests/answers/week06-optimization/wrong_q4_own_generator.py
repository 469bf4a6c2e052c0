# /// answer
# kind = "wrong"
# exercise = "w06-q4-sgd"
# misconception = "Every epoch is shuffled by NumPy's global generator instead of rng"
# loses = ["w06-q4-sgd-test"]
# says = ["rng"]
# ///
# %% w06-q4-sgd
def sgd(gradient, X, y, start, step_size, batch_size, n_epochs, rng):
    if batch_size < 1:
        raise ValueError(f"a batch of {batch_size} rows cannot be drawn")
    w = np.array(start, dtype=np.float64)
    path, t = [w], 0
    for _ in range(n_epochs):
        order = np.random.permutation(len(X))
        for begin in range(0, len(X), batch_size):
            rows = order[begin : begin + batch_size]
            w = w - step_size(t) * gradient(X[rows], y[rows], w)
            t += 1
        path.append(w)
    return np.array(path)
