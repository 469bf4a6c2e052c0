# /// answer
# kind = "right"
# approach = "Library calls: SciPy, pandas and NumPy where the text allows them"
# ///
# %% w04-q1-posterior
import pandas as pd


def posterior(prior, likelihood):
    if np.shape(prior) != np.shape(likelihood):
        raise ValueError(f"lengths {len(prior)} and {len(likelihood)}")
    joint = pd.Series(prior, dtype=float) * pd.Series(likelihood, dtype=float)
    if joint.sum() == 0:
        raise ValueError("Impossible evidence")
    return joint.div(joint.sum()).to_numpy()


# %% w04-q2-log-sum-exp
def log_sum_exp(values, axis=-1):
    values = np.array(values, dtype=np.float64)
    with np.errstate(all="ignore"):
        top = np.max(values, axis=axis, keepdims=True, initial=-np.inf)
        top[~np.isfinite(top)] = 0
        return np.squeeze(top + np.log(np.sum(np.exp(values - top), axis=axis, keepdims=True)), axis=axis)


# %% w04-q3-visits
from scipy import stats


def simulate_visits(rng, mean, shape, n_people):
    return rng.negative_binomial(shape, shape / (shape + mean), size=n_people)


def moment_z(sample, mean, variance):
    if np.size(sample) < 3:
        raise ValueError(f"only {np.size(sample)} value(s)")
    x = np.asarray(sample, dtype=np.float64)
    q = np.square(x - np.mean(x))
    return (np.mean(x) - mean) / stats.sem(x, ddof=0), (np.var(x) - variance) / stats.sem(q, ddof=0)


# %% w04-q4-pooled
def pooled_moments(counts, means, covariances):
    kept = np.flatnonzero(counts)
    if kept.size == 0:
        raise ValueError("no rows anywhere")
    n, mean, scatter = 0, np.zeros(means.shape[1]), np.zeros(covariances.shape[1:])
    for g in kept:  # Chan's update: merge one group after the other
        size = int(counts[g])
        gap = means[g] - mean
        scatter = scatter + size * covariances[g] + np.multiply.outer(gap, gap) * (n * size / (n + size))
        mean = mean + gap * (size / (n + size))
        n += size
    return mean, scatter / n


# %% w04-q5-monte-carlo
from scipy import stats


def monte_carlo(draw, n_draws, rng, batch=10_000):
    if n_draws < 2:
        raise ValueError(f"{n_draws} draws")
    if batch < 1:
        raise ValueError(f"a batch of {batch}")
    full, rest = divmod(n_draws, batch)
    values = [draw(rng, batch) for _ in range(full)] + ([draw(rng, rest)] if rest else [])
    y = np.hstack(values).astype(float)
    return y.mean(), stats.sem(y)


def draws_needed(standard_error, n_draws, target):
    if target <= 0:
        raise ValueError(f"target {target}")
    return int(max(np.ceil((standard_error / target) ** 2 * n_draws), 2))


# %% w04-q6-fits
from scipy import stats
from scipy.optimize import brentq
from scipy.special import digamma


def log_likelihood(counts, mean, shape):
    if mean == 0:
        return 0.0 if not counts.any() else -np.inf
    law = stats.poisson(mean) if np.isinf(shape) else stats.nbinom(shape, shape / (shape + mean))
    return law.logpmf(counts.astype(int)).sum()


def fit_poisson(counts):
    if len(counts) == 0:
        raise ValueError("Counts are missing")
    return np.mean(counts)


def fit_negative_binomial(counts):
    mean = fit_poisson(counts)
    if np.var(counts) <= mean:
        return mean, float("inf")

    def slope(r):  # derivative of the log-likelihood in r, divided by n
        return np.mean(digamma(counts + r)) - digamma(r) + np.log(r / (r + mean))

    return mean, brentq(slope, 1e-4, 1e5, xtol=1e-12)


# %% w04-q6-fits-drawn
from scipy import stats


def draw_fits(counts, mean, shape, largest=15):
    shown = np.arange(largest + 1)
    fig, ax = plt.subplots()
    shares = (counts[:, None] == shown).mean(axis=0)
    ax.bar(shown, shares, color="0.8", label="observed")
    ax.plot(shown, stats.poisson.pmf(shown, mean), ":", label="Poisson")
    ax.plot(shown, stats.nbinom.pmf(shown, shape, shape / (shape + mean)), label="negative binomial")
    ax.set(title="Fits", xlabel="number of visits", ylabel="share")
    fig.legend()
    return fig


# %% w04-q7-naive-bayes
from scipy.special import log_softmax


def fit_pixels(X, y, n_classes, smoothing=1.0):
    member = (y[None, :] == np.arange(n_classes)[:, None]).astype(float)
    sizes = member.sum(axis=1)
    with np.errstate(divide="ignore"):
        return np.log(sizes) - np.log(len(y)), (member @ X.astype(float) + smoothing) / (sizes[:, None] + 2 * smoothing)


def log_posterior(X, log_prior, theta):
    weights, constant = np.log(theta) - np.log1p(-theta), np.log1p(-theta).sum(axis=1)
    joint = X.astype(float) @ weights.T + constant + log_prior
    return log_softmax(joint, axis=1) if len(joint) else joint
