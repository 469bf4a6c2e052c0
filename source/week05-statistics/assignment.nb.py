# ---
# jupyter:
#   jupytext:
#     formats: ipynb,.nb.py:percent
#     text_representation:
#       extension: .py
#       format_name: percent
#   kernelspec:
#     display_name: Python 3 (ipykernel)
#     language: python
#     name: python3
# ---

# %% [markdown]
# # Week 5 · Evidence and experiments: the assignment
#
# Eight functions and one decision. Together they are the tool box of whoever runs experiments for a living: an
# interval for any number, a test that assumes almost nothing, a plan that says how many users are enough, protection
# against fishing, and a way to make the same users say more. Four of the exercises work on a real experiment that
# changed how health insurance is thought about; the others on experiments whose truth we planted, so that you can see
# whether your tools find it.
#
# | | exercise | difficulty | minutes | points |
# |---|---|---|---|---|
# | 1 | An interval for any statistic | ●○○ | 15 | 3 |
# | 2 | Shuffle the labels | ●●○ | 20 | 3 |
# | 3 | Would we have noticed? | ●●○ | 20 | 3 |
# | 4 | How many users, and a figure for the meeting | ●●○ | 30 | 4 |
# | 5 | Twenty questions, few false answers | ●●○ | 20 | 3 |
# | 6 | The same users say more | ●●○ | 25 | 3 |
# | 7 | From a log to a decision | ●●● | 40 | 4 |
# | 8 | Answer the colleague who wants to ship (written) | ●●○ | 30 | 3 |
# | | **together** | | **3 h 20 min** | **26** |

# %% [markdown]
# ## How to work on it
#
# Replace `# YOUR CODE HERE` and the `raise NotImplementedError()` below it. The text above each answer is its
# contract; read all of it. Then run the check cell: nothing printed means passed, a sentence with ✘ says what was
# expected, what came, and the likely cause. `course check week05` runs everything and counts your points. Grading
# tests the same contract on other numbers.
#
# **Random answers are checked fairly.** Where your function draws random numbers, a check allows at least five
# standard errors around the exact value: a right answer misses that less than once in a million runs, whichever way
# it draws. Everything that is not random is compared to a relative 1e-6. Loops are allowed everywhere, and so is
# every library.
#
# Stuck for ten minutes? Open **hint 1**. The exercises do not depend on each other.

# %%
import math
import warnings
from collections.abc import Callable, Sequence
from itertools import combinations
from statistics import NormalDist
from typing import Any

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from matplotlib.figure import Figure
from numpy.typing import NDArray

from coursekit import check, plotting
from coursekit.data import load

plotting.use_course_style()


def attempt(function: Callable[..., Any], *arguments: object, **options: object) -> Any:
    """Return what the function returns, or None while it is still to be written (for the picture cells)."""
    try:
        return function(*arguments, **options)
    except NotImplementedError:
        return None


# %% [markdown]
# **The real data.** In the 1970s the RAND corporation gave families in six American towns health insurance *by lot*:
# free care for some, for others a share of every bill (the *coinsurance*, in percent) up to a yearly limit. Each row
# of `randhie` is one person in one year.
#
# The lot fell on **families**, so families are what we count. The file does not name them, but it keeps them together:
# four columns belong to the family's plan and income, and a row where any of them changes begins a new household.

# %%
person_years = load("randhie")
family = person_years[["lncoins", "idp", "lpi", "fmde"]]
households = (
    person_years.assign(
        household=(family != family.shift()).any(axis=1).cumsum(),
        coinsurance=np.expm1(person_years["lncoins"]).round().astype(int),
    )
    .groupby("household")
    .agg(
        coinsurance=("coinsurance", "first"),  # percent of each bill that the family pays
        visits=("mdvis", "mean"),  # visits to a doctor, per person and year
        illness=("disea", "mean"),  # index of chronic diseases, recorded at enrolment
    )
)
households.groupby("coinsurance").agg(["mean", "size"]).round(2)

# %% [markdown]
# ## 1 · An interval for any statistic ●○○ · 15 min · 3 points
#
# Nobody has a formula for the uncertainty of a median, a ratio or a model's score; resampling gives one for all of
# them.
#
# Write `bootstrap_interval(values, statistic, rng, level=0.95, n_resamples=999)`, the **percentile bootstrap**:
#
# - Draw `n_resamples` resamples. Each holds `len(values)` entries, drawn from `values` **with replacement**, every
#   entry with the same chance, independently. Draw from `rng` only.
# - `statistic` takes one 1-D array and returns a number. **Call it once for each resample and on nothing else.**
# - The ends of the interval are the $(1 - \text{level})/2$ and $(1 + \text{level})/2$ quantiles of the `n_resamples`
#   results, as `np.quantile` computes them by default. Return the tuple `(low, high)`.
# - `values` holds integers or floats and is not written to. One value alone is fine: both ends are its statistic.
# - Raise `ValueError` for empty `values`, with the word *empty* in the message, and for a `level` that is not strictly
#   between 0 and 1, with the level in the message.
#
# **Coverage is the test**, as for every interval: on 150 samples of 30 normal numbers a 90 % interval must cover the
# true mean between 110 and 150 times. (About 87 % is what the percentile bootstrap achieves with so few values, and
# five standard errors are 14 %.)
# <!-- fact: 87 %; of 20,000 simulated samples of 30 normal numbers, with 199 resamples each -->
# <!-- worked out: 14 % = 5 * sqrt(0.87 * 0.13 / 150) -->
#
# <details><summary>Hint 1 · the idea</summary>The sample stands in for the population. Draw new samples from it, of
# the same size, and see how much the statistic varies.</details>
# <details><summary>Hint 2 · the direction</summary><code>rng.choice(values, size=…)</code> draws with replacement
# unless told otherwise. Collect the results in a list.</details>
# <details><summary>Hint 3 · almost the code</summary>A list with one <code>statistic(…)</code> for each of
# <code>range(n_resamples)</code>, then one call of <code>np.quantile</code> with two shares. What lies outside the
# interval is <code>1 - level</code>, in two equal tails.</details>


# %% nbgrader={"grade": false, "grade_id": "w05-q1-bootstrap", "locked": false, "schema_version": 3, "solution": true, "task": false}
def bootstrap_interval(
    values: NDArray[np.number],
    statistic: Callable[[NDArray], float],
    rng: np.random.Generator,
    level: float = 0.95,
    n_resamples: int = 999,
) -> tuple[float, float]:
    """Percentile bootstrap interval for a statistic of one sample.

    Parameters
    ----------
    values : array of shape (n,)
        The sample, n at least 1. Left as it is.
    statistic : callable
        Takes an array of shape (n,), returns a number; called once for each resample.
    rng : numpy.random.Generator
        Source of every draw.
    level : float
        Share of the resampled statistics inside, strictly between 0 and 1.
    n_resamples : int
        Number of resamples, at least 1.

    Returns
    -------
    tuple of two floats
        ``(low, high)``, in the unit of the statistic.

    Raises
    ------
    ValueError
        If `values` is empty (the message says *empty*) or `level` is not between 0 and 1 (the message holds it).

    Examples
    --------
    >>> bootstrap_interval(np.array([4.0, 4.0, 4.0]), np.mean, np.random.default_rng(1))
    (4.0, 4.0)
    """
    ### BEGIN SOLUTION
    if not len(values):
        raise ValueError("values is empty: there is nothing to resample")
    if not 0 < level < 1:
        raise ValueError(f"level is {level}: it must lie strictly between 0 and 1")
    results = [statistic(rng.choice(values, size=len(values))) for _ in range(n_resamples)]
    tail = (1 - level) / 2
    low, high = np.quantile(results, [tail, 1 - tail])
    return float(low), float(high)
    ### END SOLUTION


# %% tags=["only-draws"]
paying = households.loc[households["coinsurance"] == 95, "visits"].to_numpy()
fig, ax = plt.subplots()
ax.hist(paying, bins=np.arange(0, 25, 0.5), color=plotting.PALETTE["sky"])
for name, statistic, colour in [("mean", np.mean, "vermillion"), ("median", np.median, "blue")]:
    interval = attempt(bootstrap_interval, paying, statistic, np.random.default_rng(5))
    if interval is not None:
        ax.axvspan(
            *interval,
            color=plotting.PALETTE[colour],
            alpha=0.5,
            label=f"{name}: {interval[0]:.2f} to {interval[1]:.2f}",
        )
        ax.legend(title="your 95 % interval")
ax.set(title="Families that pay 95 % of each bill", xlabel="visits per person and year", ylabel="households")
plt.show()

# %% nbgrader={"grade": true, "grade_id": "w05-q1-bootstrap-test", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
resamples, results = [], []


def watched_mean(sample: NDArray) -> float:
    """The mean, with a note of every resample that it was asked about."""
    resamples.append(np.array(sample))
    results.append(float(np.sum(sample)) / len(sample))
    return results[-1]


values = np.array([2, 3, 5, 8, 13, 21])
before = values.copy()
interval = bootstrap_interval(values, watched_mean, np.random.default_rng(51), level=0.8, n_resamples=400)
check.unchanged(values, before, of="values")
check.that(
    type(interval) is tuple and len(interval) == 2,
    f"bootstrap_interval: expected a tuple (low, high), got {type(interval).__name__}: return two numbers, low first",
)
check.that(
    len(resamples) == 400,
    f"statistic was called {len(resamples)} times for 400 resamples: call it once for each, and on nothing else",
)
check.that(
    all(sample.shape == (6,) for sample in resamples),
    f"a resample of 6 values: expected an array of shape (6,), got {next(s.shape for s in resamples if s.shape != (6,))}"
    if any(sample.shape != (6,) for sample in resamples)
    else "",
)
check.that(
    any(len(set(sample.tolist())) < 6 for sample in resamples),
    "no value stands twice in any resample: draw with replacement, or every resample is the sample itself",
)
counts = {value: sum(int((sample == value).sum()) for sample in resamples) for value in values.tolist()}
# Each of 2,400 entries is a given value with chance 1/6: 400 of them, give or take 18.3.
check.that(
    all(abs(count - 400) < 110 for count in counts.values()),
    f"each value should be drawn about 400 times (± 110) in 2,400 draws, but the counts are {counts}",
)
check.that(
    set(counts.values()) != {400},
    "every value was drawn exactly 400 times in 2,400 draws: draw each entry independently, not from a balanced pool",
)
for end, place, share in [("low", 0, 0.1), ("high", 1, 0.9)]:
    check.number(
        interval[place],
        float(np.quantile(results, share)),
        of=f"{end} end of an 80 % interval",
        rtol=1e-9,
        causes={
            "this leaves 1 - level in each tail: half of it belongs on either side": float(
                np.quantile(results, 0.2 + 0.6 * place)
            ),
            "this is the end of a 95 % interval: use the level that is passed in": float(
                np.quantile(results, 0.025 + 0.95 * place)
            ),
            "the ends stand in the wrong order": float(np.quantile(results, 1 - share)),
            "these are quantiles of the values, not of the resampled statistics": float(np.quantile(values, share)),
            "this adds normal quantiles to the mean; the percentile interval reads quantiles of the results": float(
                np.mean(values) + (2 * place - 1) * 1.2815515655 * np.std(results)
            ),
        },
    )
results.clear()
interval = bootstrap_interval(np.arange(1.0, 13.0) ** 1.7, watched_mean, np.random.default_rng(50), 0.8, n_resamples=7)
for end, place, share in [("low", 0, 0.1), ("high", 1, 0.9)]:
    check.number(
        interval[place],
        float(np.quantile(results, share)),
        of=f"{end} end with 7 resamples, where the quantile falls between two results",
        rtol=1e-9,
        causes={
            "this takes one of the results; by default np.quantile interpolates between two": float(
                min(results, key=lambda result: abs(result - interval[place]))
            )
        },
    )
alone = bootstrap_interval(np.array([4.5]), np.mean, np.random.default_rng(1), n_resamples=5)
check.sequence(alone, (4.5, 4.5), of="interval from one value alone")
check.raises(ValueError, bootstrap_interval, np.array([]), np.mean, np.random.default_rng(1), mentions=["empty"])
check.raises(ValueError, bootstrap_interval, values, np.mean, np.random.default_rng(1), 1.0, mentions=["1.0"])
check.raises(ValueError, bootstrap_interval, values, np.mean, np.random.default_rng(1), 0.0, mentions=["0.0"])
check.same_given_seed(
    bootstrap_interval,
    values + 0.5 * np.arange(6),
    np.mean,
    of="bootstrap_interval(values, np.mean, rng)",
    n_resamples=50,
)
### BEGIN HIDDEN TESTS
# contract: "Draw `n_resamples` resamples. Each holds `len(values)` entries, drawn from `values` **with replacement**"
# contract: "**Call it once for each resample and on nothing else.**"
for n_values, level, n_resamples, seed in [(1, 0.5, 7, 61), (9, 0.99, 300, 62), (25, 0.6, 1, 63), (4, 0.95, 4_000, 64)]:
    values = np.random.default_rng(seed).normal(loc=50.0, size=n_values)
    resamples.clear()
    results.clear()
    low, high = bootstrap_interval(values, watched_mean, np.random.default_rng(seed), level, n_resamples)
    name = f"of {n_values} values, level {level}, {n_resamples} resamples"
    check.that(len(resamples) == n_resamples, f"statistic was called {len(resamples)} times, {name}")
    check.that(all(sample.shape == (n_values,) for sample in resamples), f"a resample {name} has another length")
    check.that(all(np.isin(sample, values).all() for sample in resamples), "a resample holds a number not in values")
    # contract: "The ends of the interval are the $(1 - \text{level})/2$ and $(1 + \text{level})/2$ quantiles"
    check.number(low, float(np.quantile(results, (1 - level) / 2)), of=f"low end {name}", rtol=1e-9)
    check.number(high, float(np.quantile(results, (1 + level) / 2)), of=f"high end {name}", rtol=1e-9)
# contract: "every entry with the same chance, independently"
# The last of these cases has 4,000 resamples of 4: their means vary by σ²/4, known to 2.2 %.
ratio = float(np.var(results) / (np.var(values) / 4))
check.that(abs(ratio - 1) < 0.15, f"the resampled means should vary by σ²/n, but vary {ratio:.2f} times as much")
pairs = np.array([sample[:2] for sample in resamples])
same = float((pairs[:, 0] == pairs[:, 1]).mean())
check.that(abs(same - 0.25) < 0.042, f"two entries of a resample of 4 should agree in 25 % of cases, not in {same:.0%}")
### END HIDDEN TESTS


# %% nbgrader={"grade": true, "grade_id": "w05-q1-bootstrap-coverage", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
def quick_mean(sample: NDArray) -> float:
    """The mean, without the checks of np.mean that cost most of its time here."""
    return float(sample.sum()) / sample.size


truth, rng = 10.0, np.random.default_rng(52)
samples = np.random.default_rng(520).normal(loc=truth, scale=3.0, size=(150, 30))
intervals = [bootstrap_interval(sample, quick_mean, rng, level=0.9, n_resamples=199) for sample in samples]
covered = sum(low <= truth <= high for low, high in intervals)
check.that(
    110 <= covered <= 150 and all(low < high for low, high in intervals),
    f"90 % intervals from 150 samples: expected 110 to 150 to cover the true mean, got {covered}: "
    "the resampled means must vary as much as the mean of a sample does",
)
width = float(np.mean([high - low for low, high in intervals]))
# A 90 % interval for the mean of 30 values with standard deviation 3 is about 2 · 1.645 · 3/√30 = 1.80 wide.
check.that(
    1.5 < width < 2.05,
    f"90 % intervals from 30 values with standard deviation 3: expected a mean width near 1.75, got {width:.2f}: "
    "resamples have the size of the sample, and the interval is for the statistic, not for single values",
)
### BEGIN HIDDEN TESTS
# contract: "Nobody has a formula for the uncertainty of a median, a ratio or a model's score"
visits = households.loc[households["coinsurance"] == 95, "visits"].to_numpy()
low, high = bootstrap_interval(visits, np.mean, np.random.default_rng(53), 0.95, 400)
error = visits.std() / np.sqrt(visits.size)
# The 2.5 % quantile of 400 results has a standard error of 0.13 standard errors of the mean.
check.number(low, visits.mean() - 1.96 * error, of="low end for the mean visits of 95 % households", atol=0.8 * error)
check.number(high, visits.mean() + 1.96 * error, of="high end for the mean visits of 95 % households", atol=0.8 * error)
low, high = bootstrap_interval(np.arange(101.0), np.median, np.random.default_rng(54), 0.95, 400)
# The median of a resample lies at rank 50 ± 5.0·1.96, with at most 1.4 ranks of simulation error.
check.number(low, 40.3, of="low end for the median of 0 to 100", atol=5.0)
check.number(high, 59.7, of="high end for the median of 0 to 100", atol=5.0)
### END HIDDEN TESTS

# %% [markdown]
# ## 2 · Shuffle the labels ●●○ · 20 min · 3 points
#
# If insurance changed nothing, the lot that gave each family its plan was a label without meaning, and every other
# draw of the lot would have been as good. A permutation test asks just that, and needs no bell curve.
#
# Write `permutation_test(treated, control, rng, n_shuffles=999)`, which returns the tuple `(difference, p_value)`:
#
# - `difference` is the mean of `treated` minus the mean of `control`.
# - For each of `n_shuffles` shuffles, pool all values, deal them anew **at random and without replacement** into
#   groups of the same two sizes, and take the difference of means again. Draw from `rng` only.
# - The test is **two-sided**: $b$ counts the shuffles whose difference is at least as far from 0 as the observed one,
#   in either direction. Ties count. So that rounding cannot hide one, count
#   $|d| \ge |\text{difference}| - 10^{-9}$. (`scipy.stats.permutation_test` means something else by two-sided: it
#   doubles the smaller tail.)
# - $p = (1 + b) / (1 + n_\text{shuffles})$: the observed deal is one of the possible ones, so a p-value is never 0.
# - Neither input is written to. Sizes may differ. Raise `ValueError` for an empty group, with its name (*treated* or
#   *control*) in the message.
#
# <details><summary>Hint 1 · the idea</summary>Under the null hypothesis the labels are arbitrary. So shuffle the
# pooled values and call the first <code>len(treated)</code> of them treated.</details>
# <details><summary>Hint 2 · the direction</summary><code>np.concatenate</code> pools, and
# <code>rng.permutation(pool)</code> returns a shuffled copy.</details>
# <details><summary>Hint 3 · almost the code</summary>In the loop: shuffle, slice at <code>len(treated)</code>, take the
# difference of the two means. What you add to <code>b</code> is the comparison in the text, which is written with
# absolute values.</details>


# %% nbgrader={"grade": false, "grade_id": "w05-q2-permutation", "locked": false, "schema_version": 3, "solution": true, "task": false}
def permutation_test(
    treated: NDArray[np.number], control: NDArray[np.number], rng: np.random.Generator, n_shuffles: int = 999
) -> tuple[float, float]:
    """Two-sided permutation test for a difference of means.

    Parameters
    ----------
    treated : array of shape (n_treated,)
        Outcomes under treatment, integers or floats, at least one. Left as it is.
    control : array of shape (n_control,)
        Outcomes without it, in the same unit. Left as it is.
    rng : numpy.random.Generator
        Source of every draw.
    n_shuffles : int
        Number of random deals, at least 1.

    Returns
    -------
    tuple of two floats
        The difference of means (treated minus control) and the p-value (1 + b) / (1 + n_shuffles).

    Raises
    ------
    ValueError
        If a group is empty; the message names it.

    Examples
    --------
    >>> permutation_test(np.array([3, 3]), np.array([3]), np.random.default_rng(1))
    (0.0, 1.0)
    """
    ### BEGIN SOLUTION
    for name, group in (("treated", treated), ("control", control)):
        if not len(group):
            raise ValueError(f"{name} is empty: a mean needs at least one value")
    difference = np.mean(treated) - np.mean(control)
    pool = np.concatenate([treated, control])
    n_treated = len(treated)
    b = 0
    for _ in range(n_shuffles):
        dealt = rng.permutation(pool)
        b += abs(dealt[:n_treated].mean() - dealt[n_treated:].mean()) >= abs(difference) - 1e-9
    return float(difference), float((1 + b) / (1 + n_shuffles))
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "w05-q2-permutation-test", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
def exact_p(treated: list[float], control: list[float]) -> float:
    """Share of all possible deals that are at least as extreme as the observed one."""
    pool, n_treated = [*treated, *control], len(treated)
    observed = abs(np.mean(treated) - np.mean(control))
    total, deals = math.fsum(pool), list(combinations(pool, n_treated))
    gaps = [abs(math.fsum(d) / n_treated - (total - math.fsum(d)) / (len(pool) - n_treated)) for d in deals]
    return sum(gap >= observed - 1e-9 for gap in gaps) / len(deals)


def likely_cause(found: object, guesses: dict[str, float], allowed: float) -> dict[str, object] | None:
    """Name the mistake whose p-value comes nearest, if it comes near enough: a p-value from shuffles is random."""
    gaps = {name: abs(guess - found) for name, guess in guesses.items()} if type(found) in (float, np.float64) else {}
    nearest = min(gaps, key=gaps.get, default="")
    return {nearest: found} if gaps.get(nearest, math.inf) < allowed else None


treated, control = np.array([8, 9, 7, 12]), np.array([5, 8, 6, 3, 4])
before = treated.copy(), control.copy()
answer = permutation_test(treated, control, np.random.default_rng(55), n_shuffles=2_000)
check.unchanged(treated, before[0], of="treated")
check.unchanged(control, before[1], of="control")
check.that(
    type(answer) is tuple and len(answer) == 2,
    f"permutation_test: expected a tuple (difference, p_value), got {type(answer).__name__}",
)
check.number(answer[0], 3.8, of="difference", rtol=1e-9, causes={"this is control minus treated": -3.8})
found = permutation_test(np.array([3, 14]), np.array([2, 12, 10, 3]), np.random.default_rng(53), n_shuffles=4_000)[1]
allowed = 6 * math.sqrt(0.6 * 0.4 / 4_000)
# Of the 15 deals of these six numbers, 9 are at least as far from 0 as the observed 1.75; 5 are at least 1.75.
guesses = {
    "only differences upwards are counted: the test is two-sided": 5 / 15,
    "the smaller tail was doubled: count both directions together": 10 / 15,
    "ties were not counted: compare with >=": 7 / 15,
    "the pool was cut in the middle: the groups keep their sizes, 2 and 4": 0.9,
    "values were drawn with replacement: a shuffle uses each value once": 0.714,
    "this looks like 1 - p": 0.4,
}
check.number(
    found,
    (1 + 4_000 * 0.6) / 4_001,
    of="p_value of [3, 14] against [2, 12, 10, 3] with 4,000 shuffles",
    atol=allowed,
    causes=likely_cause(found, guesses, allowed / 2),
)
p = exact_p([8, 9, 7, 12], [5, 8, 6, 3, 4])  # 5 of 126 deals
check.number(
    answer[1],
    (1 + 2_000 * p) / 2_001,
    of="p_value with 2,000 shuffles (six standard errors are 0.026)",
    atol=6 * math.sqrt(p * (1 - p) / 2_000),
)
p = exact_p([1, 4], [9, 2, 2, 7, 5, 6])  # 9 of 28 deals; some tie, but for the last binary digit
check.number(
    permutation_test(np.array([1, 4]), np.array([9, 2, 2, 7, 5, 6]), np.random.default_rng(54), n_shuffles=4_000)[1],
    (1 + 4_000 * p) / 4_001,
    of="p_value of [1, 4] against [9, 2, 2, 7, 5, 6], where ties differ in the last digit (allow for 1e-9)",
    atol=6 * math.sqrt(p * (1 - p) / 4_000),
)
for treated, control, n_shuffles, wanted, why in [
    ([20.0] * 15, [1.0] * 15, 99, 0.01, "no shuffle of 30 is as extreme, so b = 0 and p = 1/100"),
    ([4.0, 4.0], [4.0, 4.0, 4.0], 50, 1.0, "every deal ties with the observed one, and ties count, so p = 1"),
]:
    check.number(
        permutation_test(np.array(treated), np.array(control), np.random.default_rng(56), n_shuffles)[1],
        wanted,
        of=f"p_value where {why}",
        rtol=1e-9,
        causes={
            "this is b / n_shuffles: count the observed deal as well": 0.0,
            "this is (1 + b) / n_shuffles": 1 / n_shuffles,
            "ties were not counted: compare with >=": 1 / (1 + n_shuffles) if wanted == 1.0 else math.nan,
        },
    )
check.raises(
    ValueError, permutation_test, np.array([]), np.array([1.0]), np.random.default_rng(1), mentions=["treated"]
)
check.raises(
    ValueError, permutation_test, np.array([1.0]), np.array([]), np.random.default_rng(1), mentions=["control"]
)
check.same_given_seed(
    permutation_test,
    np.arange(12.0) ** 1.5,
    np.arange(9.0) + 3.0,
    of="permutation_test(treated, control, rng)",
    n_shuffles=200,
)
### BEGIN HIDDEN TESTS
# contract: "$b$ counts the shuffles whose difference is at least as far from 0 as the observed one, in either direction."
# contract: "at random and without replacement"
# contract: "Sizes may differ."
for treated, control, seed in [
    ([1, 4], [9, 2, 2, 7, 5, 6], 71),
    ([0, 0, 0, 9, 1], [1, 0, 2], 72),
    ([5.5, 2.5, 3.0], [1.0, 9.0, 8.0, 7.5, 2.0, 2.0], 73),
    ([7.0], [1.0, 2.0, 3.0, 4.0, 5.0, 6.0], 74),
    # contract: "So that rounding cannot hide one, count $|d| \ge |\text{difference}| - 10^{-9}$."
    ([0.1, 0.7, 0.3], [0.6, 0.2, 0.1], 75),
    ([0.7, 1.1, 0.3, 0.1], [0.1, 0.2, 0.3, 0.6], 76),
]:
    p = exact_p(treated, control)
    difference, found = permutation_test(np.array(treated), np.array(control), np.random.default_rng(seed), 3_000)
    check.number(
        difference, np.mean(treated) - np.mean(control), of=f"difference of {treated} and {control}", rtol=1e-9
    )
    allowed = 6 * math.sqrt(p * (1 - p) / 3_000) + 1e-9
    check.number(found, (1 + 3_000 * p) / 3_001, of=f"p_value of {treated} against {control}", atol=allowed)
    # contract: "$p = (1 + b) / (1 + n_\text{shuffles})$"
    check.that(abs(found * 3_001 - round(found * 3_001)) < 1e-6, "p_value is no multiple of 1 / (1 + n_shuffles)")
for n_shuffles in (1, 9, 49):
    found = permutation_test(np.full(20, 5.0), np.zeros(20), np.random.default_rng(77), n_shuffles)[1]
    check.number(found, 1 / (1 + n_shuffles), of=f"p_value of two groups far apart, {n_shuffles} shuffles", rtol=1e-9)
# contract: "Neither input is written to."
treated, control = np.arange(6.0), np.arange(5.0) + 0.25
permutation_test(treated, control, np.random.default_rng(78), 20)
check.unchanged(treated, np.arange(6.0), of="treated")
check.unchanged(control, np.arange(5.0) + 0.25, of="control")
### END HIDDEN TESTS

# %% nbgrader={"grade": true, "grade_id": "w05-q2-permutation-real", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
by_plan = {plan: group.to_numpy() for plan, group in households.groupby("coinsurance")["visits"]}
difference, p_value = permutation_test(by_plan[0], by_plan[95], np.random.default_rng(57), n_shuffles=199)
check.number(difference, by_plan[0].mean() - by_plan[95].mean(), of="visits, free care minus 95 %", rtol=1e-9)
check.number(
    p_value,
    1 / 200,
    of="p_value of free care against 95 %, 199 shuffles",
    rtol=1e-9,
    causes={"this is b / n_shuffles: count the observed deal as well": 0.0},
)
### BEGIN HIDDEN TESTS
# contract: "For each of `n_shuffles` shuffles, pool all values, deal them anew **at random and without replacement**"
# For groups as large as these the null distribution is normal, with the pooled variance.
for first, second, seed in [(25, 0, 81), (95, 100, 82), (50, 25, 83)]:
    difference, found = permutation_test(by_plan[first], by_plan[second], np.random.default_rng(seed), 400)
    pool = np.concatenate([by_plan[first], by_plan[second]])
    spread = pool.std(ddof=1) * math.sqrt(1 / by_plan[first].size + 1 / by_plan[second].size)
    p = 2 * NormalDist().cdf(-abs(difference) / spread)
    allowed = 6 * math.sqrt(p * (1 - p) / 400) + 0.02
    check.number(found, p, of=f"p_value of the plans {first} % and {second} %, 400 shuffles", atol=allowed)
# contract: "If insurance changed nothing, the lot that gave each family its plan was a label without meaning"
# Under the null hypothesis p is at most 0.1 in 10 % of experiments: 20 of 200, give or take 4.2.
null = np.random.default_rng(84).normal(size=(200, 12))
rng = np.random.default_rng(85)
alarms = sum(permutation_test(row[:7], row[7:], rng, 59)[1] <= 0.1 for row in null)
check.that(alarms <= 41, f"with no effect, p <= 0.1 should come up in about 20 of 200 experiments, not in {alarms}")
### END HIDDEN TESTS

# %% [markdown]
# The comparison that made history: 999 other draws of the lot, and what really happened. Your p-value is in the title.

# %% tags=["only-draws"]
free, dear = (households.loc[households["coinsurance"] == plan, "visits"].to_numpy() for plan in (0, 95))
answer = attempt(permutation_test, free, dear, np.random.default_rng(9), n_shuffles=499)
pool, deal = np.concatenate([free, dear]), np.random.default_rng(10)
null = [(d := deal.permutation(pool))[: free.size].mean() - d[free.size :].mean() for _ in range(999)]
fig, ax = plt.subplots()
ax.hist(null, bins=40, color=plotting.PALETTE["sky"], label="999 other draws of the lot")
title = "What the lot alone would do"
if answer is not None:
    ax.axvline(answer[0], color=plotting.PALETTE["vermillion"], label=f"observed: {answer[0]:.2f}")
    title = f"Free care against 95 %: your p = {answer[1]:.3f}"
ax.set(title=title, xlabel="difference of mean visits per person and year", ylabel="shuffles")
ax.legend()
plt.show()

# %% [markdown]
# ## 3 · Would we have noticed? ●●○ · 20 min · 3 points
#
# An experiment that finds nothing is news only if it *could* have found something. Its power is the chance that it
# does, and where no formula fits, you simulate.
#
# Write `simulated_power(rng, n_per_arm, base_rate, lift, alpha=0.05, n_experiments=2000)`: the share of simulated
# experiments that come out significant.
#
# - One experiment: of `n_per_arm` users in each arm, a random number buys. In the control arm each buys with
#   probability `base_rate`, in the treatment arm with `base_rate + lift`, all independently. Draw from `rng` only.
# - It is tested by the **two-sided z-test with the pooled rate**. With the observed rates $\hat p_0$, $\hat p_1$ and
#   $\bar p = (\hat p_0 + \hat p_1)/2$,
#
# $$z = \frac{\hat p_1 - \hat p_0}{\sqrt{2\,\bar p\,(1 - \bar p) / n}}, \qquad
# \text{significant if } |z| \ge z_{1 - \alpha/2}.$$
#
# - $z_q$ is the standard normal quantile: `NormalDist().inv_cdf(q)`, imported above.
# - If nobody buys or everybody does, in both arms, $z$ is 0/0. Such an experiment is **not** significant, and there is
#   no warning.
# - `lift` is a difference of probabilities, may be negative, and may be 0: the power is then the false-alarm rate.
# - `n_per_arm` may be 10 million. **Never one number for each user:** the checks allow 64 MiB.
# - Raise `ValueError` if `base_rate` or `base_rate + lift` lies outside 0 to 1, with the word *rate* in the message.
#
# <details><summary>Hint 1 · the idea</summary>Only the two counts of buyers matter, and a count of independent yes/no
# events has a distribution of its own, which NumPy draws directly.</details>
# <details><summary>Hint 2 · the direction</summary><code>rng.binomial(n_per_arm, rate, size=n_experiments)</code>
# gives the counts of one arm in all experiments at once. A mean of a mask is a share.</details>
# <details><summary>Hint 3 · almost the code</summary>To avoid 0/0, compare without dividing:
# <code>|difference| &gt;= critical * error</code>, and also ask that <code>error &gt; 0</code>.</details>


# %% nbgrader={"grade": false, "grade_id": "w05-q3-power", "locked": false, "schema_version": 3, "solution": true, "task": false}
def simulated_power(
    rng: np.random.Generator,
    n_per_arm: int,
    base_rate: float,
    lift: float,
    alpha: float = 0.05,
    n_experiments: int = 2_000,
) -> float:
    """Share of simulated A/B tests on a rate that come out significant.

    Parameters
    ----------
    rng : numpy.random.Generator
        Source of every draw.
    n_per_arm : int
        Users in each arm, 1 to 10 million.
    base_rate : float
        Probability to buy in the control arm.
    lift : float
        Difference of probabilities, treatment minus control.
    alpha : float
        Level of the two-sided test.
    n_experiments : int
        Number of simulated experiments, at least 1.

    Returns
    -------
    float
        Share of significant experiments, from 0 to 1.

    Raises
    ------
    ValueError
        If `base_rate` or ``base_rate + lift`` is no probability; the message holds the word *rate*.

    Examples
    --------
    >>> simulated_power(np.random.default_rng(1), 1_000, 0.0, 0.5)
    1.0
    """
    ### BEGIN SOLUTION
    new_rate = base_rate + lift
    if not (0 <= base_rate <= 1 and 0 <= new_rate <= 1):
        raise ValueError(f"a rate lies between 0 and 1, but the arms have {base_rate} and {new_rate}")
    control = rng.binomial(n_per_arm, base_rate, size=n_experiments) / n_per_arm
    treatment = rng.binomial(n_per_arm, new_rate, size=n_experiments) / n_per_arm
    pooled = (control + treatment) / 2
    error = np.sqrt(2 * pooled * (1 - pooled) / n_per_arm)
    significant = (np.abs(treatment - control) >= NormalDist().inv_cdf(1 - alpha / 2) * error) & (error > 0)
    return float(significant.mean())
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "w05-q3-power-test", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
# The power of each case, then what each mistake would give: added up over all pairs of counts that are significant.
mistakes = [
    "half of alpha belongs on either side: compare |z| with the quantile at 1 - alpha/2",
    "only differences upwards are counted: compare |z|",
    "the variances of the two arms are added; the text asks for the pooled rate",
    "this looks like 1 - power, the share of experiments that miss the effect",
    "this lift was taken as relative: it is a difference of probabilities",
    "alpha looks fixed at 0.05: use the one that is passed in",
]
for n_per_arm, base_rate, lift, alpha, power, guesses in [
    (20, 0.1, 0.3, 0.05, 0.6233, [0.7434, 0.6233, 0.6732, 0.3767, 0.0525, 0.6233]),
    (60, 0.5, -0.2, 0.1, 0.7471, [0.8497, 0.0001, 0.7486, 0.2529, 0.3167, 0.6177]),
    (30, 0.5, 0.0, 0.1, 0.0927, [0.2451, 0.0463, 0.0935, 0.9073, 0.0927, 0.0519]),
    (5, 0.9, -0.5, 0.2, 0.7898, [0.8385, 0.0016, 0.7439, 0.2102, 0.7293, 0.4343]),
]:
    found = simulated_power(np.random.default_rng(58), n_per_arm, base_rate, lift, alpha, n_experiments=20_000)
    allowed = 6 * math.sqrt(power * (1 - power) / 20_000)
    # A share is random, so a cause is named where it comes near the power that the mistake leads to.
    gaps = [abs(guess - found) for guess in guesses] if type(found) in (float, np.float64) else [math.inf]
    likely = {mistakes[int(np.argmin(gaps))]: found} if min(gaps) < allowed else {}
    check.number(
        found,
        power,
        of=f"power of {n_per_arm} users per arm, {base_rate:.0%} {lift:+.0%}, alpha {alpha}",
        atol=allowed,
        causes=likely | {"without a lift the power is the share of false alarms, which is near alpha": 0.0},
    )
found = simulated_power(np.random.default_rng(60), 50, 0.5, 0.1, n_experiments=8)
check.that(float(found * 8).is_integer(), f"with 8 experiments the share is a multiple of 1/8, and {found} is not")
for base_rate in (0.0, 1.0):
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        try:
            never = simulated_power(np.random.default_rng(1), 30, base_rate, 0.0)
        except ValueError as error:
            check.that(
                False, f"base_rate {base_rate}: expected a power of 0.0, got ValueError ({error}); 0 and 1 are rates"
            )
    check.number(
        never,
        0.0,
        of=f"power where everybody has the rate {base_rate} (z is 0/0)",
        causes={"0 >= 0 was taken for significant: such an experiment is not": 1.0},
    )
    check.that(
        not caught,
        f"the rate {base_rate} and no lift: expected no warning, got one; divide only where the error is not 0",
    )
for base_rate, lift in [(0.9, 0.2), (-0.1, 0.2), (0.1, -0.2), (1.2, -0.5)]:
    check.raises(ValueError, simulated_power, np.random.default_rng(1), 10, base_rate, lift, mentions=["rate"])
check.same_given_seed(
    lambda rng: simulated_power(rng, 50, 0.3, 0.1, n_experiments=3_000), of="simulated_power(rng, 50, 0.3, 0.1)"
)


### BEGIN HIDDEN TESTS
def exact_power(n: int, base_rate: float, lift: float, alpha: float) -> float:
    """The power, by adding up the probability of every pair of counts that is significant."""
    counts = np.arange(n + 1)
    ways = np.array([math.comb(n, int(count)) for count in counts], dtype=float)
    chance = [ways * rate**counts * (1 - rate) ** (n - counts) for rate in (base_rate, base_rate + lift)]
    p0, p1 = counts[:, None] / n, counts[None, :] / n
    variance = (p0 + p1) * (1 - (p0 + p1) / 2) / n
    significant = (np.abs(p1 - p0) >= NormalDist().inv_cdf(1 - alpha / 2) * np.sqrt(variance)) & (variance > 0)
    return float(np.outer(*chance)[significant].sum())


# contract: "the share of simulated experiments that come out significant"
# contract: "`lift` is a difference of probabilities, may be negative, and may be 0: the power is then the false-alarm rate."
for n_per_arm, base_rate, lift, alpha, seed in [
    (40, 0.5, -0.25, 0.05, 91),
    (50, 0.5, 0.0, 0.05, 92),
    (25, 0.1, 0.3, 0.01, 93),
    (30, 0.05, 0.2, 0.2, 94),
    (12, 0.4, -0.3, 0.1, 95),
]:
    power = exact_power(n_per_arm, base_rate, lift, alpha)
    found = simulated_power(np.random.default_rng(seed), n_per_arm, base_rate, lift, alpha, n_experiments=20_000)
    allowed = 6 * math.sqrt(power * (1 - power) / 20_000)
    check.number(
        found, power, of=f"power of {n_per_arm} per arm, {base_rate:.0%} {lift:+.0%}, alpha {alpha}", atol=allowed
    )
# contract: "If nobody buys or everybody does, in both arms, $z$ is 0/0. Such an experiment is **not** significant"
power = exact_power(2, 0.05, 0.0, 0.9)
found = simulated_power(np.random.default_rng(96), 2, 0.05, 0.0, 0.9, n_experiments=20_000)
check.number(
    found, power, of="power of 2 users per arm at 5 %, alpha 0.9", atol=6 * math.sqrt(power * (1 - power) / 20_000)
)
# contract: "if `base_rate` or `base_rate + lift` lies outside 0 to 1"
for base_rate, lift in [(0.1, -0.2), (1.2, -0.5), (1.1, 0.0), (0.5, 0.6)]:
    check.raises(ValueError, simulated_power, np.random.default_rng(1), 10, base_rate, lift, mentions=["rate"])
check.number(simulated_power(np.random.default_rng(1), 50, 1.0, -1.0), 1.0, of="power for a fall from 100 % to 0 %")
check.number(simulated_power(np.random.default_rng(1), 50, 0.0, 1.0), 1.0, of="power for a rise from 0 % to 100 %")
### END HIDDEN TESTS

# %% nbgrader={"grade": true, "grade_id": "w05-q3-power-large", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
with check.peak_memory(mib=64, hint="draw the number of buyers in an arm, not every user"):
    simulated_power(np.random.default_rng(61), 10_000_000, 0.05, 0.0003, n_experiments=2)
found = simulated_power(np.random.default_rng(61), 10_000_000, 0.05, 0.0003, n_experiments=2_000)
# At this size the normal approximation is exact for all purposes: z = 3.072 on average, so the power is 0.867.
check.number(found, 0.867, of="power of 10 million users per arm, 5 % +0.03 %", atol=0.046)
### BEGIN HIDDEN TESTS
# contract: "`n_per_arm` may be 10 million. **Never one number for each user:** the checks allow 64 MiB."
with check.peak_memory(mib=64, hint="draw the number of buyers in an arm, not every user"):
    simulated_power(np.random.default_rng(62), 8_000_000, 0.2, -0.0006, alpha=0.01, n_experiments=3)
for n_per_arm, base_rate, lift, alpha, seed in [(8_000_000, 0.2, -0.0004, 0.01, 63), (2_000_000, 0.5, 0.001, 0.05, 64)]:
    found = simulated_power(np.random.default_rng(seed), n_per_arm, base_rate, lift, alpha, n_experiments=2_000)
    middle = base_rate + lift / 2
    error = math.sqrt(2 * middle * (1 - middle) / n_per_arm)
    power = NormalDist().cdf(abs(lift) / error - NormalDist().inv_cdf(1 - alpha / 2))
    check.number(
        found,
        power,
        of=f"power of {n_per_arm:,} users per arm, {base_rate:.0%} {lift:+.2%}, alpha {alpha}",
        atol=6 * math.sqrt(power * (1 - power) / 2_000),
        causes={"only differences upwards are counted: compare |z|": 0.0},
    )
### END HIDDEN TESTS

# %% [markdown]
# ## 4 · How many users, and a figure for the meeting ●●○ · 30 min · 4 points
#
# The size of an experiment is decided before it starts, in a meeting, by people who want to see what they get for
# their patience.
#
# Write `sample_size(base_rate, lift, alpha=0.05, power=0.8)`: the users that **each arm** needs, an `int`. With
# $p_0$ = `base_rate`, $p_1 = p_0 +$ `lift`, $\bar p = (p_0 + p_1)/2$ and standard normal quantiles $z_q$,
#
# $$n = \frac{\Big(z_{1-\alpha/2}\sqrt{2\bar p(1-\bar p)} + z_\text{power}\sqrt{p_0(1-p_0) + p_1(1-p_1)}\Big)^2}
# {\text{lift}^2}, \text{ rounded up.}$$
#
# - `lift` is an absolute difference of probabilities and may be negative. Raise `ValueError` for a `lift` of 0, with
#   the word *lift* in the message, and if $p_0$ or $p_1$ does not lie strictly between 0 and 1, with the word *rate*.
#
# Write `power_figure(base_rate, lifts, n_per_arm, alpha=0.05)`, which returns a matplotlib `Figure` with one axes:
#
# - for each of `lifts`, in their order, one line: power against `n_per_arm`. It is the same formula, solved for the
#   power ($\Phi$ is `NormalDist().cdf`),
#
# $$\text{power}(n) = \Phi\left(\frac{|\text{lift}|\sqrt n - z_{1-\alpha/2}\sqrt{2\bar p(1-\bar p)}}
# {\sqrt{p_0(1-p_0) + p_1(1-p_1)}}\right);$$
#
# - a **legend** that names each lift in percentage points with sign and one decimal, as in `+0.5 pp` or `-1.0 pp`
#   (`f"{100 * lift:+.1f} pp"`);
# - a horizontal line at 0.8, by `ax.axhline(0.8)`;
# - a title, an x label with the words *per arm*, a y label with the word *power*, a **logarithmic x axis**, and a y
#   axis from exactly 0 to 1.
#
# The formula leaves out the chance of a significant result in the *wrong* direction, as planners do: it is next to
# nothing wherever the power is worth having. Curves are compared to an absolute 1e-6.
#
# <details><summary>Hint 1 · the idea</summary>Both functions need the same two standard deviations, without a lift and
# with it, and the lift itself. A small helper function can serve both.</details>
# <details><summary>Hint 2 · the direction</summary><code>math.ceil</code> rounds up and returns an
# <code>int</code>. <code>NormalDist().cdf</code> takes one number at a time: a list comprehension over
# <code>n_per_arm</code> is fine.</details>
# <details><summary>Hint 3 · almost the code</summary><code>fig, ax = plt.subplots()</code>; in a loop over
# <code>lifts</code>, <code>ax.plot(n_per_arm, …, label=…)</code>; then <code>ax.set_xscale("log")</code>,
# <code>ax.set_ylim(0, 1)</code>, the labels, <code>ax.legend()</code>, <code>return fig</code>.</details>


# %% nbgrader={"grade": false, "grade_id": "w05-q4-sample-size", "locked": false, "schema_version": 3, "solution": true, "task": false}
def sample_size(base_rate: float, lift: float, alpha: float = 0.05, power: float = 0.8) -> int:
    """Users that each arm of an A/B test on a rate needs.

    Parameters
    ----------
    base_rate : float
        Probability to buy in the control arm, strictly between 0 and 1.
    lift : float
        Smallest difference of probabilities worth finding, treatment minus control; not 0.
    alpha : float
        Level of the two-sided test.
    power : float
        Wanted chance that a true difference of `lift` comes out significant.

    Returns
    -------
    int
        Users per arm, rounded up.

    Raises
    ------
    ValueError
        If `lift` is 0 (the message holds *lift*), or a rate is not strictly between 0 and 1 (it holds *rate*).

    Examples
    --------
    >>> sample_size(0.05, 0.01)
    8158
    """
    ### BEGIN SOLUTION
    if lift == 0:
        raise ValueError("a lift of 0 cannot be found with any number of users")
    new_rate = base_rate + lift
    if not (0 < base_rate < 1 and 0 < new_rate < 1):
        raise ValueError(f"a rate lies strictly between 0 and 1, but the arms have {base_rate} and {new_rate}")
    mean_rate = (base_rate + new_rate) / 2
    under_null = math.sqrt(2 * mean_rate * (1 - mean_rate))
    under_lift = math.sqrt(base_rate * (1 - base_rate) + new_rate * (1 - new_rate))
    normal = NormalDist()
    return math.ceil(((normal.inv_cdf(1 - alpha / 2) * under_null + normal.inv_cdf(power) * under_lift) / lift) ** 2)
    ### END SOLUTION


def power_figure(
    base_rate: float, lifts: Sequence[float], n_per_arm: NDArray[np.integer], alpha: float = 0.05
) -> Figure:
    """Draw the power of an A/B test on a rate against its size, one line for each lift.

    Parameters
    ----------
    base_rate : float
        Probability to buy in the control arm.
    lifts : sequence of float
        Differences of probabilities, none of them 0.
    n_per_arm : array of integers of shape (n_sizes,)
        Users per arm, increasing.
    alpha : float
        Level of the two-sided test.

    Returns
    -------
    matplotlib Figure
        One axes, with the lines, legend, labels and limits of the text.
    """
    ### BEGIN SOLUTION
    normal = NormalDist()
    fig, ax = plt.subplots()
    for lift in lifts:
        new_rate = base_rate + lift
        mean_rate = (base_rate + new_rate) / 2
        needed = normal.inv_cdf(1 - alpha / 2) * math.sqrt(2 * mean_rate * (1 - mean_rate))
        under_lift = math.sqrt(base_rate * (1 - base_rate) + new_rate * (1 - new_rate))
        powers = [normal.cdf((abs(lift) * math.sqrt(n) - needed) / under_lift) for n in n_per_arm]
        ax.plot(n_per_arm, powers, label=f"{100 * lift:+.1f} pp")
    ax.axhline(0.8, color="k")
    ax.set(title=f"What patience buys, from a base rate of {base_rate:.1%}", xlabel="users per arm", ylabel="power")
    ax.set(xscale="log", ylim=(0, 1))
    ax.legend()
    return fig
    ### END SOLUTION


# %% tags=["only-draws"]
fig = attempt(power_figure, 0.05, [0.002, 0.005, 0.01, 0.02], np.unique(np.geomspace(100, 300_000, 80).astype(int)))
plt.show()

# %% nbgrader={"grade": true, "grade_id": "w05-q4-sample-size-test", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
check.number(
    sample_size(0.05, 0.01),
    8_158,
    of="sample_size(0.05, 0.01)",
    integer=True,
    causes={
        "this is for both arms together: the text asks for each arm": 16_316,
        "rounded down: with one user fewer the power is below what was asked for": 8_157,
        "this is for a one-sided test: half of alpha belongs on either side": 6_426,
        "this lift was taken as relative: it is an absolute difference": 2_996_698,
        "this uses the base rate's variance for both arms": 7_457,
        "this forgets the quantile of the power, so the power is only 50 %": 3_994,
    },
)
check.number(
    sample_size(0.2, -0.03, alpha=0.01, power=0.9), 4_983, of="sample_size(0.2, -0.03, 0.01, 0.9)", integer=True
)
check.number(
    sample_size(0.3, 0.05),
    1_377,
    of="sample_size(0.3, 0.05): the formula gives 1376.3",
    integer=True,
    causes={"rounded to the nearest whole number: round up, or the power is below what was asked for": 1_376},
)
check.raises(ValueError, sample_size, 0.2, 0.0, mentions=["lift"])
for base_rate, lift in [(0.2, 0.9), (0.0, 0.1), (0.5, 0.5), (1.0, -0.1), (0.1, -0.3)]:
    check.raises(ValueError, sample_size, base_rate, lift, mentions=["rate"])


### BEGIN HIDDEN TESTS
def reference_size(p0: float, lift: float, alpha: float, power: float) -> float:
    """The formula of the text, before rounding up."""
    p1, quantile = p0 + lift, NormalDist().inv_cdf
    middle = (p0 + p1) / 2
    null, alternative = math.sqrt(2 * middle * (1 - middle)), math.sqrt(p0 * (1 - p0) + p1 * (1 - p1))
    return ((quantile(1 - alpha / 2) * null + quantile(power) * alternative) / lift) ** 2


# contract: "`lift` is an absolute difference of probabilities and may be negative."
for case in [
    (0.5, 0.4, 0.05, 0.8),
    (0.01, 0.0005, 0.05, 0.95),
    (0.3, -0.12, 0.1, 0.5),
    (0.97, -0.02, 0.001, 0.99),
    (0.08, 0.013, 0.2, 0.7),
    (0.6, 0.25, 0.05, 0.3),
]:
    exact = reference_size(*case)
    check.number(sample_size(*case), math.ceil(exact), of=f"sample_size{case}", integer=True)
# contract: "Raise `ValueError` for a `lift` of 0, with the word *lift* in the message, and if $p_0$ or $p_1$ does not lie"
check.raises(ValueError, sample_size, 0.7, 0, mentions=["lift"])
for base_rate, lift in [(1.0, -0.1), (0.5, 0.5), (0.1, -0.1), (0.1, -0.3), (-0.1, 0.2), (1.2, -0.4)]:
    check.raises(ValueError, sample_size, base_rate, lift, mentions=["rate"])
### END HIDDEN TESTS


# %% nbgrader={"grade": true, "grade_id": "w05-q4-sample-size-figure", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
def reference_power(p0: float, lift: float, sizes: NDArray, alpha: float, sign: int = 1) -> list[float]:
    """The curve of the text."""
    p1, middle = p0 + lift, p0 + lift / 2
    needed = NormalDist().inv_cdf(1 - alpha / 2) * math.sqrt(2 * middle * (1 - middle))
    spread = math.sqrt(p0 * (1 - p0) + p1 * (1 - p1))
    return [NormalDist().cdf((sign * abs(lift) * math.sqrt(n) - needed) / spread) for n in sizes]


sizes = np.array([100, 300, 1_000, 3_000, 10_000])
fig = power_figure(0.1, [0.01, 0.02, -0.05], sizes)
plt.close("all")
check.figure(
    fig,
    title=True,
    x_label="per arm",
    y_label="power",
    n_axes=1,
    x_scale="log",
    lines=[([0, 1], [0.8, 0.8])],
    n_lines=4,
    legend=["+1.0 pp", "+2.0 pp", "-5.0 pp"],
    of="power_figure(0.1, [0.01, 0.02, -0.05], sizes)",
)
limits = tuple(float(limit) for limit in fig.axes[0].get_ylim())
check.that(
    limits == (0.0, 1.0), f"power_figure: expected a y axis from 0 to 1, got {limits}: ax.set_ylim(0, 1) sets it"
)
curves = [line for line in fig.axes[0].get_lines() if list(line.get_xdata()) != [0, 1]]  # axhline runs from 0 to 1
labels = [str(line.get_label()) for line in curves]
check.that(
    len(labels) == 3
    and all(name in label for name, label in zip(["+1.0 pp", "+2.0 pp", "-5.0 pp"], labels, strict=True)),
    f"power_figure: expected lines in the order of lifts, each with its own label, got the labels {labels}",
)
for line, lift in zip(curves, [0.01, 0.02, -0.05], strict=True):
    check.array(np.asarray(line.get_xdata(), dtype=float), sizes.astype(float), of=f"x of the line {line.get_label()}")
    check.array(
        np.asarray(line.get_ydata(), dtype=float),
        reference_power(0.1, lift, sizes, 0.05),
        of=f"y of the line {line.get_label()}",
        atol=1e-6,
        causes={
            "half of alpha belongs on either side": reference_power(0.1, lift, sizes, 0.1),
            "a negative lift can be found as well: take |lift|": reference_power(0.1, lift, sizes, 0.05, sign=-1),
            "this lift was taken as relative": reference_power(0.1, 0.1 * lift, sizes, 0.05),
            "these are percentages; the axis runs from 0 to 1": 100 * np.array(reference_power(0.1, lift, sizes, 0.05)),
            "this adds the chance of a significant result in the wrong direction; the formula leaves it out": np.add(
                reference_power(0.1, lift, sizes, 0.05), reference_power(0.1, lift, sizes, 0.05, sign=-1)
            ),
        },
    )
pair = np.array([500, 2_000])
fig = power_figure(0.3, [0.05], pair, alpha=0.2)
plt.close("all")
curves = [line for line in fig.axes[0].get_lines() if list(line.get_xdata()) != [0, 1]]
check.that(len(curves) == 1, f"power_figure with one lift and two sizes: expected one curve, got {len(curves)}")
check.array(
    np.asarray(curves[0].get_ydata(), dtype=float),
    reference_power(0.3, 0.05, pair, 0.2),
    of="y of the only line of power_figure(0.3, [0.05], [500, 2000], alpha=0.2)",
    atol=1e-6,
    causes={"alpha looks fixed at 0.05: use the one that is passed in": reference_power(0.3, 0.05, pair, 0.05)},
)
### BEGIN HIDDEN TESTS
sizes = np.array([50, 400, 2_000, 90_000, 100_000, 200_000, 500_000])
for base_rate, lifts, alpha in [(0.02, [0.004], 0.01), (0.4, [-0.1, 0.03], 0.2), (0.7, [0.2, 0.1, 0.05, 0.02], 0.05)]:
    fig = power_figure(base_rate, lifts, sizes, alpha)
    plt.close("all")
    # contract: "for each of `lifts`, in their order, one line: power against `n_per_arm`."
    # contract: "a title, an x label with the words *per arm*, a y label with the word *power*, a **logarithmic x axis**"
    check.figure(
        fig,
        x_label="per arm",
        y_label="power",
        n_axes=1,
        n_lines=len(lifts) + 1,
        x_scale="log",
        lines=[(sizes, reference_power(base_rate, lift, sizes, alpha)) for lift in lifts] + [([0, 1], [0.8, 0.8])],
        # contract: "a **legend** that names each lift in percentage points with sign and one decimal"
        legend=[f"{100 * lift:+.1f} pp" for lift in lifts],
        atol=1e-6,
        of=f"power_figure({base_rate}, {lifts}, sizes, {alpha})",
    )
    # contract: "and a y axis from exactly 0 to 1"
    check.that(tuple(fig.axes[0].get_ylim()) == (0.0, 1.0), "power_figure: the y axis should run from 0 to 1")
    curves = [line for line in fig.axes[0].get_lines() if list(line.get_xdata()) != [0, 1]]
    for line, lift in zip(curves, lifts, strict=True):
        name = f"the line labelled {line.get_label()}"
        check.array(
            np.asarray(line.get_ydata(), dtype=float),
            reference_power(base_rate, lift, sizes, alpha),
            of=name,
            atol=1e-6,
        )
        check.that(f"{100 * lift:+.1f} pp" in str(line.get_label()), f"{name} belongs to {100 * lift:+.1f} pp")
### END HIDDEN TESTS

# %% [markdown]
# ## 5 · Twenty questions, few false answers ●●○ · 20 min · 3 points
#
# A dashboard with twenty independent metrics finds "something significant" in 64 of 100 experiments that change
# nothing. Benjamini and Hochberg's rule limits not the chance of any false finding, but the share of false ones among
# your findings.
#
# Write `benjamini_hochberg(p_values, q=0.05)`, which returns a boolean array: `True` where the hypothesis is rejected.
#
# - With the $m$ p-values in increasing order $p_{(1)} \le \dots \le p_{(m)}$, find the **largest** $k$ with
#   $p_{(k)} \le q\,k/m$. Reject the $k$ hypotheses with the smallest p-values: also one whose own p-value lies above
#   its own line, if a later one lies below.
# - A p-value exactly on its line counts as below. Equal p-values are all rejected or none is.
# - The answer stands **in the order of the input**, has its shape `(m,)` and dtype `bool`. No hypotheses give an
#   empty array. The input is not written to.
# - Raise `ValueError` if a p-value is `nan` or not between 0 and 1; the message holds the first such value, and not
#   the others.
#
# <details><summary>Hint 1 · the idea</summary>The rule ends in one number: the largest p-value that still lies on or
# below its line. Everything up to it is rejected.</details>
# <details><summary>Hint 2 · the direction</summary>Sort, compare with <code>q * np.arange(1, m + 1) / m</code>, and
# find the <em>last</em> place where the comparison holds.</details>
# <details><summary>Hint 3 · almost the code</summary><code>np.flatnonzero(below)</code> lists those places. If there
# is none, nothing is rejected. Else compare the <em>unsorted</em> input with the sorted p-value at the last
# one.</details>


# %% nbgrader={"grade": false, "grade_id": "w05-q5-fdr", "locked": false, "schema_version": 3, "solution": true, "task": false}
def benjamini_hochberg(p_values: NDArray[np.floating], q: float = 0.05) -> NDArray[np.bool_]:
    """Which hypotheses to reject so that the expected share of false rejections is at most `q`.

    Parameters
    ----------
    p_values : array of floats of shape (m,)
        One p-value for each hypothesis, in any order; m may be 0. Left as it is.
    q : float
        False discovery rate, strictly between 0 and 1.

    Returns
    -------
    array of bool of shape (m,)
        True where the hypothesis is rejected, in the order of `p_values`.

    Raises
    ------
    ValueError
        If a p-value is nan or not between 0 and 1; the message holds the first such value, and not the others.

    Examples
    --------
    >>> benjamini_hochberg(np.array([0.2, 0.01, 0.04, 0.025]))
    array([False,  True, False,  True])
    """
    ### BEGIN SOLUTION
    bad = p_values[~((p_values >= 0) & (p_values <= 1))]
    if bad.size:
        raise ValueError(f"{bad[0]} is no p-value: it must lie between 0 and 1")
    ordered = np.sort(p_values)
    m = ordered.size
    below = np.flatnonzero(ordered <= q * np.arange(1, m + 1) / m)
    if not below.size:
        return np.zeros(m, dtype=bool)
    return p_values <= ordered[below[-1]]
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "w05-q5-fdr-test", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
p_values = np.array([0.055, 0.005, 0.9, 0.022, 0.012, 0.038])
before = p_values.copy()
rejected = benjamini_hochberg(p_values, q=0.06)
check.unchanged(p_values, before, of="p_values")
check.array(
    rejected,
    [False, True, False, True, True, True],
    of="benjamini_hochberg([0.055, 0.005, 0.9, 0.022, 0.012, 0.038], q=0.06)",
    shape="(m,)",
    causes={
        "the answer stands in sorted order: put it back into the order of the input": [True] * 4 + [False] * 2,
        "the ranks count from 1, so the first line is q / m and not 0": [False] * 6,
        "this is Bonferroni's rule, p <= q / m for everybody": [False, True, False, False, False, False],
        "these are all p-values up to q, without any correction": p_values <= 0.06,
    },
)
stepping = np.array([0.03, 0.04, 0.035, 0.045, 0.9])
check.array(
    benjamini_hochberg(stepping, q=0.06),
    [True, True, True, True, False],
    of="benjamini_hochberg([0.03, 0.04, 0.035, 0.045, 0.9], q=0.06): 0.045 is below its line 0.048",
    causes={
        "each p-value was compared with its own line: reject all up to the last one below": [
            False,
            False,
            False,
            True,
            False,
        ],
        "the search stopped at the first p-value above its line: look for the last one below": [False] * 5,
    },
)
check.array(
    benjamini_hochberg(np.array([0.125, 0.5, 0.75, 0.125]), q=0.25),
    [True, False, False, True],
    of="benjamini_hochberg([0.125, 0.5, 0.75, 0.125], q=0.25): 0.125 lies on the second line",
    causes={"a p-value exactly on its line counts as below: compare with <=": [False] * 4},
)
check.array(benjamini_hochberg(np.array([])), np.array([], dtype=bool), of="benjamini_hochberg of no p-values")
check.array(benjamini_hochberg(np.array([0.8, 0.06])), [False, False], of="benjamini_hochberg([0.8, 0.06])")
check.raises(ValueError, benjamini_hochberg, np.array([0.1, np.nan, 1.5]), mentions=["nan"])
check.raises(ValueError, benjamini_hochberg, np.array([0.1, 1.5, np.nan]), mentions=["1.5"])
check.raises(ValueError, benjamini_hochberg, np.array([0.375, -0.25, 7.5]), mentions=["-0.25"])
try:
    benjamini_hochberg(np.array([0.375, -0.25, 7.5]))
except ValueError as error:
    others = [value for value in ("0.375", "7.5") if value in str(error)]
    check.that(
        not others, f"the message should hold -0.25 alone, the first value that is no p-value, but holds {others} too"
    )


### BEGIN HIDDEN TESTS
def reference_bh(p_values: list[float], q: float) -> list[bool]:
    """The rule of the text, word for word."""
    ordered, m = sorted(p_values), len(p_values)
    k = max((k for k in range(1, m + 1) if ordered[k - 1] <= q * k / m), default=0)
    return [k > 0 and p <= ordered[k - 1] for p in p_values]


rng = np.random.default_rng(101)
# contract: "find the **largest** $k$ with $p_{(k)} \le q\,k/m$"
# contract: "The answer stands **in the order of the input**, has its shape `(m,)` and dtype `bool`."
for m, power, q in [(1, 1, 0.05), (1, 1, 0.99), (2, 3, 0.2), (7, 2, 0.3), (30, 4, 0.1), (200, 3, 0.05), (60, 1, 0.5)]:
    for _ in range(6):
        drawn = rng.random(m) ** power
        check.array(
            benjamini_hochberg(drawn, q),
            reference_bh(drawn.tolist(), q),
            of=f"rejections of {m} p-values, q = {q}",
            dtype=bool,
        )
# contract: "Equal p-values are all rejected or none is."
for p_values in [[0.25, 0.25, 0.25, 0.25], [0.0, 1.0, 0.0, 1.0], [1.0, 1.0], [0.0], [0.0625, 0.25, 0.1875, 0.5]]:
    check.array(
        benjamini_hochberg(np.array(p_values), 0.25), reference_bh(p_values, 0.25), of=f"rejections of {p_values}"
    )
check.array(benjamini_hochberg(np.array([0.04])), [True], of="rejections of [0.04] at the default q")
check.array(benjamini_hochberg(np.array([0.06])), [False], of="rejections of [0.06] at the default q")
# contract: "if a p-value is `nan` or not between 0 and 1; the message holds the first such value, and not the others"
check.raises(ValueError, benjamini_hochberg, np.array([0.5, -0.25, 7.0]), mentions=["-0.25"])
check.raises(ValueError, benjamini_hochberg, np.array([2.5, np.nan, 0.1]), mentions=["2.5"])
check.raises(ValueError, benjamini_hochberg, np.array([np.nan]), mentions=["nan"])
# contract: "The input is not written to."
drawn = rng.random(20)
before = drawn.copy()
benjamini_hochberg(drawn, 0.3)
check.unchanged(drawn, before, of="p_values")
### END HIDDEN TESTS

# %% [markdown]
# Now real questions: do any two of the five plans differ in visits, among households with at most the median illness
# at enrolment, and among those with more? Twenty tests; without a correction nine of them are "significant".

# %% nbgrader={"grade": true, "grade_id": "w05-q5-fdr-real", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
sicker = households["illness"] > households["illness"].median()
questions = []
for group, table in households.groupby(sicker):
    arms = {plan: visits.to_numpy() for plan, visits in table.groupby("coinsurance")["visits"]}
    for one, other in combinations(arms, 2):
        error = math.sqrt(sum(arms[plan].var(ddof=1) / arms[plan].size for plan in (one, other)))
        z = (arms[one].mean() - arms[other].mean()) / error
        questions.append(("sicker" if group else "healthier", one, other, 2 * NormalDist().cdf(-abs(z))))
p_values = np.array([question[3] for question in questions])
rejected = benjamini_hochberg(p_values)
check.that(
    type(rejected) is np.ndarray and rejected.shape == (20,) and rejected.dtype == bool,
    "benjamini_hochberg of 20 p-values: expected a boolean array of shape (20,), one answer for each hypothesis",
)
findings = {question[:3] for question, yes in zip(questions, rejected, strict=True) if yes}
check.members(
    findings,
    {("healthier", 0, 25), ("healthier", 0, 95)}
    | {("sicker", free, dear) for free in (0, 25) for dear in (50, 95, 100)},
    of="pairs of plans that differ (group, plan, plan)",
)
### BEGIN HIDDEN TESTS
# contract: "limits not the chance of any false finding, but the share of false ones among your findings"
# 30 of 40 hypotheses are true: the expected share of false findings is q · 30/40 = 0.15, known here to 0.01.
rng = np.random.default_rng(102)
effects = np.concatenate([np.zeros(30), np.full(10, 3.0)])
shares = []
for _ in range(300):
    z = rng.normal(loc=effects)
    p_values = np.array([2 * NormalDist().cdf(-abs(value)) for value in z])
    rejected = benjamini_hochberg(p_values, 0.2)
    shares.append(rejected[:30].sum() / max(1, rejected.sum()))
check.number(float(np.mean(shares)), 0.15, of="mean share of false findings at q = 0.2, 30 of 40 true", atol=0.04)
### END HIDDEN TESTS

# %% [markdown]
# ## 6 · The same users say more ●●○ · 25 min · 3 points
#
# Most of what a user spends next month is explained by what they spent last month, which no experiment of this month
# can have changed. CUPED (*controlled experiment using pre-experiment data*) subtracts it, and the interval shrinks
# without one more user.
#
# Write `cuped(before, after, treated)`, which returns the tuple `(effect, standard_error)`:
#
# 1. Over the users of **both arms together**, $\theta = \operatorname{cov}(\text{before}, \text{after}) /
#    \operatorname{var}(\text{before})$, with the same divisor in both.
# 2. Adjust each user's outcome: $\text{adjusted} = \text{after} - \theta\,(\text{before} -
#    \overline{\text{before}})$, with one mean for both arms.
# 3. `effect` is the mean of `adjusted` over the treated users minus that over the others, and
#    `standard_error` $= \sqrt{s_1^2/n_1 + s_0^2/n_0}$, with $s^2$ the variance of `adjusted` in each arm, divisor
#    $n - 1$.
#
# - `nan` in `before` marks a new user without history. $\theta$ and $\overline{\text{before}}$ come from the others;
#   a new user's outcome is not adjusted, and **stays in**.
# - If `before` tells nothing (all equal, or all `nan`, or known for one user only), $\theta$ is 0, and there is no
#   warning.
# - `treated` is a boolean array, with at least two users in each arm; `after` has no `nan`. No input is written to.
# - Raise `ValueError` if the three lengths differ, with all three in the message.
#
# <details><summary>Hint 1 · the idea</summary><code>theta</code> is the slope of a straight line through the points
# (before, after). What is left after subtracting the line varies less.</details>
# <details><summary>Hint 2 · the direction</summary><code>known = ~np.isnan(before)</code>. For everybody else the
# centred <code>before</code> may as well be 0.</details>
# <details><summary>Hint 3 · almost the code</summary>Start from <code>centred = np.zeros(len(before))</code>, fill in
# the known ones, then <code>theta</code> is the sum of <code>centred * after</code> over that of
# <code>centred**2</code>. (Why may <code>after</code> stay uncentred?) Do not ask whether that sum is 0: three times
# 0.1 has the mean 0.10000000000000002. Compare the smallest known value with the largest.</details>
# <!-- worked out: 0.10000000000000002 = (0.1 + 0.1 + 0.1) / 3 -->


# %% nbgrader={"grade": false, "grade_id": "w05-q6-cuped", "locked": false, "schema_version": 3, "solution": true, "task": false}
def cuped(before: NDArray[np.floating], after: NDArray[np.number], treated: NDArray[np.bool_]) -> tuple[float, float]:
    """Effect of a treatment, adjusted for what was known before it began.

    Parameters
    ----------
    before : array of floats of shape (n,)
        A measurement of each user from before the experiment, nan for a new user. Left as it is.
    after : array of shape (n,)
        The outcome, integers or floats without nan. Left as it is.
    treated : array of bool of shape (n,)
        True for the users of the treatment arm; at least two users in each arm.

    Returns
    -------
    tuple of two floats
        The effect (treated minus others) and its standard error, both in the unit of `after`.

    Raises
    ------
    ValueError
        If the lengths differ; the message holds all three.

    Examples
    --------
    >>> effect, error = cuped(np.array([1.0, 2, 1, 2]), np.array([5, 6, 3, 4]), np.array([True, True, False, False]))
    >>> effect, error
    (2.0, 0.0)
    """
    ### BEGIN SOLUTION
    if not len(before) == len(after) == len(treated):
        raise ValueError(f"the lengths differ: before {len(before)}, after {len(after)}, treated {len(treated)}")
    known = ~np.isnan(before)
    history, adjusted = before[known], np.array(after, dtype=float)
    if history.size and history.min() < history.max():
        centred = history - history.mean()
        theta = (centred * after[known]).sum() / (centred**2).sum()
        adjusted[known] -= theta * centred
    arms = adjusted[treated], adjusted[~treated]
    effect = arms[0].mean() - arms[1].mean()
    return float(effect), math.sqrt(sum(arm.var(ddof=1) / arm.size for arm in arms))
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "w05-q6-cuped-test", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
def by_hand(before: NDArray, after: NDArray, treated: NDArray, theta: float) -> tuple[float, float]:
    """Effect and standard error for a given theta, all users known."""
    adjusted = after - theta * (before - before.mean())
    one, other = adjusted[treated], adjusted[~treated]
    return one.mean() - other.mean(), math.sqrt(one.var(ddof=1) / one.size + other.var(ddof=1) / other.size)


before = np.array([1.0, 4.0, 2.0, 9.0, 6.0, 3.0, 8.0])
after = np.array([4, 7, 3, 14, 7, 2, 9])
treated = np.array([True, True, False, True, False, False, False])
copies = before.copy(), after.copy(), treated.copy()
answer = cuped(before, after, treated)
for value, copy, name in zip((before, after, treated), copies, ("before", "after", "treated"), strict=True):
    check.unchanged(value, copy, of=name)
check.that(
    type(answer) is tuple and len(answer) == 2,
    f"cuped: expected a tuple (effect, standard_error), got {type(answer).__name__}",
)

theta = float(np.cov(before, after)[0, 1] / np.var(before, ddof=1))
wanted, plain = by_hand(before, after, treated, theta), by_hand(before, after, treated, 0.0)
mixed = by_hand(before, after, treated, theta * 7 / 6)
own = by_hand(before, after, treated, float(np.polyfit(before[~treated], after[~treated], 1)[0]))
for place, name in enumerate(("effect", "standard_error")):
    check.number(
        answer[place],
        wanted[place],
        of=f"cuped(before, after, treated): {name}",
        rtol=1e-6,
        causes={
            "np.cov divides by n - 1 and np.var by n: use the same divisor": mixed[place],
            "theta comes from the control arm alone; the text asks for both arms together": own[place],
            "nothing was adjusted, or each arm was centred on its own mean": plain[place],
            "theta was taken as 1, so this is the change from before to after": by_hand(before, after, treated, 1.0)[
                place
            ],
            "the correlation was used for the slope": by_hand(
                before, after, treated, float(np.corrcoef(before, after)[0, 1])
            )[place],
            "this is control minus treated": -wanted[place],
            "this is the squared standard error: take the root": wanted[1] ** 2 if place else math.nan,
        },
    )
gapped = np.array([1.0, np.nan, 2.0, 9.0, 6.0, np.nan, 8.0])
known = ~np.isnan(gapped)
slope = float(np.polyfit(gapped[known], after[known], 1)[0])
filled = np.where(known, gapped, gapped[known].mean())
answer = cuped(gapped, after, treated)
for place, name in enumerate(("effect", "standard_error")):
    check.number(
        answer[place],
        by_hand(filled, after, treated, slope)[place],
        of=f"cuped with two new users: {name}",
        rtol=1e-6,
        causes={
            "the new users were left out: they stay in, without an adjustment": by_hand(
                gapped[known], after[known], treated[known], slope
            )[place],
            "a new user's history was taken as 0": by_hand(
                np.nan_to_num(gapped), after, treated, float(np.polyfit(np.nan_to_num(gapped), after, 1)[0])
            )[place],
        },
    )
plain = by_hand(before, after, treated, 0.0)
for useless, name in [
    (np.full(7, 3.0), "all equal"),
    (np.full(7, np.nan), "all nan"),
    (np.where(np.arange(7) == 4, 5.0, np.nan), "known for one user only"),
    (np.where(np.arange(7) > 3, 0.1, np.nan), "0.1 or nan (rounding hides that all are equal: compare min with max)"),
]:
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        answer = cuped(useless, after, treated)
    check.number(answer[0], plain[0], of=f"effect where before is {name}", rtol=1e-6)
    check.number(answer[1], plain[1], of=f"standard_error where before is {name}", rtol=1e-6)
    check.that(
        not caught, f"before is {name}: expected no warning, got one; divide and average only where there is something"
    )
for lengths in [(5, 6, 7), (5, 5, 8), (5, 8, 8), (8, 5, 8)]:
    too_long = [np.ones(lengths[0]), np.ones(lengths[1]), np.ones(lengths[2], dtype=bool)]
    check.raises(ValueError, cuped, *too_long, mentions=[str(length) for length in lengths])
### BEGIN HIDDEN TESTS
rng = np.random.default_rng(103)
# contract: "Over the users of **both arms together**"
# contract: "a new user's outcome is not adjusted, and **stays in**"
for n, missing, scale in [(8, 0, 1.0), (30, 5, 100.0), (200, 60, 1e-3), (12, 10, 5.0), (400, 0, 3.0)]:
    before = rng.normal(loc=4.0, scale=scale, size=n)
    after = 0.7 * before + rng.normal(scale=scale, size=n)
    treated = rng.permutation(np.arange(n) < max(2, n // 3))
    after[treated] += 0.5 * scale
    before[rng.permutation(n)[:missing]] = np.nan
    known = ~np.isnan(before)
    slope = np.cov(before[known], after[known])
    filled = np.where(known, before, before[known].mean())
    wanted = by_hand(filled, after, treated, float(slope[0, 1] / slope[0, 0]))
    answer = cuped(before, after, treated)
    check.number(answer[0], wanted[0], of=f"effect for {n} users, {missing} of them new", rtol=1e-6, atol=1e-9 * scale)
    check.number(answer[1], wanted[1], of=f"standard_error for {n} users, {missing} of them new", rtol=1e-6)
# contract: "If `before` tells nothing (all equal, or all `nan`, or known for one user only), $\theta$ is 0"
after, treated = rng.normal(size=6), np.array([True, False, True, False, True, False])
plain = by_hand(np.zeros(6), after, treated, 0.0)
for useless in (
    [2.0] * 6,
    [np.nan] * 6,
    [np.nan, 4.0, np.nan, np.nan, np.nan, np.nan],
    [0.0, np.nan, 0.0, 0.0, 0.0, 0.0],
    [0.1, np.nan, 0.1, np.nan, np.nan, 0.1],
    [0.7, 0.7, 0.7, 0.7, 0.7, 0.7],
):
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        answer = cuped(np.array(useless), after, treated)
    check.that(not caught, f"before is {useless}: expected no warning, got one")
    check.number(answer[0], plain[0], of=f"effect where before is {useless}", rtol=1e-6)
    check.number(answer[1], plain[1], of=f"standard_error where before is {useless}", rtol=1e-6)
# contract: "No input is written to."
before = np.array([1.0, np.nan, 3.0, 2.0, np.nan, 5.0])
copies = before.copy(), after.copy(), treated.copy()
cuped(before, after, treated)
for value, copy, name in zip((before, after, treated), copies, ("before", "after", "treated"), strict=True):
    check.unchanged(value, copy, of=name)
# contract: "Raise `ValueError` if the three lengths differ, with all three in the message."
for lengths in [(5, 5, 8), (5, 8, 8), (9, 4, 9), (7, 7, 4), (7, 4, 4), (4, 9, 4), (1, 8, 8), (8, 1, 1)]:
    n_before, n_after, n_treated = lengths
    check.raises(
        ValueError,
        cuped,
        np.arange(float(n_before)),
        np.arange(float(n_after)),
        np.arange(n_treated) % 2 == 0,
        mentions=[str(length) for length in lengths],
    )
### END HIDDEN TESTS

# %% [markdown]
# Twice for real. Illness was recorded *before* RAND's experiment began, and it explains little of the visits: the
# standard error of free care against 95 % falls from 0.199 to 0.197. Honest, and hardly worth the line of code. A
# shop knows what each customer spent last month; there CUPED earns its keep.

# %% nbgrader={"grade": true, "grade_id": "w05-q6-cuped-real", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
two_plans = households[households["coinsurance"].isin([0, 95])]
illness, visits = two_plans["illness"].to_numpy(), two_plans["visits"].to_numpy()
free_care = (two_plans["coinsurance"] == 0).to_numpy()
effect, error = cuped(illness, visits, free_care)
check.number(effect, 0.9675, of="effect of free care against 95 %, adjusted for illness", atol=0.0002)
check.number(error, 0.1972, of="its standard error (0.1993 without the adjustment)", atol=0.0002)
### BEGIN HIDDEN TESTS
# contract: "the interval shrinks without one more user"
rng = np.random.default_rng(104)
last_month = rng.gamma(shape=2.0, scale=20.0, size=4_000)
next_month = 0.8 * last_month + rng.normal(loc=10.0, scale=12.0, size=4_000)
lucky = rng.random(4_000) < 0.5
next_month[lucky] += 2.0
effect, error = cuped(last_month, next_month, lucky)
plain = by_hand(last_month, next_month, lucky, 0.0)
check.number(error, 12.0 * math.sqrt(1 / 2_000 + 1 / 2_000), of="standard_error of the simulated shop", rtol=0.06)
check.that(
    error < 0.6 * plain[1], f"the standard error should shrink from {plain[1]:.2f} to near 0.38, got {error:.2f}"
)
check.that(abs(effect - 2.0) < 5 * error, f"the effect of 2.00 that was planted came out as {effect:.2f}")
### END HIDDEN TESTS

# %% [markdown]
# ## 7 · From a log to a decision ●●● · 40 min · 4 points
#
# Experiments seldom fail in the formula. They fail in the log: events sent twice, users who saw both versions, arms
# that are not as large as they should be. Here is a shop whose truth we know, because the next cell plants it.


# %%
def simulate_log(rng: np.random.Generator, n_users: int, lift: float, lost: float = 0.0) -> pd.DataFrame:
    """Visits to a shop during an A/B test, with the defects of real logs and a planted lift.

    Parameters
    ----------
    rng : numpy.random.Generator
        Source of every draw.
    n_users : int
        Users before any are lost.
    lift : float
        True effect of the treatment on the total spend of a user, in euros.
    lost : float
        Share of the treated users whose events never arrive.

    Returns
    -------
    DataFrame
        One row for each event that arrived: ``visit`` and ``user`` (integers), ``arm`` ("control" or "treatment") and
        ``spend`` (euros), in the order of arrival, which is no order at all.
    """
    treated = rng.random(n_users) < 0.5
    n_visits = 1 + rng.poisson(1.5, size=n_users)
    user = np.repeat(np.arange(n_users), n_visits)
    buys = rng.random(user.size) < 0.3
    spend = np.where(buys, rng.gamma(shape=2.0, scale=10.0, size=user.size), 0.0) + 0.0
    first = np.flatnonzero(np.diff(user, prepend=-1))
    spend[first] += np.where(treated, lift, 0.0) + 5.0  # 5 euros from everybody, so that no spend is negative
    arm = np.where(treated[user], "treatment", "control")
    switched = rng.permutation(np.flatnonzero(np.diff(user, prepend=-1) == 0))[: n_users // 50]
    arm[switched] = np.where(arm[switched] == "control", "treatment", "control")  # seen in both arms
    arrived = ~(treated & (rng.random(n_users) < lost))[user]
    log = pd.DataFrame({"visit": np.arange(user.size), "user": user, "arm": arm, "spend": spend.round(2)})[arrived]
    twice = log.sample(frac=0.1, random_state=rng)  # the logger tries again when it hears nothing
    return pd.concat([log, twice]).sample(frac=1.0, random_state=rng, ignore_index=True)


simulate_log(np.random.default_rng(1), 2_000, lift=1.5).head()

# %% [markdown]
# Write `analyse_experiment(log, worth=0.0)`, which returns a `dict` with the nine keys below.
#
# 1. Rows with the same `visit` are one visit that arrived more than once; they are equal in every column. Count it
#    once.
# 2. Leave out every user who was seen in both arms, with all their visits: `n_mixed` is their number.
# 3. The unit is the **user**: the outcome is a user's total `spend`, 0 included. `n_control` and `n_treatment` are the
#    numbers of users left.
# 4. `srm_p` asks whether the lot was fair (*sample ratio mismatch*): $\chi^2 = (n_t - n_c)^2 / (n_t + n_c)$, and
#    $p = \operatorname{erfc}\sqrt{\chi^2/2}$, the p-value of the χ² test of equal halves (`math.erfc`; with two arms
#    the test has one degree of freedom, and for that one this formula is exact).
# 5. `effect`: mean outcome of treatment minus control, in euros for each user. `low` and `high`: the effect
#    $\mp\, z_{0.975}$ standard errors, $\text{SE} = \sqrt{s_t^2/n_t + s_c^2/n_c}$ with divisor $n - 1$ in $s^2$ and
#    `NormalDist().inv_cdf(0.975)` for $z$.
# 6. `p_value`: two-sided, for no effect: $\operatorname{erfc}(|\text{effect}| / \text{SE} / \sqrt2)$.
# 7. `decision`, by the rule that was agreed before the start, first match first: `"invalid"` if `srm_p` is below
#    0.001 (a broken lot proves nothing, however nice the effect); `"ship"` if `low` is above `worth`, the euros per
#    user that the change costs; `"stop"` if `high` is below `worth`; else `"undecided"`.
#
# Counts are integers, the other numbers floats. The log's rows, columns and index stand in any order; `log` is not
# written to. Each arm has at least two users, and in neither arm do all users have the same outcome.
#
# <details><summary>Hint 1 · the idea</summary>Clean from the finest unit upwards: visits, then users, then arms. Only
# the last step is statistics.</details>
# <details><summary>Hint 2 · the direction</summary><code>drop_duplicates("visit")</code>;
# <code>groupby("user")["arm"].nunique()</code> tells who was seen in both.</details>
# <details><summary>Hint 3 · almost the code</summary>One <code>groupby("user").agg(…)</code> can make a table with
# everything that steps 2 to 6 need: an arm, the number of arms, the total. Drop the mixed users, group what is left by
# arm, and take the first match in step 7 literally: <code>if</code>, <code>elif</code>, <code>elif</code>,
# <code>else</code>.</details>


# %% nbgrader={"grade": false, "grade_id": "w05-q7-experiment", "locked": false, "schema_version": 3, "solution": true, "task": false}
def analyse_experiment(log: pd.DataFrame, worth: float = 0.0) -> dict[str, int | float | str]:
    """Analyse an A/B test on spend, from the raw log to the decision.

    Parameters
    ----------
    log : DataFrame
        One row for each event: ``visit`` and ``user`` (integers), ``arm`` ("control" or "treatment"), ``spend``
        (euros). Left as it is.
    worth : float
        Smallest effect worth having, in euros for each user.

    Returns
    -------
    dict
        ``n_control``, ``n_treatment``, ``n_mixed`` (int); ``srm_p``, ``effect``, ``low``, ``high``, ``p_value``
        (float; effects in euros for each user); ``decision`` ("invalid", "ship", "stop" or "undecided").

    Examples
    --------
    >>> log = simulate_log(np.random.default_rng(2), 4_000, lift=3.0)
    >>> analyse_experiment(log)["decision"]
    'ship'
    """
    ### BEGIN SOLUTION
    visits = log.drop_duplicates("visit")
    users = visits.groupby("user").agg(arm=("arm", "first"), arms=("arm", "nunique"), total=("spend", "sum"))
    mixed = users["arms"] > 1
    outcomes = users[~mixed].groupby("arm")["total"]
    treatment, control = (outcomes.get_group(arm).to_numpy() for arm in ("treatment", "control"))
    chi_squared = (treatment.size - control.size) ** 2 / (treatment.size + control.size)
    srm_p = math.erfc(math.sqrt(chi_squared / 2))
    effect = float(treatment.mean() - control.mean())
    error = math.sqrt(treatment.var(ddof=1) / treatment.size + control.var(ddof=1) / control.size)
    margin = NormalDist().inv_cdf(0.975) * error
    low, high = effect - margin, effect + margin
    if srm_p < 0.001:
        decision = "invalid"
    elif low > worth:
        decision = "ship"
    else:
        decision = "stop" if high < worth else "undecided"
    return {
        "n_control": control.size,
        "n_treatment": treatment.size,
        "n_mixed": int(mixed.sum()),
        "srm_p": srm_p,
        "effect": effect,
        "low": low,
        "high": high,
        "p_value": math.erfc(abs(effect) / error / math.sqrt(2)),
        "decision": decision,
    }
    ### END SOLUTION


# %% [markdown]
# Thirty times the same experiment, with 1.50 euros planted: does your interval find them?

# %% tags=["only-draws"]
rng = np.random.default_rng(30)
answers = [attempt(analyse_experiment, simulate_log(rng, 2_000, lift=1.5)) for _ in range(30)]
fig, ax = plt.subplots()
for place, answer in enumerate(answers):
    if answer is not None:
        hit = answer["low"] <= 1.5 <= answer["high"]
        colour = plotting.PALETTE["blue" if hit else "vermillion"]
        ax.plot([answer["low"], answer["high"]], [place, place], color=colour)
        ax.plot(answer["effect"], place, "o", color=colour, markersize=4)
ax.axvline(1.5, color="k", linewidth=1)
ax.axvline(0.0, color=plotting.PALETTE["grey"], linestyle="--", linewidth=1)
ships = sum(answer is not None and answer["decision"] == "ship" for answer in answers)
ax.set(
    title=f"30 experiments, +1.50 € planted: {ships} decide to ship", xlabel="effect (€ per user)", ylabel="experiment"
)
plt.show()

# %% nbgrader={"grade": true, "grade_id": "w05-q7-experiment-test", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
log = pd.DataFrame(
    {
        "spend": [5.0, 0.0, 12.0, 7.0, 0.0, 3.0, 9.0, 9.0, 40.0, 1.0, 4.0, 12.0, 4.0, 4.0],
        "user": [11, 11, 12, 13, 14, 15, 16, 16, 17, 17, 18, 12, 16, 18],
        "arm": ["control"] * 3
        + ["treatment"] * 5
        + ["control", "treatment", "control", "control", "treatment", "control"],
        "visit": [1, 2, 3, 4, 5, 6, 7, 7, 8, 9, 10, 3, 11, 12],
    },
    index=[3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5, 8, 9, 7],
)
before = log.copy()
answer = analyse_experiment(log)
check.unchanged(log, before, of="log")
# By hand: control 5 (user 11), 12 (12), 8 (18); treatment 7 (13), 0 (14), 3 (15), 13 (16); user 17 was in both arms.
arms = np.array([5.0, 12.0, 8.0]), np.array([7.0, 0.0, 3.0, 13.0])
gap = arms[1].mean() - arms[0].mean()
error = math.sqrt(sum(arm.var(ddof=1) / arm.size for arm in arms))
keys = ["n_control", "n_treatment", "n_mixed", "srm_p", "effect", "low", "high", "p_value", "decision"]
check.that(type(answer) is dict, f"analyse_experiment: expected a dict, got {type(answer).__name__}")
check.members(set(answer), set(keys), of="keys of analyse_experiment(log)")
check.number(answer["n_mixed"], 1, of="n_mixed: only user 17 was seen in both arms", integer=True)
check.number(
    answer["n_control"],
    3,
    of="n_control",
    integer=True,
    causes={
        "visits were counted: the unit is the user": 5,
        "a user seen in both arms was kept: leave them out": 4,
    },
)
check.number(
    answer["n_treatment"],
    4,
    of="n_treatment",
    integer=True,
    causes={
        "users who spent nothing were left out: 0 is an outcome too": 3,
        "visits were counted, one of them twice: the unit is the user": 6,
    },
)
check.number(answer["srm_p"], math.erfc(math.sqrt(1 / 14)), of="srm_p for 3 and 4 users", rtol=1e-6)
check.number(
    answer["effect"],
    gap,
    of="effect",
    rtol=1e-6,
    causes={
        "this is control minus treatment": -gap,
        "visits that arrived twice were counted twice: user 12 spent 12, user 16 spent 13": (7 + 0 + 3 + 22) / 4
        - (5 + 24 + 8) / 3,
        "this is spend per visit: the unit is the user": (7 + 0 + 3 + 9 + 4) / 5 - (5 + 0 + 12 + 4 + 4) / 5,
        "two visits with equal spend are two visits: go by the number of the visit": gap + 4 / 3,
        "users who spent nothing were left out": (7 + 3 + 13) / 3 - (5 + 12 + 8) / 3,
    },
)
for name, wanted in [("low", gap - 1.959963985 * error), ("high", gap + 1.959963985 * error)]:
    check.number(
        answer[name],
        wanted,
        of=name,
        rtol=1e-6,
        causes={
            "the standard deviations divide by n: the text asks for n - 1": gap
            + (1 if name == "high" else -1) * 1.959963985 * math.sqrt(sum(arm.var() / arm.size for arm in arms)),
            "this is one standard error from the effect": gap + (1 if name == "high" else -1) * error,
        },
    )
check.number(
    answer["p_value"],
    math.erfc(abs(gap) / error / math.sqrt(2)),
    of="p_value",
    rtol=1e-6,
    causes={"this p-value is one-sided": math.erfc(abs(gap) / error / math.sqrt(2)) / 2},
)
check.text(answer["decision"], "undecided", of="decision where the interval holds 0")
for worth in (-5.0, 2.0):
    name = f"decision where the interval holds worth = {worth} (the interval decides, not the estimate)"
    check.text(analyse_experiment(log, worth)["decision"], "undecided", of=name)
for end in ("low", "high"):
    name = f"decision where {end} is exactly worth, neither above nor below it"
    check.text(analyse_experiment(log, answer[end])["decision"], "undecided", of=name)
check.text(
    analyse_experiment(log, worth=-40.0)["decision"], "ship", of="decision where the whole interval is above worth"
)
check.text(
    analyse_experiment(log, worth=40.0)["decision"], "stop", of="decision where the whole interval is below worth"
)
### BEGIN HIDDEN TESTS
# contract: "Rows with the same `visit` are one visit that arrived more than once; they are equal in every column."
# contract: "The log's rows, columns and index stand in any order; `log` is not written to."
for seed in (111, 112):
    rng = np.random.default_rng(seed)
    shuffled = pd.concat([log, log.iloc[[8, 8, 5]]]).sample(frac=1.0, random_state=rng)[
        ["arm", "visit", "spend", "user"]
    ]
    again = analyse_experiment(shuffled)
    for name in keys[:-1]:
        check.number(again[name], answer[name], of=f"{name} of the same log in another order", rtol=1e-9)
# contract: "Leave out every user who was seen in both arms, with all their visits"
loyal = log.assign(user=log["user"] + 7_000, spend=2 * log["spend"])
again = analyse_experiment(loyal)
check.number(again["effect"], 2 * gap, of="effect with all spends doubled", rtol=1e-6)
check.number(again["p_value"], answer["p_value"], of="p_value with all spends doubled", rtol=1e-6)
### END HIDDEN TESTS

# %% nbgrader={"grade": true, "grade_id": "w05-q7-experiment-truth", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
keys = ["n_control", "n_treatment", "n_mixed", "srm_p", "effect", "low", "high", "p_value", "decision"]
rng = np.random.default_rng(63)
answers = [analyse_experiment(simulate_log(rng, 1_000, lift=3.0)) for _ in range(30)]
covered = sum(answer["low"] <= 3.0 <= answer["high"] for answer in answers)
check.that(
    24 <= covered <= 30,
    f"30 experiments with 3.00 € planted: expected 24 to 30 intervals to hold the truth, got {covered}: "
    "clean the log first, and count users",
)
width = float(np.mean([answer["high"] - answer["low"] for answer in answers]))
check.that(
    4.4 < width < 5.8,
    f"the intervals should be about 5.1 € wide with 1,000 users, and are {width:.2f} € wide: is the unit the user?",
)
swapped = {"control": "treatment", "treatment": "control"}
for lift in (6.0, -4.0):
    broken = simulate_log(np.random.default_rng(65), 4_000, lift=lift, lost=0.15)
    for log, side in [(broken, "treated"), (broken.assign(arm=broken["arm"].map(swapped)), "control")]:
        name = f"decision where 15 % of the {side} users got lost (first match first, whatever the effect)"
        check.text(analyse_experiment(log)["decision"], "invalid", of=name)
for lift, wanted in [(6.0, "ship"), (-4.0, "stop")]:
    unlucky = analyse_experiment(simulate_log(np.random.default_rng(238), 1_500, lift=lift, lost=0.03))
    name = "decision where srm_p is 0.022: the line is at 0.001"
    check.text(unlucky["decision"], wanted, of=name)


### BEGIN HIDDEN TESTS
def reference_analysis(log: pd.DataFrame, worth: float) -> dict[str, int | float | str]:
    """The seven steps, visit by visit."""
    seen = {int(row.visit): (int(row.user), row.arm, float(row.spend)) for row in log.itertuples()}
    arm_of: dict[int, set[str]] = {}
    total: dict[int, float] = {}
    for user, arm, spend in seen.values():
        arm_of.setdefault(user, set()).add(arm)
        total[user] = total.get(user, 0.0) + spend
    sides = [np.array([total[u] for u in total if arm_of[u] == {arm}]) for arm in ("control", "treatment")]
    n_c, n_t = sides[0].size, sides[1].size
    effect = sides[1].mean() - sides[0].mean()
    error = math.sqrt(sides[0].var(ddof=1) / n_c + sides[1].var(ddof=1) / n_t)
    low, high = effect - 1.959963984540054 * error, effect + 1.959963984540054 * error
    srm_p = math.erfc(abs(n_t - n_c) / math.sqrt(2 * (n_t + n_c)))
    verdict = "ship" if low > worth else "stop" if high < worth else "undecided"
    return {
        "n_control": n_c,
        "n_treatment": n_t,
        "n_mixed": sum(len(arms) == 2 for arms in arm_of.values()),
        "srm_p": srm_p,
        "effect": effect,
        "low": low,
        "high": high,
        "p_value": math.erfc(abs(effect) / error / math.sqrt(2)),
        "decision": "invalid" if srm_p < 0.001 else verdict,
    }


# contract: "first match first: `"invalid"` if `srm_p` is below 0.001"
# contract: "`"ship"` if `low` is above `worth`, the euros per user that the change costs; `"stop"` if `high` is below"
for seed, n_users, lift, lost, worth in [
    (121, 600, 0.0, 0.0, 0.0),
    (122, 1_500, 4.0, 0.0, 1.0),
    (123, 1_500, 4.0, 0.0, 7.5),
    (124, 2_000, -4.0, 0.0, 0.0),
    (125, 3_000, 5.0, 0.2, 0.0),
    (126, 3_000, -4.0, 0.2, 0.0),
    (127, 300, 2.0, 0.1, 0.5),
    (128, 900, 2.5, 0.12, 0.0),
]:
    log = simulate_log(np.random.default_rng(seed), n_users, lift, lost)
    wanted, answer = reference_analysis(log, worth), analyse_experiment(log, worth)
    name = f"{n_users} users, lift {lift}, lost {lost:.0%}, worth {worth}"
    for key in keys[:3]:
        check.number(answer[key], wanted[key], of=f"{key} of {name}", integer=True)
    for key in keys[3:8]:
        check.number(answer[key], wanted[key], of=f"{key} of {name}", rtol=1e-6, atol=1e-9)
    check.text(answer["decision"], wanted["decision"], of=f"decision of {name}")
### END HIDDEN TESTS

# %% [markdown]
# ## 8 · Answer the colleague who wants to ship ●●○ · 30 min · 3 points
#
# *What is a p-value, and what is it not?* The question comes up in interviews because it comes up at work, usually on
# a Friday.
#
# A new checkout was tested for two weeks. Spend per user was named as the deciding metric before the start, the size
# was planned for an effect of 0.30 € per user, and running the new checkout costs 0.15 € per user. 24,060 users saw
# the old one, 24,140 the new. Spend per user: **+0.21 €, 95 % interval +0.004 to +0.416 €, p = 0.046**. A colleague
# writes:
#
# > *"p = 0.046, so with 95.4 % probability the new checkout works, and the effect is big enough: 0.21 is more than the
# > 0.15 it costs. The eleven other metrics all have p > 0.05, so we know that it does no harm to them. And I cut the
# > data into 24 segments: tablet users have +1.90 € with p = 0.008! Let's ship it to everybody and announce 1.90 € for
# > tablets."*
#
# **Answer and decide.** Cover:
#
# - what p = 0.046 means here, in one or two correct sentences, and which of the colleague's sentences it does not
#   support, and why;
# - what the 24 segments and the eleven metrics are worth as evidence, with a number for the segments;
# - your decision (ship, stop, or something else), by interval and cost, and the next step that would settle it.
#
# 200–350 words.

# %% [markdown] nbgrader={"grade": true, "grade_id": "w05-q8-decision", "locked": false, "points": 3, "schema_version": 3, "solution": true, "task": false}
# **My answer:**
#
# ### BEGIN SOLUTION
# The p-value first. If the new checkout changed nothing, an experiment of this size and design would show a difference
# at least as far from zero as 0.21 €, in either direction, in 4.6 % of repetitions. That is a statement about data,
# given no effect. It is not the probability that there is no effect, so 95.4 % is not the probability that the checkout
# works; for that one would need to know how often ideas like this one work: with one in ten and 80 % power, about a
# third of all results with p < 0.05 would be false.
#
# The interval runs from 0.004 to 0.416 €, and the cost of 0.15 € lies well inside. So the data agree with a loss of
# 0.146 € per user after costs and with a gain of 0.266 €. That 0.21 is above 0.15 does not help: the uncertainty is as
# large as the effect.
#
# The segments: with 24 tests and no effect anywhere we expect 24 · 0.05 = 1.2 results below 0.05, and the chance that
# the smallest is 0.008 or less is 1 − 0.992²⁴ ≈ 18 %. Bonferroni asks for 0.05/24 = 0.002. It is a hypothesis for
# another test, and 1.90 €, the best of 24 estimates, is inflated. The eleven metrics: p > 0.05 is not evidence of no
# harm. I would look whether their intervals exclude a loss that matters.
#
# Decision: do not ship yet, do not drop it. The equal arms (24,060 and 24,140: p ≈ 0.72) give no reason to doubt the
# lot. But the plan was too small for its own rule: to ship, `low` must pass 0.15 €, and with a true 0.30 € that happens
# in only 30 % of such experiments. The next step is a second experiment, not "a few more days" of this one, which would
# be peeking: about four times the users, so that 0.30 € is told from 0.15 € with 80 % power, or fewer with CUPED;
# guardrails with the largest loss we accept; tablets as one planned hypothesis. Ship if its interval lies above 0.15 €.
# ### END SOLUTION

# %% [markdown] nbgrader={"grade": false, "grade_id": "w05-q8-decision-rubric", "locked": true, "schema_version": 3, "solution": false, "task": false}
# Marked by a person: one point for the p-value, one for the segments and metrics, one for the decision.
#
# <!-- BEGIN MARK SCHEME -->
#
# **1 point · p-value.** Says that p is the probability of data at least this extreme *if there were no effect* (both
# the condition and "at least as extreme" must be there, in any words), *and* refutes "95.4 % probability that it
# works" because that reverses the condition. No point for "the probability that the result is due to chance" or "the
# probability that the null is true". Mentioning base rates is welcome and not needed.
#
# **1 point · multiplicity and absence of evidence.** Gives a number for the segments: 1.2 expected below 0.05, or
# 1 − 0.95²⁴ ≈ 71 % for at least one below 0.05, or about 18 % for one as small as 0.008, or a corrected threshold near
# 0.002; *and* says that p > 0.05 in the other metrics does not show that there is no harm. Half a point for one of the
# two. "The best of 24 is inflated" may stand in for neither, but is a sign of a strong answer.
#
# **1 point · decision.** Compares the *interval* with the cost of 0.15 €, notes that it lies inside, and decides
# accordingly with a next step that could settle it (a planned second experiment, more users by a stated rule, CUPED,
# guardrails with margins). "Do not ship yet" is the model answer; "ship" earns full marks only if the loss that the
# interval allows (about 0.15 € per user) is named and accepted for a reason. No point for a decision from the
# p-value alone.
#
# *Extending this test* is no next step by itself: a look was taken, and running on until the interval is clear is
# peeking. It earns the point only with a correction (a sequential rule, or only the new users analysed).
#
# *Credit, and not needed:* the plan never fitted the rule. Standard error 0.412/3.92 = 0.105 €; `low` passes 0.15 €
# where the estimate passes 0.356 €, and with a true 0.30 € that happens in 30 % of experiments. 80 % needs a standard
# error of 0.15/2.80 = 0.054 €, about four times the users. It may make up for a half point lost here.
#
# Half points are allowed. Do not mark style or length.
#
# <!-- END MARK SCHEME -->
