# /// answer
# kind = "right"
# approach = "Whole arrays and library pieces: expit, iterators, momentum for the logistic fit, a random forest for the ship"
# ///
# %% w06-q1-numerical
def numerical_gradient(function, w, h=1e-5):
    w = np.asarray(w, dtype=np.float64)
    up, down = w + h * np.eye(w.size), w - h * np.eye(w.size)
    rises = [function(right) - function(left) for right, left in zip(up, down, strict=True)]
    return np.array(rises, dtype=float) / (2 * h)


# %% w06-q2-losses
from scipy.special import expit


def loss_and_slope(kind, y, score):
    if np.shape(y) != np.shape(score):
        raise ValueError(f"equal shape wanted, got {np.shape(y)} and {np.shape(score)}")
    y, s = y * 1.0, score * 1.0
    residual = np.subtract(s, y, dtype=np.float64)
    m = np.multiply(y, s, dtype=np.float64)
    if kind == "squared":
        return residual * residual * 0.5, residual
    if kind == "absolute":
        return np.where(residual < 0, -residual, residual), (residual > 0) * 1.0 - (residual < 0) * 1.0
    if kind == "log":
        return np.maximum(-m, 0) + np.log1p(np.exp(-np.abs(m))), -y * expit(-m)
    if kind == "hinge":
        return np.clip(1 - m, 0, None), -y * (m < 1)
    raise ValueError(f"unknown kind: {kind}")


# %% w06-q3-descent
def gradient_descent(loss, gradient, start, step_size, tolerance=1e-6, max_steps=10_000):
    w, losses = start.astype(float), [loss(start.astype(float))]
    _complain(losses[0], 0)
    for step in range(1, max_steps + 1):
        g = gradient(w)
        if np.sqrt(g @ g) <= tolerance:
            break
        w = w - np.multiply(g, step_size)
        losses.append(loss(w))
        _complain(losses[-1], step)
    return w, np.asarray(losses, dtype=float)


def _complain(value, step):
    if np.isnan(value) or np.isinf(value):
        raise FloatingPointError(f"step {step}: the loss became {value}; the step size is too large")


# %% w06-q3-descent-plot
def plot_convergence(records, lowest):
    fig = plt.figure(figsize=(7, 4))
    ax = fig.add_subplot()
    for name in records:
        excess = np.clip(np.asarray(records[name]) - lowest, 1e-16, None)
        ax.semilogy(excess, label=name, marker=".")
    ax.set_title("Convergence")
    ax.set_xlabel("number of steps")
    ax.set_ylabel("excess loss")
    fig.legend()
    return fig


# %% w06-q4-sgd
def sgd(gradient, X, y, start, step_size, batch_size, n_epochs, rng):
    if batch_size <= 0:
        raise ValueError(f"batch_size is {batch_size}")
    n, steps = len(y), 0
    path = np.empty((n_epochs + 1, len(start)))
    path[0] = start
    order = np.arange(n)
    for epoch in range(1, n_epochs + 1):
        rng.shuffle(order)
        path[epoch] = path[epoch - 1]
        for rows in np.split(order, range(batch_size, n, batch_size)):
            path[epoch] -= step_size(steps) * gradient(X[rows], y[rows], path[epoch].copy())
            steps += 1
    return path


# %% w06-q5-optimisers
def momentum(gradient, start, step_size, n_steps, beta=0.9):
    path = np.zeros((n_steps + 1, len(start)))
    path[0] = start
    seen = np.zeros((n_steps, len(start)))
    for t in range(n_steps):
        seen[t] = gradient(path[t].copy())
        weights = beta ** np.arange(t, -1, -1)
        path[t + 1] = path[t] - step_size * (weights @ seen[: t + 1])
    return path


def adam(gradient, start, step_size, n_steps, beta1=0.9, beta2=0.999, epsilon=1e-8):
    path = np.zeros((n_steps + 1, len(start)))
    path[0] = start
    m, s = np.zeros_like(path[0]), np.zeros_like(path[0])
    for t in range(n_steps):
        g = np.array(gradient(path[t].copy()))
        m += (1 - beta1) * (g - m)
        s += (1 - beta2) * (g * g - s)
        rate = step_size * np.sqrt(1 - beta2 ** (t + 1)) / (1 - beta1 ** (t + 1))
        path[t + 1] = path[t] - rate * m / (np.sqrt(s) + epsilon * np.sqrt(1 - beta2 ** (t + 1)))
    return path


# %% w06-q6-logistic
from scipy.special import expit


def predict_probability(X, weights):
    return expit(X @ weights[1:] + weights[0])


def fit_logistic(X, y, penalty):
    Z, y = np.insert(X.astype(float), 0, 1.0, axis=1), y.astype(float)
    ridge = np.repeat([0.0, penalty], [1, X.shape[1]])
    curvature = np.linalg.eigvalsh(Z.T @ Z / 4)[-1] + penalty
    w = ahead = np.zeros(Z.shape[1])
    for k in range(1, 40_000):
        g = Z.T @ (expit(Z @ ahead) - y) + ridge * ahead
        if g @ g < 1e-16:
            break
        following = ahead - g / curvature
        restart = g @ (following - w) > 0
        ahead = following if restart else following + (k - 1) / (k + 2) * (following - w)
        w = following
    return ahead


# %% w06-q7-titanic
def fold_accuracies(predict, passengers, n_folds, rng):
    n = len(passengers)
    if n_folds < 2 or n_folds > n:
        raise ValueError(f"n_folds={n_folds} does not fit {n} rows")
    label = rng.permutation(np.arange(n) % n_folds)
    result = np.zeros(n_folds)
    for k in range(n_folds):
        inside = label == k
        contest = passengers[inside]
        result[k] = (predict(passengers[~inside], contest.drop(columns=["Survived"])) == contest["Survived"]).mean()
    return result


# %% w06-q7-titanic-model
from sklearn.ensemble import RandomForestClassifier


def _numbers(table):
    title = table["Name"].str.extract(r",\s*([^.]+)\.", expand=False)
    return pd.DataFrame(
        {
            "female": table["Sex"].eq("female").astype(int),
            "class": table["Pclass"],
            "master": title.eq("Master").astype(int),
            "family": table["SibSp"] + table["Parch"],
            "southampton": table["Embarked"].eq("S").astype(int),
        }
    )


def predict_survival(train, passengers):
    model = RandomForestClassifier(n_estimators=60, min_samples_leaf=3, random_state=0)
    model.fit(_numbers(train), train["Survived"])
    return model.predict(_numbers(passengers))


def write_submission(train, passengers, path):
    out = passengers[["PassengerId"]].copy()
    out["Survived"] = predict_survival(train, passengers)
    out.sort_values("PassengerId").to_csv(path, index=False)
