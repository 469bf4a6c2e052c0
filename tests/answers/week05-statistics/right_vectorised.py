# /// answer
# kind = "right"
# approach = "Whole arrays: all resamples, shuffles and experiments on an axis of their own"
# ///
# %% w05-q1-bootstrap
def bootstrap_interval(values, statistic, rng, level=0.95, n_resamples=999):
    n = values.size
    if not n:
        raise ValueError("cannot resample an empty sample")
    if level <= 0 or level >= 1:
        raise ValueError(f"a level of {level} is not between 0 and 1")
    table = values[rng.integers(0, n, size=(n_resamples, n))]
    results = np.fromiter(map(statistic, table), dtype=float, count=n_resamples)
    return tuple(np.quantile(results, np.array([0.5 - level / 2, 0.5 + level / 2])).tolist())


# %% w05-q2-permutation
def permutation_test(treated, control, rng, n_shuffles=999):
    if treated.size == 0 or control.size == 0:
        raise ValueError(f"treated has {treated.size} values, control has {control.size}: neither may be empty")
    n, m = treated.size, control.size
    pool = np.concatenate([treated, control]).astype(float)
    difference = treated.mean() - control.mean()
    total, sums = pool.sum(), np.empty(n_shuffles)
    for start in range(0, n_shuffles, 100):  # blocks keep the memory small
        stop = min(start + 100, n_shuffles)
        deals = rng.permuted(np.tile(pool, (stop - start, 1)), axis=1)
        sums[start:stop] = deals[:, :n].sum(axis=1)
    gaps = sums / n - (total - sums) / m
    b = np.count_nonzero(np.abs(gaps) >= abs(difference) - 1e-9)
    return difference, (b + 1) / (n_shuffles + 1)


# %% w05-q3-power
def simulated_power(rng, n_per_arm, base_rate, lift, alpha=0.05, n_experiments=2_000):
    rates = np.array([base_rate, base_rate + lift])
    if (rates < 0).any() or (rates > 1).any():
        raise ValueError(f"the rates {rates} are no probabilities")
    counts = rng.binomial(n_per_arm, rates, size=(n_experiments, 2))
    share = counts.sum(axis=1) / (2 * n_per_arm)
    variance = 2 * share * (1 - share) / n_per_arm
    gap = (counts[:, 1] - counts[:, 0]) / n_per_arm
    z = np.divide(gap, np.sqrt(variance), out=np.zeros(n_experiments), where=variance > 0)
    return np.mean(np.abs(z) >= NormalDist().inv_cdf(1 - alpha / 2))


# %% w05-q4-sample-size
def _parts(base_rate, lift):
    p0, p1 = base_rate, base_rate + lift
    if min(p0, p1) <= 0 or max(p0, p1) >= 1:
        raise ValueError(f"each rate must lie inside (0, 1), got {p0} and {p1}")
    mean = base_rate + lift / 2
    return np.sqrt([2 * mean * (1 - mean), p0 * (1 - p0) + p1 * (1 - p1)])


def sample_size(base_rate, lift, alpha=0.05, power=0.8):
    if not lift:
        raise ValueError("lift must not be 0")
    quantiles = np.array([NormalDist().inv_cdf(1 - alpha / 2), NormalDist().inv_cdf(power)])
    return int(np.ceil((quantiles @ _parts(base_rate, lift) / lift) ** 2))


def power_figure(base_rate, lifts, n_per_arm, alpha=0.05):
    from scipy.special import ndtr

    fig = plt.figure()
    ax = fig.add_subplot(title="Power", xlabel="Users PER ARM", ylabel="Power of the test", xscale="log", ylim=(0, 1))
    ax.axhline(0.8, linestyle=":")
    critical = NormalDist().inv_cdf(1 - alpha / 2)
    for lift in lifts:
        null, alternative = _parts(base_rate, lift)
        powers = ndtr((abs(lift) * np.sqrt(n_per_arm) - critical * null) / alternative)
        ax.semilogx(n_per_arm, powers, label=f"lift of {100 * lift:+.1f} pp")
    ax.set_ylim(0, 1)
    fig.legend()
    return fig


# %% w05-q5-fdr
def benjamini_hochberg(p_values, q=0.05):
    for p in p_values:
        if not 0 <= p <= 1:
            raise ValueError(f"p-value {p}")
    m = p_values.size
    order = np.argsort(p_values, kind="stable")
    below = p_values[order] <= q * np.arange(1, m + 1) / m
    rejected = np.zeros(m, dtype=bool)
    rejected[order] = np.logical_or.accumulate(below[::-1])[::-1]
    return rejected


# %% w05-q6-cuped
def cuped(before, after, treated):
    if len({before.size, after.size, treated.size}) > 1:
        raise ValueError(f"before, after, treated: {before.size}, {after.size}, {treated.size}")
    known = np.isfinite(before)
    filled = np.where(known, before, before[known].mean() if known.any() else 0.0)
    theta = 0.0
    if known.sum() > 1 and np.ptp(before[known]) > 0:
        table = np.cov(before[known], after[known])
        theta = table[0, 1] / table[0, 0]
    adjusted = after - theta * (filled - filled.mean())
    one, other = adjusted[treated], adjusted[~treated]
    return one.mean() - other.mean(), np.sqrt(np.var(one, ddof=1) / one.size + np.var(other, ddof=1) / other.size)


# %% w05-q7-experiment
def analyse_experiment(log, worth=0.0):
    visit, first = np.unique(log["visit"].to_numpy(), return_index=True)
    user, spend = log["user"].to_numpy()[first], log["spend"].to_numpy()[first]
    treated = (log["arm"].to_numpy() == "treatment")[first]
    users, code = np.unique(user, return_inverse=True)
    total = np.bincount(code, weights=spend)
    share = np.bincount(code, weights=treated.astype(float)) / np.bincount(code)
    t, c = total[share == 1], total[share == 0]
    chi2 = (t.size - c.size) ** 2 / (t.size + c.size)
    effect = t.mean() - c.mean()
    error = np.sqrt(t.var(ddof=1) / t.size + c.var(ddof=1) / c.size)
    z = NormalDist().inv_cdf(0.975)
    result = {
        "n_control": c.size,
        "n_treatment": t.size,
        "n_mixed": np.count_nonzero((share > 0) & (share < 1)),
        "srm_p": math.erfc((chi2 / 2) ** 0.5),
        "effect": effect,
        "low": effect - z * error,
        "high": effect + z * error,
        "p_value": 2 * NormalDist().cdf(-abs(effect / error)),
    }
    conditions = [result["srm_p"] < 0.001, result["low"] > worth, result["high"] < worth, True]
    names = ["invalid", "ship", "stop", "undecided"]
    return result | {"decision": names[conditions.index(True)]}
