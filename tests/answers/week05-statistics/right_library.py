# /// answer
# kind = "right"
# approach = "SciPy, statsmodels and pandas wherever they do the job"
# ///
# %% w05-q1-bootstrap
def bootstrap_interval(values, statistic, rng, level=0.95, n_resamples=999):
    if len(values) == 0:
        raise ValueError("values must not be empty")
    if not 0 < level < 1:
        raise ValueError(f"level must be between 0 and 1, got {level}")
    series = pd.Series(values)
    results = pd.Series(
        [statistic(series.sample(frac=1, replace=True, random_state=rng).to_numpy()) for _ in range(n_resamples)]
    )
    return tuple(results.quantile([(1 - level) / 2, (1 + level) / 2]))


# %% w05-q2-permutation
from scipy import stats


def permutation_test(treated, control, rng, n_shuffles=999):
    if not len(treated) or not len(control):
        raise ValueError("treated is empty" if not len(treated) else "control is empty")
    difference = np.mean(treated) - np.mean(control)
    pool, b = np.concatenate((treated, control)), 0
    for _ in range(n_shuffles):
        chosen = np.zeros(len(pool), dtype=bool)
        chosen[rng.choice(len(pool), size=len(treated), replace=False)] = True
        b += np.abs(pool[chosen].mean() - pool[~chosen].mean()) >= np.abs(difference) - 1e-9
    return difference, (1 + b) / (1 + n_shuffles)


# %% w05-q3-power
from scipy import stats


def simulated_power(rng, n_per_arm, base_rate, lift, alpha=0.05, n_experiments=2_000):
    if not (0 <= base_rate <= 1) or not (0 <= base_rate + lift <= 1):
        raise ValueError("base_rate and base_rate + lift must be probabilities")
    control = stats.binom(n_per_arm, base_rate).rvs(n_experiments, random_state=rng)
    treatment = stats.binom(n_per_arm, base_rate + lift).rvs(n_experiments, random_state=rng)
    bought = control + treatment
    tested = (bought > 0) & (bought < 2 * n_per_arm)
    mean = bought[tested] / (2 * n_per_arm)
    z = (treatment[tested] - control[tested]) / n_per_arm / np.sqrt(mean * (1 - mean) * 2 / n_per_arm)
    return float((2 * stats.norm.sf(np.abs(z)) <= alpha).sum() / n_experiments)


# %% w05-q4-sample-size
from scipy import stats


def sample_size(base_rate, lift, alpha=0.05, power=0.8):
    target = base_rate + lift
    if lift == 0:
        raise ValueError("lift is 0")
    for rate in (base_rate, target):
        if not 0 < rate < 1:
            raise ValueError(f"rate {rate} is not between 0 and 1")
    null = stats.bernoulli((base_rate + target) / 2).std() * math.sqrt(2)
    alternative = math.hypot(stats.bernoulli(base_rate).std(), stats.bernoulli(target).std())
    return math.ceil(((stats.norm.isf(alpha / 2) * null + stats.norm.ppf(power) * alternative) / lift) ** 2)


def power_figure(base_rate, lifts, n_per_arm, alpha=0.05):
    table = pd.DataFrame(index=n_per_arm)
    for lift in lifts:
        p0, p1 = base_rate, base_rate + lift
        null = math.sqrt((p0 + p1) * (1 - (p0 + p1) / 2))
        alternative = math.sqrt(p0 * (1 - p0) + p1 * (1 - p1))
        z = (abs(lift) * np.sqrt(n_per_arm) - stats.norm.isf(alpha / 2) * null) / alternative
        table[f"{100 * lift:+.1f} pp"] = stats.norm.cdf(z)
    ax = table.plot(logx=True, ylim=(0, 1), xlabel="users per arm", ylabel="power", title="Power by size")
    ax.axhline(0.8)
    return ax.get_figure()


# %% w05-q5-fdr
def benjamini_hochberg(p_values, q=0.05):
    from statsmodels.stats.multitest import multipletests

    for p in p_values:
        if not (p >= 0 and p <= 1):
            raise ValueError(f"{p} is not a probability")
    if p_values.size == 0:
        return np.zeros(0, dtype=bool)
    return multipletests(p_values, alpha=q, method="fdr_bh")[0]


# %% w05-q6-cuped
def cuped(before, after, treated):
    if not (len(before) == len(after) == len(treated)):
        raise ValueError(f"lengths {len(before)}, {len(after)}, {len(treated)}")
    users = pd.DataFrame({"before": before, "after": after, "treated": treated})
    known = users.dropna()
    theta = 0.0
    if known["before"].nunique() > 1:
        theta = known["before"].cov(known["after"]) / known["before"].var()
    shift = theta * (users["before"] - known["before"].mean())
    users["adjusted"] = users["after"] - shift.fillna(0.0)
    arms = users.groupby("treated")["adjusted"]
    means, errors = arms.mean(), arms.sem()
    return float(means[True] - means[False]), float(np.hypot(errors[True], errors[False]))


# %% w05-q7-experiment
from scipy import stats


def analyse_experiment(log, worth=0.0):
    visits = log.groupby("visit", as_index=False).first()
    mixed = visits.groupby("user")["arm"].transform("nunique") > 1
    totals = visits[~mixed].groupby(["arm", "user"])["spend"].sum()
    control, treatment = totals["control"], totals["treatment"]
    effect = treatment.mean() - control.mean()
    error = np.hypot(treatment.sem(), control.sem())
    low, high = stats.norm.interval(0.95, loc=effect, scale=error)
    srm_p = stats.chisquare([len(control), len(treatment)]).pvalue
    verdict = "ship" if low > worth else "stop" if high < worth else "undecided"
    return {
        "n_control": len(control),
        "n_treatment": len(treatment),
        "n_mixed": visits.loc[mixed, "user"].nunique(),
        "srm_p": float(srm_p),
        "effect": float(effect),
        "low": float(low),
        "high": float(high),
        "p_value": float(2 * stats.norm.sf(abs(effect) / error)),
        "decision": "invalid" if srm_p < 0.001 else verdict,
    }
