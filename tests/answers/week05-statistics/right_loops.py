# /// answer
# kind = "right"
# approach = "Plain Python loops over resamples, shuffles, experiments and rows"
# ///
# %% w05-q1-bootstrap
def bootstrap_interval(values, statistic, rng, level=0.95, n_resamples=999):
    if len(values) == 0:
        raise ValueError("the sample is empty")
    if not (0 < level and level < 1):
        raise ValueError(f"level={level}")
    results = []
    for _ in range(n_resamples):
        places = [int(len(values) * u) for u in rng.random(len(values))]
        results.append(statistic(values[places]))
    results.sort()

    def quantile(share):
        position = share * (len(results) - 1)
        below = math.floor(position)
        above = min(below + 1, len(results) - 1)
        return float(results[below] + (position - below) * (results[above] - results[below]))

    return quantile((1 - level) / 2), quantile((1 + level) / 2)


# %% w05-q2-permutation
def permutation_test(treated, control, rng, n_shuffles=999):
    if len(treated) == 0:
        raise ValueError("treated is empty")
    if len(control) == 0:
        raise ValueError("control is empty")
    pool = np.append(treated, control).astype(float)
    difference = sum(treated.tolist()) / len(treated) - sum(control.tolist()) / len(control)
    extreme = 1
    for _ in range(n_shuffles):
        rng.shuffle(pool)
        deal = np.mean(pool[len(control) :]) - np.mean(pool[: len(control)])
        if abs(deal) >= abs(difference) - 1e-9:
            extreme += 1
    return difference, extreme / (1 + n_shuffles)


# %% w05-q3-power
def simulated_power(rng, n_per_arm, base_rate, lift, alpha=0.05, n_experiments=2_000):
    for rate in (base_rate, base_rate + lift):
        if rate < 0 or rate > 1:
            raise ValueError(f"a rate of {rate} is impossible")
    significant = 0
    for _ in range(n_experiments):
        p0 = rng.binomial(n_per_arm, base_rate) / n_per_arm
        p1 = rng.binomial(n_per_arm, base_rate + lift) / n_per_arm
        mean = (p0 + p1) / 2
        if mean in (0, 1):
            continue
        z = (p1 - p0) / math.sqrt(2 * mean * (1 - mean) / n_per_arm)
        significant += 2 * NormalDist().cdf(-abs(z)) <= alpha
    return significant / n_experiments


# %% w05-q4-sample-size
def sample_size(base_rate, lift, alpha=0.05, power=0.8):
    p0, p1 = base_rate, base_rate + lift
    if lift == 0:
        raise ValueError("with a lift of 0 there is nothing to find")
    if p0 <= 0 or p0 >= 1 or p1 <= 0 or p1 >= 1:
        raise ValueError(f"rates {p0} and {p1}: each rate must lie between 0 and 1")
    middle = (p0 + p1) / 2
    first = NormalDist().inv_cdf(1 - alpha / 2) * (2 * middle * (1 - middle)) ** 0.5
    second = NormalDist().inv_cdf(power) * (p0 * (1 - p0) + p1 * (1 - p1)) ** 0.5
    exact = (first + second) ** 2 / lift**2
    return int(exact) if exact == int(exact) else int(exact) + 1


def power_figure(base_rate, lifts, n_per_arm, alpha=0.05):
    fig, ax = plt.subplots()
    for lift in lifts:
        p0, p1 = base_rate, base_rate + lift
        middle = (p0 + p1) / 2
        powers = []
        for n in n_per_arm:
            top = abs(lift) * n**0.5 - NormalDist().inv_cdf(1 - alpha / 2) * (2 * middle * (1 - middle)) ** 0.5
            powers.append(NormalDist().cdf(top / (p0 * (1 - p0) + p1 * (1 - p1)) ** 0.5))
        ax.plot(list(n_per_arm), powers, "o-", label=f"{100 * lift:+.1f} pp")
    ax.axhline(0.8)
    ax.set_xscale("log")
    ax.set_ylim(0.0, 1.0)
    ax.set_title("Power curves")
    ax.set_xlabel("number of users per arm")
    ax.set_ylabel("power")
    ax.legend()
    return fig


# %% w05-q5-fdr
def benjamini_hochberg(p_values, q=0.05):
    ps = p_values.tolist()
    for p in ps:
        if math.isnan(p) or p < 0 or p > 1:
            raise ValueError(f"not a p-value: {p}")
    limit = -1.0
    for k, p in enumerate(sorted(ps), start=1):
        if p <= q * k / len(ps):
            limit = p
    return np.array([p <= limit for p in ps], dtype=bool)


# %% w05-q6-cuped
def cuped(before, after, treated):
    lengths = [len(before), len(after), len(treated)]
    if lengths[0] != lengths[1] or lengths[1] != lengths[2]:
        raise ValueError(f"different lengths: {lengths}")
    b, a, t = before.tolist(), after.tolist(), treated.tolist()
    known = [i for i in range(len(b)) if not math.isnan(b[i])]
    theta, mean_b = 0.0, 0.0
    if known:
        mean_b = math.fsum(b[i] for i in known) / len(known)
        mean_a = math.fsum(a[i] for i in known) / len(known)
        spread = math.fsum((b[i] - mean_b) ** 2 for i in known)
        if min(b[i] for i in known) < max(b[i] for i in known):
            theta = math.fsum((b[i] - mean_b) * (a[i] - mean_a) for i in known) / spread
    adjusted = [a[i] if math.isnan(b[i]) else a[i] - theta * (b[i] - mean_b) for i in range(len(a))]
    means, parts = [], []
    for side in (True, False):
        arm = [x for x, s in zip(adjusted, t, strict=True) if s is side]
        mean = math.fsum(arm) / len(arm)
        means.append(mean)
        parts.append(math.fsum((x - mean) ** 2 for x in arm) / (len(arm) - 1) / len(arm))
    return means[0] - means[1], math.sqrt(sum(parts))


# %% w05-q7-experiment
def analyse_experiment(log, worth=0.0):
    visits = {}
    for visit, user, arm, spend in zip(log["visit"], log["user"], log["arm"], log["spend"], strict=True):
        visits[visit] = (user, arm, spend)
    spent, seen = {}, {}
    for user, arm, spend in visits.values():
        spent[user] = spent.get(user, 0.0) + spend
        seen.setdefault(user, set()).add(arm)
    control = [spent[u] for u in spent if seen[u] == {"control"}]
    treatment = [spent[u] for u in spent if seen[u] == {"treatment"}]

    def mean_and_error(values):
        mean = math.fsum(values) / len(values)
        return mean, math.fsum((v - mean) ** 2 for v in values) / (len(values) - 1) / len(values)

    (mean_c, part_c), (mean_t, part_t) = mean_and_error(control), mean_and_error(treatment)
    effect, error = mean_t - mean_c, math.sqrt(part_c + part_t)
    n_c, n_t = len(control), len(treatment)
    half = (n_c + n_t) / 2
    srm_p = math.erfc(math.sqrt(((n_c - half) ** 2 / half + (n_t - half) ** 2 / half) / 2))
    low, high = (effect + sign * NormalDist().inv_cdf(0.975) * error for sign in (-1, 1))
    decision = "undecided"
    if srm_p < 0.001:
        decision = "invalid"
    elif low > worth:
        decision = "ship"
    elif high < worth:
        decision = "stop"
    return {
        "decision": decision,
        "n_mixed": sum(1 for arms in seen.values() if len(arms) == 2),
        "n_control": n_c,
        "n_treatment": n_t,
        "effect": effect,
        "low": low,
        "high": high,
        "srm_p": srm_p,
        "p_value": math.erfc(abs(effect) / error / math.sqrt(2)),
    }
