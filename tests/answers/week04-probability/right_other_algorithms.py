# /// answer
# kind = "right"
# approach = "Other algorithms: odds, inverse distribution functions, running sums, float32"
# ///
# %% w04-q1-posterior
def posterior(prior, likelihood):
    if len(prior) - len(likelihood):
        raise ValueError(f"{len(prior)} != {len(likelihood)}")
    with np.errstate(divide="ignore", invalid="ignore"):
        logs = np.log(prior.astype(float)) + np.log(likelihood.astype(float))
        top = logs.max()
        if top == -np.inf:
            raise ValueError("impossible")
        odds = np.exp(logs - top)
    return odds / odds.sum()


# %% w04-q2-log-sum-exp
def log_sum_exp(values, axis=-1):
    ordered = np.sort(np.moveaxis(values.astype(np.float64), axis, 0), axis=0)
    padded = np.concatenate([np.full((2, *ordered.shape[1:]), -np.inf), ordered])
    with np.errstate(all="ignore"):
        top = padded[-1]
        rest = np.exp(padded[:-1] - top).sum(axis=0)
        return np.where(np.isfinite(top), top + np.log1p(rest), top)


# %% w04-q3-visits
from scipy import stats


def simulate_visits(rng, mean, shape, n_people):
    # Inverse distribution function of the negative binomial, at uniform random numbers.
    law = stats.nbinom(shape, shape / (shape + mean))
    return law.ppf(rng.random(n_people)).astype(np.int32)


def moment_z(sample, mean, variance):
    n = len(sample)
    if n <= 2:
        raise ValueError(f"at least 3 values are needed, and these are {n}")
    x = np.array(sample, dtype=np.longdouble)
    m2, m4 = (np.power(x - x.mean(), power).mean() for power in (2, 4))
    return float((x.mean() - mean) * np.sqrt(n / m2)), float((m2 - variance) * np.sqrt(n / (m4 - m2**2)))


# %% w04-q4-pooled
def pooled_moments(counts, means, covariances):
    if counts.sum() == 0:
        raise ValueError("no rows")
    empty = counts == 0
    shift = means[~empty][0]
    m = np.where(empty[:, None], 0.0, means - shift)
    c = np.where(empty[:, None, None], 0.0, covariances)
    w = counts / counts.sum()
    mean = w @ m
    second = np.einsum("g,gij->ij", w, c + m[:, :, None] * m[:, None, :])
    return shift + mean, second - np.outer(mean, mean)


# %% w04-q5-monte-carlo
def monte_carlo(draw, n_draws, rng, batch=10_000):
    if n_draws < 2 or batch < 1:
        raise ValueError(f"n_draws={n_draws}, batch={batch}: too small")
    values = np.empty(n_draws)
    start = 0
    while start < n_draws:
        stop = min(start + batch, n_draws)
        values[start:stop] = draw(rng, stop - start)
        start = stop
    centred = values - values.mean()
    return values.mean(), np.sqrt(centred @ centred / (n_draws - 1) / n_draws)


def draws_needed(standard_error, n_draws, target):
    if not target > 0:
        raise ValueError("the target must be positive")
    if standard_error == 0:
        return 2
    return max(2, -int(-n_draws * (standard_error / target) ** 2 // 1))


# %% w04-q6-fits
def log_likelihood(counts, mean, shape):
    k = counts.astype(np.int64)
    if mean == 0:
        return -np.inf if (k > 0).any() else 0.0
    steps = np.arange(1, k.max() + 1)
    if np.isinf(shape):
        ratio = np.log(mean / steps)
        start = -mean
    else:
        ratio = np.log((shape + steps - 1) / steps * mean / (shape + mean))
        start = -shape * np.log1p(mean / shape)
    table = start + np.concatenate([[0.0], np.cumsum(ratio)])  # log p(0), log p(1), … by their ratios
    return table[k].sum()


def fit_poisson(counts):
    if counts.shape[0] < 1:
        raise ValueError("counts are empty")
    return np.float64(counts.mean())


def fit_negative_binomial(counts):
    mean = fit_poisson(counts)
    if counts.astype(float).var() <= mean:
        return [mean, np.inf]
    low, high = np.log(1e-4), np.log(1e6)
    for _ in range(12):  # ever finer grids around the best
        grid = np.linspace(low, high, 21)
        best = int(np.argmax([log_likelihood(counts, mean, np.exp(one)) for one in grid]))
        low, high = grid[max(best - 1, 0)], grid[min(best + 1, 20)]
    return [mean, np.exp((low + high) / 2)]


# %% w04-q6-fits-drawn
def draw_fits(counts, mean, shape, largest=15):
    k = np.arange(0, largest + 1)
    fig, ax = plt.subplots(layout="constrained")
    shares = [np.count_nonzero(counts == one) / len(counts) for one in k]
    ax.bar(k, shares, align="center", label="observed")
    for r, name in ((shape, "negative binomial"), (1e9, "Poisson")):
        steps = np.arange(1, largest + 1)
        ratio = mean / steps if r == 1e9 else (r + steps - 1) / steps * mean / (r + mean)
        first = np.exp(-mean) if r == 1e9 else (1 + mean / r) ** -r
        ax.plot(k, first * np.concatenate([[1.0], np.cumprod(ratio)]), marker=".", label=name)
    ax.set_xlabel("doctor visits")
    ax.set_ylabel("share of all")
    fig.suptitle("Which family?")
    ax.legend()
    return fig


# %% w04-q7-naive-bayes
def fit_pixels(X, y, n_classes, smoothing=1.0):
    order = np.argsort(y, kind="stable")
    sums = np.vstack([np.zeros(X.shape[1]), np.cumsum(X[order].astype(float), axis=0)])
    edges = np.searchsorted(y[order], np.arange(n_classes + 1))
    n = np.diff(edges)
    with np.errstate(divide="ignore"):
        return np.log(n / n.sum()), (np.diff(sums[edges], axis=0) + smoothing) / (n + 2 * smoothing)[:, None]


def log_posterior(X, log_prior, theta):
    ink = X.astype(bool)
    logs = np.empty((len(X), len(log_prior)))
    for label in range(len(log_prior)):
        logs[:, label] = np.where(ink, np.log(theta[label]), np.log(1 - theta[label])).sum(axis=1) + log_prior[label]
    with np.errstate(invalid="ignore"):
        return logs - np.logaddexp.reduce(logs, axis=1, keepdims=True)
