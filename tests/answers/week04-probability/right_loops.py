# /// answer
# kind = "right"
# approach = "Python loops and the math module, except where loops are forbidden"
# ///
# %% w04-q1-posterior
def posterior(prior, likelihood):
    if len(prior) != len(likelihood):
        raise ValueError(f"got {len(prior)} hypotheses in the prior, {len(likelihood)} in the likelihood")
    joint = [float(p) * float(chance) for p, chance in zip(prior, likelihood, strict=True)]
    if not any(joint):
        raise ValueError("this evidence is impossible")
    return np.array([one / sum(joint) for one in joint])


# %% w04-q2-log-sum-exp
def log_sum_exp(values, axis=-1):
    rows = np.moveaxis(values, axis, -1).astype(float)
    if rows.shape[-1] == 0:
        return np.full(rows.shape[:-1], -np.inf)
    with np.errstate(all="ignore"):
        largest = rows.max(axis=-1)
        finite = np.isfinite(largest)
        safe = np.where(finite, largest, 0.0)
        sums = np.exp(rows - safe[..., None]).sum(axis=-1)
        return np.where(finite, safe + np.log(sums), largest)


# %% w04-q3-visits
import math


def simulate_visits(rng, mean, shape, n_people):
    visits = np.zeros(n_people, dtype=np.int64)
    for person in range(n_people):
        visits[person] = rng.poisson(rng.gamma(shape) * mean / shape)
    return visits


def moment_z(sample, mean, variance):
    x = [float(value) for value in sample]
    n = len(x)
    if n < 3:
        raise ValueError(f"n = {n}")
    centre = math.fsum(x) / n
    squares = [(value - centre) ** 2 for value in x]
    m2 = math.fsum(squares) / n
    spread = math.sqrt(math.fsum((square - m2) ** 2 for square in squares) / n)
    return (centre - mean) / math.sqrt(m2 / n), (m2 - variance) / (spread / math.sqrt(n))


# %% w04-q4-pooled
def pooled_moments(counts, means, covariances):
    groups = [(n, m, c) for n, m, c in zip(counts.tolist(), means, covariances, strict=True) if n]
    if not groups:
        raise ValueError("There are NO ROWS to pool.")
    n = sum(size for size, _, _ in groups)
    mean = sum(size / n * m for size, m, _ in groups)
    covariance = sum(size / n * (c + np.outer(m - mean, m - mean)) for size, m, c in groups)
    return mean, covariance


# %% w04-q5-monte-carlo
import math


def monte_carlo(draw, n_draws, rng, batch=10_000):
    for name, value, least in (("n_draws", n_draws, 2), ("batch", batch, 1)):
        if value < least:
            raise ValueError(f"{name}={value}")
    count, mean, scatter = 0, 0.0, 0.0
    while count < n_draws:
        for value in draw(rng, min(batch, n_draws - count)).tolist():  # Welford's running moments
            count += 1
            step = value - mean
            mean += step / count
            scatter += step * (value - mean)
    return mean, math.sqrt(scatter / (n_draws - 1) / n_draws)


def draws_needed(standard_error, n_draws, target):
    if target <= 0:
        raise ValueError("target must be positive")
    total = math.ceil(n_draws * standard_error**2 / target**2)
    return total if total > 2 else 2


# %% w04-q6-fits
import math


def log_likelihood(counts, mean, shape):
    total = 0.0
    for k in counts.tolist():
        if mean == 0:
            total += 0.0 if k == 0 else -math.inf
        elif math.isinf(shape):
            total += k * math.log(mean) - mean - math.lgamma(k + 1)
        else:
            ways = math.lgamma(k + shape) - math.lgamma(shape) - math.lgamma(k + 1)
            total += ways - shape * math.log1p(mean / shape) + k * math.log(mean / (shape + mean))
    return total


def fit_poisson(counts):
    if not len(counts):
        raise ValueError("no counts")
    return sum(counts.tolist()) / len(counts)


def fit_negative_binomial(counts):
    mean = fit_poisson(counts)
    if sum((k - mean) ** 2 for k in counts.tolist()) / len(counts) <= mean:
        return mean, math.inf
    tally = {}
    for k in counts.tolist():
        tally[k] = tally.get(k, 0) + 1

    def height(log_r):
        r = math.exp(log_r)
        return sum(
            times * (math.lgamma(k + r) - math.lgamma(r) - r * math.log1p(mean / r) - k * math.log(r + mean))
            for k, times in tally.items()
        )

    low, high, golden = math.log(1e-3), math.log(1e5), (math.sqrt(5) - 1) / 2
    while high - low > 1e-6:
        left, right = high - golden * (high - low), low + golden * (high - low)
        if height(left) > height(right):
            high = right
        else:
            low = left
    return mean, math.exp((low + high) / 2)


# %% w04-q6-fits-drawn
import math


def draw_fits(counts, mean, shape, largest=15):
    fig = plt.figure()
    ax = fig.add_subplot()
    poisson, mixed, shares = [math.exp(-mean)], [(shape / (shape + mean)) ** shape], []
    for k in range(largest):
        poisson.append(poisson[-1] * mean / (k + 1))
        mixed.append(mixed[-1] * (k + shape) / (k + 1) * mean / (shape + mean))
    for k in range(largest + 1):
        shares.append(sum(1 for one in counts.tolist() if one == k) / len(counts))
    ax.bar(list(range(largest + 1)), shares, width=0.5, label="Observed in the record")
    ax.plot(poisson, label="Poisson, one rate")
    ax.plot(mixed, label="Negative binomial, many rates")
    ax.set_title("Two families")
    ax.set_xlabel("Visits")
    ax.set_ylabel("Share of records")
    ax.legend()
    return fig


# %% w04-q7-naive-bayes
import math


def fit_pixels(X, y, n_classes, smoothing=1.0):
    n_pixels = X.shape[1]
    rows = [0] * n_classes
    ink = [[0] * n_pixels for _ in range(n_classes)]
    for image, label in zip(X.tolist(), y.tolist(), strict=True):
        rows[label] += 1
        ink[label] = [count + int(pixel) for count, pixel in zip(ink[label], image, strict=True)]
    log_prior = [math.log(n / len(y)) if n else -math.inf for n in rows]
    theta = [[(count + smoothing) / (n + 2 * smoothing) for count in of] for of, n in zip(ink, rows, strict=True)]
    return np.array(log_prior), np.array(theta)


def log_posterior(X, log_prior, theta):
    table = np.zeros((len(X), len(log_prior)))
    inked, blank = np.log(theta), np.log(1 - theta)
    for i, image in enumerate(X):
        joint = [p + float(np.where(image > 0, a, b).sum()) for p, a, b in zip(log_prior, inked, blank, strict=True)]
        top = max(joint)
        total = top + math.log(sum(math.exp(one - top) for one in joint))
        table[i] = [one - total for one in joint]
    return table
