# /// answer
# kind = "right"
# approach = "Plain Python, one number at a time; the ship by a table of survival in groups of passengers"
# ///
# %% w06-q1-numerical
def numerical_gradient(function, w, h=1e-5):
    result = []
    for j in range(len(w)):
        point = [float(value) for value in w]
        point[j] += h
        above = function(np.array(point))
        point[j] -= 2 * h
        result.append((above - function(np.array(point))) / (2 * h))
    return np.array(result, dtype=float)


# %% w06-q2-losses
import math


def _one(kind, y, s):
    if kind == "squared":
        return 0.5 * (s - y) ** 2, s - y
    if kind == "absolute":
        return abs(s - y), math.copysign(1.0, s - y) if s != y else 0.0
    m = y * s
    if kind == "hinge":
        return (1 - m, -y) if m < 1 else (0.0, 0.0)
    if m >= 0:
        return math.log1p(math.exp(-m)), -y * math.exp(-m) / (1 + math.exp(-m))
    return -m + math.log1p(math.exp(m)), -y / (1 + math.exp(m))


def loss_and_slope(kind, y, score):
    if kind not in ("squared", "absolute", "log", "hinge"):
        raise ValueError(f"{kind!r} is no loss of mine")
    if y.shape != score.shape:
        raise ValueError("y and score differ in shape")
    pairs = [_one(kind, float(a), float(b)) for a, b in zip(y, score, strict=True)]
    return np.array([p[0] for p in pairs], dtype=float), np.array([p[1] for p in pairs], dtype=float)


# %% w06-q3-descent
def gradient_descent(loss, gradient, start, step_size, tolerance=1e-6, max_steps=10_000):
    w = [float(value) for value in start]
    record = []
    for step in range(max_steps + 1):
        value = float(loss(np.array(w)))
        if value != value or value in (float("inf"), float("-inf")):
            raise OverflowError(f"step {step} gave a loss of {value}: choose another step size")
        record.append(value)
        if step == max_steps:
            break
        g = [float(value) for value in gradient(np.array(w))]
        if sum(value * value for value in g) ** 0.5 <= tolerance:
            break
        w = [a - step_size * b for a, b in zip(w, g, strict=True)]
    return np.array(w), np.array(record)


# %% w06-q3-descent-plot
def plot_convergence(records, lowest):
    fig, ax = plt.subplots()
    names = []
    for name, record in records.items():
        ax.plot(list(range(len(record))), [max(float(value) - lowest, 1e-16) for value in record])
        names.append(name)
    ax.legend(names)
    ax.set(xlabel="Steps", ylabel="Loss above the minimum", title="Descent", yscale="log")
    return fig


# %% w06-q4-sgd
def sgd(gradient, X, y, start, step_size, batch_size, n_epochs, rng):
    if batch_size < 1:
        raise ValueError(f"{batch_size} rows make no batch")
    w = [float(value) for value in start]
    path, t = [list(w)], 0
    for _ in range(n_epochs):
        waiting = [int(row) for row in rng.permutation(len(y))]
        while waiting:
            rows, waiting = waiting[:batch_size], waiting[batch_size:]
            g = gradient(np.array([X[row] for row in rows]), np.array([y[row] for row in rows]), np.array(w))
            w = [a - step_size(t) * b for a, b in zip(w, g, strict=True)]
            t += 1
        path.append(list(w))
    return np.array(path)


# %% w06-q5-optimisers
def momentum(gradient, start, step_size, n_steps, beta=0.9):
    w, v = [float(value) for value in start], [0.0] * len(start)
    path = [list(w)]
    for _ in range(n_steps):
        g = gradient(np.array(w))
        v = [beta * a + float(b) for a, b in zip(v, g, strict=True)]
        w = [a - step_size * b for a, b in zip(w, v, strict=True)]
        path.append(list(w))
    return np.array(path)


def adam(gradient, start, step_size, n_steps, beta1=0.9, beta2=0.999, epsilon=1e-8):
    n = len(start)
    w, m, s = [float(value) for value in start], [0.0] * n, [0.0] * n
    path = [list(w)]
    for t in range(1, n_steps + 1):
        g = gradient(np.array(w))
        for j in range(n):
            m[j] = beta1 * m[j] + (1 - beta1) * float(g[j])
            s[j] = beta2 * s[j] + (1 - beta2) * float(g[j]) ** 2
            hat_m, hat_s = m[j] / (1 - beta1**t), s[j] / (1 - beta2**t)
            w[j] -= step_size * hat_m / (hat_s**0.5 + epsilon)
        path.append(list(w))
    return np.array(path)


# %% w06-q6-logistic
def predict_probability(X, weights):
    score = weights[0] + (X * weights[1:]).sum(axis=1)
    small = np.exp(-np.abs(score))
    return np.where(score >= 0, 1.0, small) / (1.0 + small)


def fit_logistic(X, y, penalty):
    Z, target = np.hstack([np.ones((len(X), 1)), X]), np.asarray(y, dtype=float)
    punish = np.array([0.0] + [float(penalty)] * X.shape[1])
    step = 1.9 / (np.linalg.norm(Z, 2) ** 2 / 4 + penalty)
    w = np.zeros(Z.shape[1])
    for _ in range(60_000):
        g = Z.T @ (predict_probability(X, w) - target) + punish * w
        if np.abs(g).max() < 1e-6:
            break
        w = w - step * g
    return w


# %% w06-q7-titanic
def fold_accuracies(predict, passengers, n_folds, rng):
    n = len(passengers)
    if n_folds not in range(2, n + 1):
        raise ValueError(f"cannot make {n_folds} folds of {n}")
    order = [int(row) for row in rng.permutation(n)]
    shares = []
    for k in range(n_folds):
        fold = sorted(order[k::n_folds])
        others = [row for row in range(n) if row not in set(fold)]
        contest = passengers.iloc[fold]
        truth = contest["Survived"].tolist()
        contest = contest[[column for column in contest.columns if column != "Survived"]]
        guess = predict(passengers.iloc[others], contest).tolist()
        shares.append(sum(a == b for a, b in zip(guess, truth, strict=True)) / len(truth))
    return np.array(shares)


# %% w06-q7-titanic-model
import csv


def _group(row):
    family = row["SibSp"] + row["Parch"]
    kind = "woman" if row["Sex"] == "female" else "boy" if "Master" in row["Name"] else "man"
    return kind, "third" if row["Pclass"] == 3 else "first or second", "large" if family > 3 else "small"


def predict_survival(train, passengers):
    counts, by_kind = {}, {}
    for row in train.to_dict("records"):
        for table, key in ((counts, _group(row)), (by_kind, _group(row)[0])):
            table.setdefault(key, []).append(row["Survived"])
    guess = []
    for row in passengers.to_dict("records"):
        known = counts.get(_group(row)) or by_kind[_group(row)[0]]
        guess.append(int(sum(known) * 2 > len(known)))
    return np.array(guess, dtype=np.int64)


def write_submission(train, passengers, path):
    with open(path, "w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(["PassengerId", "Survived"])
        writer.writerows(zip(passengers["PassengerId"], predict_survival(train, passengers), strict=True))
