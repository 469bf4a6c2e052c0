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
# # Week 4 · Randomness you can compute with: the assignment
#
# Seven pieces of a probability toolbox and one letter to a worried person. You will update a belief, add numbers too
# small to exist, simulate a year of doctor visits and prove that the simulation is right, merge covariances without
# seeing the data, price a guess with its standard error, fit two models to 20,190 real records, and read handwriting
# with nothing but counting. Two things are worth keeping: a picture that shows which model of the visits is wrong,
# and a classifier whose every parameter you can explain.
#
# | | exercise | difficulty | minutes | points |
# |---|---|---|---|---|
# | 1 | What the evidence leaves | ●○○ | 10 | 2 |
# | 2 | Adding what is too small to exist | ●●○ | 20 | 2 |
# | 3 | A year of doctor visits, simulated and verified | ●●○ | 30 | 4 |
# | 4 | A covariance nobody sent you | ●●○ | 25 | 3 |
# | 5 | A guess that states its error | ●●○ | 25 | 3 |
# | 6 | Two families, one record | ●●● | 45 | 5 |
# | 7 | Reading digits by counting ink | ●●● | 40 | 4 |
# | 8 | The letter after a positive test (written) | ●●○ | 25 | 3 |
# | | **together** | | **3 h 40 min** | **26** |

# %% [markdown]
# ## How to work on it
#
# Replace `# YOUR CODE HERE` and the `raise NotImplementedError()` below it. The text above each answer is its whole
# contract, edge cases included. Run the check cell: nothing printed means passed, a sentence with ✘ says what was
# expected, what came, and the likely cause. `course check week04` in a terminal runs everything and counts your
# points. Grading tests the same contract on other numbers and sizes.
#
# Three of the exercises are about chance. Their checks pass a seeded `Generator` in and compare statistics with what
# theory says, allowing **six standard errors**: any right algorithm passes, and a right answer fails for fewer than
# one seed in 100,000.
#
# The exercises do not depend on each other. Loops are allowed and library functions welcome, unless an exercise
# forbids them. Stuck for ten minutes? Open hint 1.

# %%
import warnings
from collections.abc import Callable
from typing import Any

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure
from numpy.typing import NDArray

from coursekit import check, plotting
from coursekit.data import load

plotting.use_course_style()


def attempt(function: Callable[..., Any], *arguments: object) -> Any:
    """Return ``function(*arguments)``, or None while the function is still to be written (for the picture cells)."""
    try:
        return function(*arguments)
    except NotImplementedError:
        return None


def leave_room(axes: plt.Axes, words: str) -> None:
    """Write into an empty panel what will stand there."""
    axes.annotate(words, (0.5, 0.5), xycoords="axes fraction", ha="center", color=plotting.PALETTE["grey"])


# %% [markdown]
# ## 1 · What the evidence leaves ●○○ · 10 min · 2 points
#
# Spam filters, medical tests and the naive Bayes of exercise 7 do one thing: they weigh every explanation by how well
# it predicted what was seen.
#
# Write `posterior(prior, likelihood)`: the probability of every hypothesis $H_k$ after the evidence $E$,
#
# $$P(H_k \mid E) = \frac{P(E \mid H_k)\,P(H_k)}{\sum_j P(E \mid H_j)\,P(H_j)} .$$
#
# - `prior` holds weights, integers or floats, none negative. They **need not sum to 1**: counts of people are welcome.
#   `likelihood` holds $P(E \mid H_k)$ as floats. The result is a new array of floats that sums to 1.
# - Only the ratios of the likelihoods matter: all of them times 10⁻²⁰⁰ gives the same posterior. (No product of prior
#   and likelihood is so small that `float64` could not hold it: it is 0, or above 10⁻³⁰⁰.)
# - A hypothesis with prior 0 or likelihood 0 gets 0, and the others share the 1. A small probability is not 0: nothing
#   is rounded.
# - If that leaves nothing (every product is 0), the evidence was impossible: raise a `ValueError` whose message holds
#   the word *impossible*.
# - Different lengths are a mistake, also when one of them is 1: raise a `ValueError` whose message holds both.
# - Neither input is written to.
#
# Results are compared to a relative 1e-6, so that a belief of one in a million has six right digits too.
#
# <details><summary>Hint 1 · the idea</summary>Think of people rather than probabilities: of each group, how many show
# the evidence? What share of all who show it belongs to each group?</details>
# <details><summary>Hint 2 · the direction</summary>The numerator is one product of two arrays. The denominator is one
# number, and you already hold everything it is the sum of.</details>
# <details><summary>Hint 3 · almost the code</summary>Compare <code>prior.shape</code> with
# <code>likelihood.shape</code> before multiplying, and look at the sum of the products before dividing by
# it.</details>


# %% nbgrader={"grade": false, "grade_id": "w04-q1-posterior", "locked": false, "schema_version": 3, "solution": true, "task": false}
def posterior(prior: NDArray[np.number], likelihood: NDArray[np.floating]) -> NDArray[np.floating]:
    """Update a belief over hypotheses by Bayes' rule.

    Parameters
    ----------
    prior : array of shape (n_hypotheses,)
        Weights, integers or floats, none negative; they need not sum to 1. Left as it is.
    likelihood : array of floats of shape (n_hypotheses,)
        Probability of the evidence under each hypothesis. Left as it is.

    Returns
    -------
    array of floats of shape (n_hypotheses,)
        Probabilities, which sum to 1.

    Raises
    ------
    ValueError
        If the lengths differ (the message holds both), or if every product of prior and likelihood is 0 (it holds
        the word *impossible*).

    Examples
    --------
    >>> posterior(np.array([3, 1]), np.array([0.1, 0.9]))
    array([0.25, 0.75])
    """
    ### BEGIN SOLUTION
    if prior.shape != likelihood.shape:
        raise ValueError(f"{prior.size} prior weights for {likelihood.size} likelihoods: one of each per hypothesis")
    joint = prior * likelihood
    if not joint.any():
        raise ValueError("impossible evidence: every hypothesis has prior or likelihood 0")
    return joint / joint.sum()
    ### END SOLUTION


# %% [markdown]
# A factory's three machines make 50, 30 and 20 % of all parts, and of theirs 1, 2 and 5 % are faulty. Which machine
# made the faulty part in your hand?

# %% tags=["only-draws"]
shares, faulty = np.array([0.5, 0.3, 0.2]), np.array([0.01, 0.02, 0.05])
wanted = np.array([5.0, 6.0, 10.0]) / 21.0
plotting.target_against_yours(wanted, attempt(posterior, shares, faulty), title="the machine behind a faulty part")

# %% nbgrader={"grade": true, "grade_id": "w04-q1-posterior-test", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
prior, likelihood = np.array([0.5, 0.3, 0.2]), np.array([0.01, 0.02, 0.05])
prior_before, likelihood_before = prior.copy(), likelihood.copy()
belief = posterior(prior, likelihood)
check.unchanged(prior, prior_before, of="prior")
check.unchanged(likelihood, likelihood_before, of="likelihood")
check.array(
    belief,
    [5 / 21, 6 / 21, 10 / 21],
    of="posterior([0.5, 0.3, 0.2], [0.01, 0.02, 0.05])",
    shape="(n_hypotheses,)",
    rtol=1e-6,
    causes={
        "the prior was left out: weigh every likelihood by how common its hypothesis is": [0.125, 0.25, 0.625],
        "these are the products of prior and likelihood: divide them by their sum": [0.005, 0.006, 0.01],
        "the products were divided by the sum of the likelihoods instead of their own": [0.0625, 0.075, 0.125],
        "the likelihood was left out": [0.5, 0.3, 0.2],
    },
)
check.array(
    posterior(np.array([50, 30, 20]), likelihood),
    [5 / 21, 6 / 21, 10 / 21],
    of="posterior of the counts 50, 30, 20",
    rtol=1e-6,
    causes={"the prior was taken to sum to 1 already": [5 / 0.21, 6 / 0.21, 10 / 0.21]},
)
try:
    belief = posterior(prior, likelihood * 1e-200)
except ValueError:
    belief = None
check.that(
    belief is not None,
    "posterior with all likelihoods times 1e-200: expected the same posterior, got a ValueError; only products that "
    "are all exactly 0 make the evidence impossible, small ones do not",
)
check.that(
    abs(float(np.sum(belief)) - 1.0) < 1e-6,
    f"posterior with all likelihoods times 1e-200: expected a sum of 1, got {float(np.sum(belief)):.3g}; a constant added "
    "to the denominator swallows small likelihoods",
)
check.array(belief, [5 / 21, 6 / 21, 10 / 21], of="posterior with all likelihoods times 1e-200", rtol=1e-6)
check.array(
    posterior(np.array([7, 9_999_993]), np.array([0.7, 0.3])),
    [4.9 / 3_000_002.8, 2_999_997.9 / 3_000_002.8],
    of="posterior of a rare hypothesis, 7 in ten million",
    rtol=1e-6,
    causes={"it was rounded: small probabilities carry information too": [0.00000163, 0.99999837]},
)
check.array(
    posterior(np.array([0.5, 0.3, 0.2]), np.array([0.4, 0.0, 1.0])),
    [0.5, 0.0, 0.5],
    of="posterior where one hypothesis is ruled out",
    rtol=1e-6,
)
check.raises(ValueError, posterior, np.array([1.0, 0.0]), np.array([0.0, 0.5]), mentions=["impossible"])
check.raises(ValueError, posterior, np.array([0.2, 0.3, 0.5]), np.array([0.5]), mentions=["3", "1"])
check.raises(ValueError, posterior, np.array([1.0]), np.array([0.5, 0.2]), mentions=["1", "2"])
check.raises(ValueError, posterior, np.ones(4), np.ones(6), mentions=["4", "6"])
### BEGIN HIDDEN TESTS
rng = np.random.default_rng(401)
for n_hypotheses, scale in [(1, 1.0), (2, 1e-9), (5, 40.0), (300, 1.0), (7, 1e-30)]:
    weights, chances = rng.random(n_hypotheses) * scale, rng.random(n_hypotheses)
    products = [float(w) * float(c) for w, c in zip(weights, chances, strict=True)]
    # contract: "They **need not sum to 1**: counts of people are welcome."
    # contract: "the probability of every hypothesis $H_k$ after the evidence $E$"
    belief = posterior(weights, chances)
    expected = [product / sum(products) for product in products]
    check.array(belief, expected, of=f"posterior of {n_hypotheses} hypotheses", shape="(n_hypotheses,)", rtol=1e-6)
    check.new_array(belief, weights, chances, of="posterior(prior, likelihood)")
    # contract: "Only the ratios of the likelihoods matter: all of them times 10⁻²⁰⁰ gives the same posterior."
    check.array(posterior(weights, chances * 1e-200), expected, of="posterior with tiny likelihoods", rtol=1e-6)
# contract: "`prior` holds weights, integers or floats, none negative."
for dtype in (np.uint8, np.int32, np.int64, np.float32):
    weights, chances = rng.integers(1, 250, size=6).astype(dtype), rng.random(6)
    expected = weights.astype(float) * chances / (weights.astype(float) * chances).sum()
    before = weights.copy()
    check.array(posterior(weights, chances), expected, of=f"posterior of {weights.dtype} weights", rtol=1e-6)
    # contract: "Neither input is written to."
    check.unchanged(weights, before, of="prior")
# contract: "A hypothesis with prior 0 or likelihood 0 gets 0, and the others share the 1."
check.array(
    posterior(np.array([0, 4, 0, 1]), np.array([0.9, 0.25, 0.0, 0.5])),
    [0.0, 2 / 3, 0.0, 1 / 3],
    of="posterior with two hypotheses ruled out",
    rtol=1e-6,
)
# contract: "raise a `ValueError` whose message holds the word *impossible*"
check.raises(ValueError, posterior, np.array([0, 7, 0]), np.array([0.3, 0.0, 1.0]), mentions=["impossible"])
check.raises(ValueError, posterior, np.array([5, 2]), np.zeros(2), mentions=["impossible"])
# contract: "Different lengths are a mistake, also when one of them is 1: raise a `ValueError` whose message holds both."
check.raises(ValueError, posterior, np.ones(17), np.ones(12), mentions=["17", "12"])
check.raises(ValueError, posterior, np.ones(31), np.ones(1), mentions=["31", "1"])
check.raises(ValueError, posterior, np.ones(1), np.ones(29), mentions=["1", "29"])
### END HIDDEN TESTS

# %% [markdown]
# Now real people. The RAND Health Insurance Experiment recorded how often its participants saw a doctor in a year,
# and how they rated their own health. Someone went more than ten times: how likely is it that their health is poor?
# Bayes' rule must give exactly what counting those people gives.

# %% nbgrader={"grade": true, "grade_id": "w04-q1-posterior-record", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
people = load("randhie", quiet=True)
often = people["mdvis"].to_numpy() > 10
health = (people["hlthg"] + 2 * people["hlthf"] + 3 * people["hlthp"]).to_numpy()  # 0 excellent to 3 poor
group_sizes = np.bincount(health)
often_in_group = np.bincount(health[often]) / group_sizes
check.array(
    posterior(group_sizes, often_in_group),
    np.bincount(health[often]) / often.sum(),
    of="health of people with more than ten visits",
    shape="(n_hypotheses,)",
    rtol=1e-6,
    causes={
        "the base rates were left out: few people are in poor health, and that counts": often_in_group
        / often_in_group.sum()
    },
)
### BEGIN HIDDEN TESTS
visits = people["mdvis"].to_numpy()
# contract: "the probability of every hypothesis $H_k$ after the evidence $E$"
for seen in (visits == 0, visits == 3, visits > 20):
    in_group = np.bincount(health[seen], minlength=4) / group_sizes
    expected = np.bincount(health[seen], minlength=4) / seen.sum()
    check.array(posterior(group_sizes, in_group), expected, of="health of people with such visits", rtol=1e-6)
# Evidence may come in pieces: updating twice is updating once with both.
many, ill = visits > 5, people["disea"].to_numpy() > 20
p_many = np.bincount(health[many], minlength=4) / group_sizes
p_ill_of_many = np.bincount(health[many & ill], minlength=4) / np.bincount(health[many], minlength=4)
check.array(
    posterior(posterior(group_sizes, p_many), p_ill_of_many),
    np.bincount(health[many & ill], minlength=4) / (many & ill).sum(),
    of="health of people with more than five visits who are also chronically ill",
    rtol=1e-6,
)
### END HIDDEN TESTS

# %% [markdown]
# ## 2 · Adding what is too small to exist ●●○ · 20 min · 2 points
#
# A document of a thousand words has a probability near $10^{-3000}$ under any language model; the smallest `float64`
# is $5\cdot 10^{-324}$. So libraries keep logarithms, and this function is how they add.
#
# Write `log_sum_exp(values, axis=-1)`: the logarithm of the sum of the exponentials along an axis,
#
# $$\operatorname{lse}(a) = \log \sum_i e^{a_i} = m + \log \sum_i e^{a_i - m} \qquad\text{for any } m .$$
#
# - `values` holds integers or floats of any number of axes; the named axis disappears. Values may be as far out as
#   ±10³⁰⁰ and never overflow or underflow to a wrong answer.
# - `-inf` is the logarithm of 0 and adds nothing. If all entries along the axis are `-inf`, or there are none, the
#   result is `-inf`. If one is `nan`, it is `nan`, whatever stands beside it. If one is `+inf` and none is `nan`, it is
#   `+inf`.
# - **No warning** in any of these cases. You may quieten one inside a `with` block.
# - `values` is not written to.
# - **Forbidden:** Python loops and what hides one; and ready-made versions, such as `logsumexp` of SciPy or
#   `np.logaddexp`. The checks look.
#
# Results are compared to a relative and absolute 1e-9: compute in `float64` (in `float32` 10³⁰⁰ is already infinite).
#
# <details><summary>Hint 1 · the idea</summary>The second form holds for any m. Which m makes sure that no exponential
# overflows and that at least one of them does not vanish?</details>
# <details><summary>Hint 2 · the direction</summary><code>max</code> with <code>keepdims=True</code> lines up with the
# values for the subtraction. What is <code>-inf - (-inf)</code>? An m that is not finite is no use.</details>
# <details><summary>Hint 3 · almost the code</summary>Convert to <code>float64</code> first: no integer is
# <code>-inf</code>. <code>np.where(np.isfinite(top), top, 0.0)</code> is a safe m; <code>max(...,
# initial=-np.inf)</code> survives an empty axis; <code>np.errstate(divide="ignore", over="ignore")</code> keeps log 0
# quiet.</details>


# %% nbgrader={"grade": false, "grade_id": "w04-q2-log-sum-exp", "locked": false, "schema_version": 3, "solution": true, "task": false}
def log_sum_exp(values: NDArray[np.number], axis: int = -1) -> NDArray[np.floating] | np.floating:
    """Logarithm of the sum of exponentials along an axis, without overflow or underflow.

    Parameters
    ----------
    values : array of integers or floats, at least one axis
        Logarithms of what is to be added; ``-inf`` stands for 0. Left as it is.
    axis : int, default -1
        The axis to sum along.

    Returns
    -------
    array of floats, or one float if `values` has one axis
        The shape of `values` without `axis`.

    Examples
    --------
    >>> log_sum_exp(np.array([[0.0, 0.0], [-1000.0, -1000.0]]))
    array([ 6.93147181e-01, -9.99306853e+02])
    """
    ### BEGIN SOLUTION
    values = values.astype(np.float64)  # a new array; integers cannot hold -inf
    top = values.max(axis=axis, keepdims=True, initial=-np.inf)
    shift = np.where(np.isfinite(top), top, 0.0)
    with np.errstate(divide="ignore", over="ignore"):
        return np.log(np.exp(values - shift).sum(axis=axis)) + shift.squeeze(axis)
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "w04-q2-log-sum-exp-test", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check.no_loops(log_sum_exp, hint="let operations on whole arrays do it", also={"logsumexp", "logaddexp", "logaddexp2"})
values = np.array([[0.0, 0.0, 0.0], [-1000.0, -1000.0, -1000.0], [800.0, 0.0, -800.0]])
before = values.copy()
result = log_sum_exp(values)
check.unchanged(values, before, of="values")
check.array(
    result,
    [np.log(3.0), np.log(3.0) - 1000.0, 800.0],
    of="log_sum_exp(values)",
    shape="(n_rows,)",
    rtol=1e-9,
    atol=1e-9,
    causes={
        "exp(800) overflowed and exp(-1000) vanished: subtract the largest value first": [np.log(3.0), -np.inf, np.inf],
        "one maximum was taken for the whole array: each row needs its own": [-np.inf, -np.inf, 800.0],
        "the largest value was subtracted but not added back": [np.log(3.0), np.log(3.0), 0.0],
        "the axis is the last one by default, and this summed along the first": [800.0, np.log(2.0), np.log(2.0)],
    },
)
check.array(log_sum_exp(values[:2], axis=0), np.zeros(3), of="log_sum_exp(values[:2], axis=0)", rtol=1e-9, atol=1e-9)
check.array(log_sum_exp(np.log([0.2, 0.5, 0.3])), 0.0, of="log_sum_exp of log 0.2, log 0.5, log 0.3", atol=1e-9)
check.array(log_sum_exp(np.array([1000, 1000])), 1000 + np.log(2.0), of="log_sum_exp of integers", rtol=1e-9)
cube = np.log(np.arange(1.0, 25.0)).reshape(2, 3, 4)
for axis in (0, 1, -1):
    check.array(
        log_sum_exp(cube, axis=axis),
        np.log(np.exp(cube).sum(axis=axis)),
        of=f"log_sum_exp of an array of shape (2, 3, 4) along axis {axis}",
        rtol=1e-9,
        atol=1e-9,
    )
check.array(
    log_sum_exp(np.array([[-1e300, -1e300], [1e300, -1e300], [-1e300, -5.0]])),
    [-1e300, 1e300, -5.0],
    of="log_sum_exp of values near ±1e300",
    rtol=1e-9,
    causes={"a large number stands in for infinity, and it is not large enough": [-np.inf, 1e300, -5.0]},
)
### BEGIN HIDDEN TESTS
from scipy.special import logsumexp as reference  # noqa: E402

rng = np.random.default_rng(402)
# contract: "`values` holds integers or floats of any number of axes; the named axis disappears."
for size, axis in [((5,), 0), ((4, 3), 0), ((4, 3), 1), ((2, 3, 4), 1), ((2, 3, 4), 0), ((2, 3, 4), -1), ((1, 1), -2)]:
    for centre, spread in [(0.0, 1.0), (-5e4, 300.0), (3e5, 1e5), (40.0, 1e-8)]:
        drawn = rng.normal(centre, spread, size=size)
        of = f"log_sum_exp of shape {size} along axis {axis}"
        check.array(log_sum_exp(drawn, axis=axis), reference(drawn, axis=axis), of=of, rtol=1e-9, atol=1e-9)
drawn = rng.integers(-900, 900, size=(6, 5))
check.array(log_sum_exp(drawn), reference(drawn, axis=-1), of="log_sum_exp of integers", rtol=1e-9, atol=1e-9)
drawn = rng.integers(-100, 100, size=(6, 5)).astype(np.int8)
check.array(log_sum_exp(drawn), reference(drawn.astype(float), axis=-1), of="log_sum_exp of int8", rtol=1e-9, atol=1e-9)
# contract: "Values may be as far out as ±10³⁰⁰ and never overflow or underflow to a wrong answer."
drawn = np.array([[1e300, 1e300], [-1e300, -1e300], [1e300, -1e300], [-1e300, -5.0]])
check.array(log_sum_exp(drawn), [1e300, -1e300, 1e300, -5.0], of="log_sum_exp of values near ±1e300", rtol=1e-9)
# contract: "`values` is not written to."
drawn = rng.normal(size=(3, 4))
before = drawn.copy()
log_sum_exp(drawn, axis=0)
check.unchanged(drawn, before, of="values")
### END HIDDEN TESTS

# %% nbgrader={"grade": true, "grade_id": "w04-q2-log-sum-exp-edges", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
inf, nan = np.inf, np.nan
values = np.array(
    [[-inf, 1.0, 1.0], [-inf, -inf, -inf], [inf, 900.0, -inf], [nan, 900.0, -inf], [inf, inf, 0.0], [inf, nan, 0.0]]
)
with warnings.catch_warnings(record=True) as caught, np.errstate(all="warn", under="ignore"):
    warnings.simplefilter("always")
    result = log_sum_exp(values)
    nothing = log_sum_exp(np.zeros((2, 0)))
    nowhere = log_sum_exp(np.zeros((2, 0, 3)), axis=1)
warned = {str(warning.message) for warning in caught}
check.array(
    result,
    [1.0 + np.log(2.0), -inf, inf, nan, inf, nan],
    of="log_sum_exp of rows with -inf, inf and nan",
    shape="(n_rows,)",
    rtol=1e-9,
    causes={
        "-inf - (-inf) is nan: a row of zeros has the logarithm -inf": [1.0 + np.log(2.0), nan, inf, nan, inf, nan],
        "inf - inf is nan: subtract only what is finite": [1.0 + np.log(2.0), nan, nan, nan, nan, nan],
        "the nan was looked past": [1.0 + np.log(2.0), -inf, inf, 900.0, inf, inf],
        "the nan was looked past where there is an inf": [1.0 + np.log(2.0), -inf, inf, nan, inf, inf],
    },
)
check.array(nothing, [-inf, -inf], of="log_sum_exp of two rows without entries", shape="(n_rows,)")
check.array(nowhere, np.full((2, 3), -inf), of="log_sum_exp of an array of shape (2, 0, 3) along axis 1")
check.that(not warned, f"log_sum_exp: expected no warning for -inf, inf or nan, got {warned}")
### BEGIN HIDDEN TESTS
from scipy.special import logsumexp as reference  # noqa: E402

rng = np.random.default_rng(412)
# contract: "`-inf` is the logarithm of 0 and adds nothing. If all entries along the axis are `-inf`, or there are none,
# contract: the result is `-inf`. If one is `nan`, it is `nan`, whatever stands beside it. If one is `+inf` and none is
# contract: `nan`, it is `+inf`."
drawn = rng.normal(-2000.0, 500.0, size=(40, 6))
drawn[rng.random(drawn.shape) < 0.5] = -inf
drawn[3], drawn[4, 2], drawn[5, 1], drawn[6, :2] = -inf, inf, nan, [nan, inf]
for axis in (0, 1):
    table = drawn if axis == 1 else drawn.T
    with warnings.catch_warnings(record=True) as caught, np.errstate(all="warn", under="ignore"):
        warnings.simplefilter("always")
        result = log_sum_exp(table, axis=axis)
    with np.errstate(all="ignore"):
        expected = reference(drawn, axis=1)
    expected[6] = nan
    check.array(result, expected, of=f"log_sum_exp with infinities along axis {axis}", rtol=1e-9, atol=1e-9)
    # contract: "**No warning** in any of these cases."
    check.that(not caught, f"log_sum_exp: expected no warning, got {[str(one.message) for one in caught][:2]}")
check.array(log_sum_exp(np.zeros((0, 3)), axis=0), np.full(3, -inf), of="log_sum_exp of three empty columns")
check.array(log_sum_exp(np.zeros((0, 3)), axis=1), np.zeros(0), of="log_sum_exp of no rows")
check.array(log_sum_exp(np.array([-inf, -inf])), -inf, of="log_sum_exp of two zeros")
check.array(log_sum_exp(np.zeros(0)), -inf, of="log_sum_exp of nothing")
check.array(log_sum_exp(np.zeros((3, 2, 0))), np.full((3, 2), -inf), of="log_sum_exp of 3 × 2 empty rows")
check.array(log_sum_exp(np.zeros((0, 2, 3)), axis=1), np.zeros((0, 3)), of="log_sum_exp of no tables")
### END HIDDEN TESTS

# %% [markdown]
# ## 3 · A year of doctor visits, simulated and verified ●●○ · 30 min · 4 points
#
# Whoever simulates queues, claims or server load must make people differ, and must be able to *show* that the
# simulator does what it claims.
#
# Write two functions. **`simulate_visits(rng, mean, shape, n_people)`** draws a year's visits for each person. Every
# person has a rate of their own, drawn from a gamma distribution with that mean and shape (a gamma of shape $r$ and
# scale $s$ has mean $r s$), and their visits are Poisson with that rate. Then
#
# $$E[X] = m, \qquad \operatorname{var}(X) = m + \frac{m^2}{r}, \qquad P(X = 0) = \Big(1 + \frac{m}{r}\Big)^{-r}.$$
#
# - The result is an array of `n_people` counts, of any integer dtype that can hold them. `n_people` may be 0.
# - `mean` and `shape`, the gamma's own $r$, are above 0. A mean may be 5,000,000 (visits to a web page, say).
# - People are independent of each other.
# - **All chance comes from `rng`**: equal seeds give equal visits. NumPy's global state is left alone.
# - Any algorithm with this distribution will do.
#
# **`moment_z(sample, mean, variance)`** says how many standard errors a sample's mean and variance lie from what is
# claimed, as a pair `(z_mean, z_variance)`. The mean's standard error is $\sqrt{m_2/n}$, with
# $m_2 = \frac1n\sum_i (x_i - \bar x)^2$. And a variance is a mean too, of the squares $q_i = (x_i - \bar x)^2$. So
#
# $$z_{\text{mean}} = \frac{\bar x - \text{mean}}{\sqrt{m_2 / n}}, \qquad
# z_{\text{variance}} = \frac{m_2 - \text{variance}}{\sqrt{\frac1n\sum_i (q_i - m_2)^2 / n}} .$$
#
# - Every division is by $n$, never $n - 1$. `sample` holds integers of any width (beware of squares in `uint8`) or
#   floats, and is not written to. Both the values and the squares vary.
# - The squares of one value, or of two, cannot vary: for fewer than three values, raise a `ValueError` whose message
#   holds their number.
#
# `moment_z` is compared to a relative 1e-6 (1e-3 for values near 10⁶). The statistics of the simulation may miss by
# six standard errors.
#
# <details><summary>Hint 1 · the idea</summary>Two draws, one after the other: first a rate for each person, then the
# visits at that person's rate.</details>
# <details><summary>Hint 2 · the direction</summary><code>rng.gamma</code> takes a shape and a <em>scale</em>. Which
# scale gives the mean you want? <code>rng.poisson</code> accepts an array of rates.</details>
# <details><summary>Hint 3 · almost the code</summary>For <code>moment_z</code>, convert to <code>float</code> first.
# With <code>squares = (x - x.mean()) ** 2</code>, both z have the form (mean of something − claim) / (std of that
# something / √n).</details>


# %% nbgrader={"grade": false, "grade_id": "w04-q3-visits", "locked": false, "schema_version": 3, "solution": true, "task": false}
def simulate_visits(rng: np.random.Generator, mean: float, shape: float, n_people: int) -> NDArray[np.integer]:
    """Simulate a year's doctor visits of people whose rates differ.

    Parameters
    ----------
    rng : numpy.random.Generator
        Where all chance comes from.
    mean : float
        Expected visits a year over all people, above 0.
    shape : float
        Shape of the gamma distribution of the rates, above 0; the smaller, the more people differ.
    n_people : int
        Number of people, 0 or more.

    Returns
    -------
    array of integers of shape (n_people,)
        Visits of each person.

    Examples
    --------
    >>> simulate_visits(np.random.default_rng(0), 2.9, 0.7, 0).shape
    (0,)
    """
    ### BEGIN SOLUTION
    rates = rng.gamma(shape, mean / shape, size=n_people)
    return rng.poisson(rates)
    ### END SOLUTION


def moment_z(sample: NDArray[np.number], mean: float, variance: float) -> tuple[float, float]:
    """Count the standard errors between a sample's moments and the claimed ones.

    Parameters
    ----------
    sample : array of integers or floats of shape (n,)
        At least three values. Left as it is.
    mean, variance : float
        What is claimed of the distribution that the sample comes from.

    Returns
    -------
    tuple of two floats
        For the mean and for the variance: (observed − claimed) / standard error.

    Raises
    ------
    ValueError
        If there are fewer than three values; the message holds their number.

    Examples
    --------
    >>> z_mean, z_variance = moment_z(np.array([0, 0, 3, 5]), 1.0, 4.5)
    >>> round(float(z_mean), 3), round(float(z_variance), 3)
    (0.943, 0.0)
    """
    ### BEGIN SOLUTION
    if len(sample) < 3:
        raise ValueError(f"there are {len(sample)} values, and it takes three for their squares to vary")
    x = sample.astype(np.float64)
    squares = (x - x.mean()) ** 2
    root = np.sqrt(len(x))
    return (x.mean() - mean) / (x.std() / root), (squares.mean() - variance) / (squares.std() / root)
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "w04-q3-visits-test", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check.function(simulate_visits, name="simulate_visits", parameters=["rng", "mean", "shape", "n_people"])
visits = simulate_visits(np.random.default_rng(1), 3.0, 0.7, 500)
check.that(
    type(visits) is np.ndarray and visits.dtype.kind in "iu",
    "simulate_visits: expected an array of integers, "
    f"got {getattr(visits, 'dtype', type(visits).__name__)}; a visit is counted, not measured",
)
check.that(visits.shape == (500,), f"simulate_visits for 500 people: expected shape (500,), got {visits.shape}")
check.that(visits.min() >= 0, f"simulate_visits: expected no negative counts, got {visits.min()}")
check.same_given_seed(
    simulate_visits, mean=3.0, shape=0.7, n_people=300, of="simulate_visits(rng, 3.0, 0.7, 300)", seed=1
)
nobody = simulate_visits(np.random.default_rng(1), 3.0, 0.7, 0)
check.array(nobody, np.zeros(0, dtype=int), of="simulate_visits for nobody", shape="(n_people,)")
crowd = simulate_visits(np.random.default_rng(2), 5_000_000.0, 1e6, 50)
far = np.abs(crowd.astype(float) - 5_000_000.0) > 50_000.0  # nine standard deviations
check.that(
    crowd.shape == (50,) and not far.any(),
    f"with mean 5,000,000 and almost equal rates every count lies near it, but one is {crowd[far][:1]}: can its dtype "
    "hold it, and is the gamma's mean shape × scale?",
)
### BEGIN HIDDEN TESTS
# contract: "The result is an array of `n_people` counts, of any integer dtype that can hold them. `n_people` may be 0."
for n_people, seed in [(0, 5), (1, 6), (1000, 7)]:
    visits = simulate_visits(np.random.default_rng(seed), 0.4, 2.0, n_people)
    check.that(type(visits) is np.ndarray and visits.dtype.kind in "iu", "simulate_visits: expected integers")
    check.that(visits.shape == (n_people,), f"{n_people} people: expected shape {(n_people,)}, got {visits.shape}")
# contract: "**All chance comes from `rng`**: equal seeds give equal visits. NumPy's global state is left alone."
check.same_given_seed(simulate_visits, mean=9.0, shape=5.0, n_people=80, of="simulate_visits(rng, 9, 5, 80)", seed=31)
rng = np.random.default_rng(8)
first, second = simulate_visits(rng, 9.0, 5.0, 80), simulate_visits(rng, 9.0, 5.0, 80)
check.that(not np.array_equal(first, second), "a second call with the same rng gave the same visits: draw from rng")
### END HIDDEN TESTS

# %% [markdown]
# The next cell tests the distribution. Every tolerance in it is six standard errors of the statistic beside it. Read
# it: this is how a simulator is tested without demanding one particular algorithm.

# %% nbgrader={"grade": true, "grade_id": "w04-q3-visits-distribution", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
mean, shape, n_people = 3.0, 0.7, 40_000
visits = simulate_visits(np.random.default_rng(3), mean, shape, n_people)
check.that(
    type(visits) is np.ndarray and visits.shape == (n_people,),
    f"simulate_visits for 40,000 people: expected an array of shape (40000,), got {type(visits).__name__}",
)
visits = visits.astype(float)
variance = mean + mean**2 / shape
found, allowed = visits.mean(), 6 * np.sqrt(variance / n_people)
check.that(
    abs(found - mean) < allowed,
    f"mean visits: expected 3 ± {allowed:.2f}, got {found:.2f}; is there a rate for every person, and is the gamma's "
    "mean, shape × scale, the one wanted?",
)
# The variance is a mean of squares; their variance is 2σ⁴ plus σ⁴ times the excess kurtosis of this distribution.
kurtosis = 6 / shape + 1 / variance
found, allowed = visits.var(), 6 * variance * np.sqrt((2 + kurtosis) / n_people)
check.that(
    abs(found - variance) < allowed,
    f"variance of the visits: expected 15.9 ± {allowed:.1f}, got {found:.1f}; about 3 means that all people share one "
    "rate, about 12.9 that the Poisson step is missing",
)
nobody_goes = (1 + mean / shape) ** -shape
found, allowed = (visits == 0).mean(), 6 * np.sqrt(nobody_goes * (1 - nobody_goes) / n_people)
check.that(
    abs(found - nobody_goes) < allowed,
    f"share without a visit: expected {nobody_goes:.3f} ± {allowed:.3f}, got {found:.3f}",
)
# Independent people have covariance 0, whichever places apart; the product of two of them varies by the variance².
for apart in (1, n_people // 2):
    found = float(((visits[apart:] - mean) * (visits[:-apart] - mean)).mean())
    allowed = 6 * variance / np.sqrt(n_people - apart)
    check.that(
        abs(found) < allowed,
        f"people {apart:,} places apart: expected covariance 0 ± {allowed:.2f}, got {found:.2f}; people must be "
        "independent, each with a rate of their own",
    )
### BEGIN HIDDEN TESTS
from scipy import stats  # noqa: E402

n_people = 40_000
for seed, mean, shape in [(41, 2.86, 0.68), (42, 5.0, 1.0), (43, 0.6, 3.0), (44, 12.0, 8.0), (45, 1.5, 0.3)]:
    # contract: "Every person has a rate of their own, drawn from a gamma distribution with that mean and shape"
    # contract: "and their visits are Poisson with that rate"
    law = stats.nbinom(shape, shape / (shape + mean))
    visits = simulate_visits(np.random.default_rng(seed), mean, shape, n_people)
    _, variance, _, kurtosis = (float(number) for number in law.stats(moments="mvsk"))
    for name, found, expected, error in [
        ("mean", visits.mean(), mean, np.sqrt(variance / n_people)),
        ("variance", visits.astype(float).var(), variance, variance * np.sqrt((2 + kurtosis) / n_people)),
    ]:
        check.that(
            abs(found - expected) < 6 * error,
            f"{name} of visits with mean {mean}, shape {shape}: expected {expected:.3f} ± {6 * error:.3f}, got {found:.3f}",
        )
    for count in range(30):
        chance = float(law.pmf(count))
        if chance * n_people < 100:  # rarer counts are not near enough to normal for six standard errors to be rare
            continue
        found, error = float((visits == count).mean()), np.sqrt(chance * (1 - chance) / n_people)
        check.that(
            abs(found - chance) < 6 * error,
            f"share of people with {count} visits (mean {mean}, shape {shape}): expected {chance:.4f} ± "
            f"{6 * error:.4f}, got {found:.4f}",
        )
    # contract: "People are independent of each other."
    centred = visits - mean
    for lag in (1, 2, 3, 10, n_people // 2):
        together = float((centred[lag:] * centred[:-lag]).mean())
        allowed = 6 * variance / np.sqrt(n_people - lag)
        check.that(
            abs(together) < allowed,
            f"people {lag} places apart should be independent, but their covariance is {together:.3f}, not 0 ± "
            f"{allowed:.3f}",
        )
# A draw that all people share shows between runs: the means of many small runs must spread as independent people do.
means = np.array([simulate_visits(np.random.default_rng(500 + k), 3.0, 0.7, 40).mean() for k in range(800)])
expected, allowed = (3.0 + 9.0 / 0.7) / 40, 6 * (3.0 + 9.0 / 0.7) / 40 * np.sqrt(2.5 / 800)
check.that(
    abs(means.var() - expected) < allowed,
    f"the means of 800 runs of 40 people should vary by {expected:.3f} ± {allowed:.3f} and vary by {means.var():.3f}: "
    "people must be independent",
)
### END HIDDEN TESTS

# %% nbgrader={"grade": true, "grade_id": "w04-q3-visits-verify", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
sample = np.array([0, 0, 3, 5])
before = sample.copy()
pair = moment_z(sample, 1.0, 3.0)
check.unchanged(sample, before, of="sample")
check.that(
    type(pair) in (tuple, list) and len(pair) == 2,
    f"moment_z: expected a pair (z_mean, z_variance), got {type(pair).__name__}",
)
check.number(
    pair[0],
    1.0 / np.sqrt(4.5 / 4),
    of="z_mean of 0, 0, 3, 5 against mean 1",
    rtol=1e-6,
    causes={
        "this divides by n - 1: the text asks for n": 1.0 / np.sqrt(6.0 / 4),
        "this divides by the spread of one value: the standard error of a mean is smaller by √n": 1.0 / np.sqrt(4.5),
        "claimed minus observed: the sign is the other way round": -1.0 / np.sqrt(4.5 / 4),
        "this divides by the squared standard error: take the root": 1.0 / (4.5 / 4),
        "the claimed variance was used for the standard error: the sample has its own": 1.0 / np.sqrt(3.0 / 4),
    },
)
squares = np.array([4.0, 4.0, 1.0, 9.0])
check.number(
    pair[1],
    1.5 / (squares.std() / 2.0),
    of="z_variance of 0, 0, 3, 5 against variance 3",
    rtol=1e-6,
    causes={
        "this divides by n - 1: the text asks for n": 3.0 / (squares.std(ddof=1) / 2.0),
        "the standard error of the mean was used for the variance": 1.5 / np.sqrt(4.5 / 4),
        "this divides by the spread of one square: its mean varies less by √n": 1.5 / squares.std(),
        "the standard error of a normal sample was used, which visits are not": 1.5 / (4.5 * np.sqrt(2 / 4)),
    },
)
bytes_pair = moment_z(np.array([0, 40, 200, 250], dtype=np.uint8), 100.0, 10_000.0)
check.number(
    bytes_pair[0], 22.5 / np.sqrt(11_018.75 / 4), of="z_mean of the bytes 0, 40, 200, 250 against mean 100", rtol=1e-6
)
squares = (np.array([0.0, 40.0, 200.0, 250.0]) - 122.5) ** 2
check.number(
    bytes_pair[1],
    1_018.75 / (squares.std() / 2.0),
    of="z_variance of the uint8 values 0, 40, 200, 250 (convert them first: a byte ends at 255)",
    rtol=1e-6,
)
far_away = np.array([0.1, 0.7, 1.3, 2.9, 4.2])
squares = (far_away - far_away.mean()) ** 2
check.number(
    moment_z(1e6 + far_away, 1e6, 2.2)[1],
    (squares.mean() - 2.2) / (squares.std() / np.sqrt(5)),
    of="z_variance of values near a million (subtract the mean before you square)",
    rtol=1e-3,
)
check.raises(ValueError, moment_z, np.array([3.0]), 1.0, 1.0, mentions=["1"])
check.raises(ValueError, moment_z, np.array([3.0, 5.0]), 1.0, 1.0, mentions=["2"])
check.raises(ValueError, moment_z, np.array([]), 1.0, 1.0, mentions=["0"])
### BEGIN HIDDEN TESTS
import math  # noqa: E402

rng = np.random.default_rng(413)
# contract: "Every division is by $n$, never $n - 1$. `sample` holds integers of any width (beware of squares in
# contract: `uint8`) or floats, and is not written to."
for dtype, n_values, claim in [(np.uint8, 7, 90.0), (np.int8, 3, 0.0), (np.int16, 50, 1e3), (np.float32, 9, 1.0)]:
    drawn = rng.integers(0, 120, size=n_values).astype(dtype)
    drawn[0] = 119
    before = drawn.copy()
    x = [float(value) for value in drawn]
    middle = sum(x) / n_values
    squares = [(value - middle) ** 2 for value in x]
    m2 = sum(squares) / n_values
    m4 = sum((square - m2) ** 2 for square in squares) / n_values
    pair = moment_z(drawn, claim, 400.0)
    name = f"{n_values} values of {np.dtype(dtype)}"
    check.number(pair[0], (middle - claim) / math.sqrt(m2 / n_values), of=f"z_mean of {name}", rtol=1e-6)
    check.number(pair[1], (m2 - 400.0) / math.sqrt(m4 / n_values), of=f"z_variance of {name}", rtol=1e-6)
    check.unchanged(drawn, before, of="sample")
# contract: "(1e-3 for values near 10⁶)"
drawn = 1e6 + rng.normal(size=400)
near = drawn - 1e6
expected = (near.var() - 1.3) / (((near - near.mean()) ** 2).std() / 20.0)
check.number(moment_z(drawn, 1e6, 1.3)[1], expected, of="z_variance of values near a million", rtol=1e-3)
# contract: "raise a `ValueError` whose message holds their number"
check.raises(ValueError, moment_z, np.array([7]), 5.0, 5.0, mentions=["1"])
pair = moment_z(np.array([0.0, 1.0, 5.0]), 2.0, 4.0)
check.number(pair[0], 0.0, of="z_mean of a sample that hits the claim", atol=1e-9)
# On a sample from the claimed distribution both z are about standard normal: six is out of reach.
good = moment_z(rng.exponential(2.0, size=50_000), 2.0, 4.0)
check.that(max(abs(z) for z in good) < 6.0, f"an honest claim should lie within 6 standard errors, got {good}")
### END HIDDEN TESTS

# %% [markdown]
# **Does it look like people?** The bars are the RAND record, the line is your simulation with its mean and a shape of
# 0.68 (exercise 6 finds that number). Above ten visits the axis would be empty but for a thin tail, so it ends there.

# %% tags=["only-draws"]
record = load("randhie", quiet=True)["mdvis"].to_numpy()
simulated = attempt(simulate_visits, np.random.default_rng(2024), record.mean(), 0.68, record.size)
fig, ax = plt.subplots(figsize=(8, 4))
ax.bar(range(11), np.bincount(record)[:11] / record.size, color=plotting.PALETTE["sky"], label="20,190 records")
if simulated is None:
    leave_room(ax, "your simulation will stand here")
else:
    shares = np.bincount(simulated, minlength=11)[:11] / simulated.size
    ax.plot(range(11), shares, "o-", color=plotting.PALETTE["vermillion"], label="as many simulated people")
ax.set(title="Doctor visits in a year", xlabel="visits", ylabel="share of people")
ax.legend()
plt.show()

# %% [markdown]
# ## 4 · A covariance nobody sent you ●●○ · 25 min · 3 points
#
# Data lives in several places (shards, hospitals, phones) and often may not leave them, but each place can send its
# count, its means and its covariance; scalers and PCA need the covariance of everything together.
#
# Write `pooled_moments(counts, means, covariances)`: the mean and covariance of the union of all groups, computed
# from the groups' moments alone, as a pair `(mean, covariance)`. With weights $w_g = n_g / n$,
#
# $$\mu = \sum_g w_g\,\mu_g, \qquad
# \Sigma = \underbrace{\sum_g w_g\,\Sigma_g}_{\text{within groups}} +
# \underbrace{\sum_g w_g\,(\mu_g - \mu)(\mu_g - \mu)^{\mathsf T}}_{\text{between groups}} .$$
#
# - Every covariance, given or returned, divides by the number of rows, not by one less (`ddof=0`). The result is exact,
#   not an approximation.
# - **A group may have no rows.** Its mean and covariance are then `nan`, and it must not matter.
# - If no group has a row, raise a `ValueError` whose message holds the words *no rows*.
# - Means may be near 10⁸ with variances near 1: then $E[xx^{\mathsf T}] - \mu\mu^{\mathsf T}$ is worth nothing in
#   floating point, and the formula above is. (Compute in `float64`: `float32` cannot tell 10⁸ + 3 from 10⁸.)
# - No input is written to, the `nan` of empty groups included. Loops over groups are allowed.
#
# Results are compared to a relative and absolute 1e-6; in the case of means near 10⁸, covariances to 1e-3.
#
# <details><summary>Hint 1 · the idea</summary>A row's distance from the overall mean has two parts: to its group's
# mean, and from there to the overall mean. The cross terms cancel.</details>
# <details><summary>Hint 2 · the direction</summary><code>0 * nan</code> is <code>nan</code>, so a weight of 0 does not
# hide an empty group: leave it out before you compute.</details>
# <details><summary>Hint 3 · almost the code</summary>In a loop over the groups with rows, add
# <code>w * (covariance + np.outer(apart, apart))</code>, where <code>apart</code> is the group's mean minus the overall
# mean, which you must know first.</details>


# %% nbgrader={"grade": false, "grade_id": "w04-q4-pooled", "locked": false, "schema_version": 3, "solution": true, "task": false}
def pooled_moments(
    counts: NDArray[np.integer], means: NDArray[np.floating], covariances: NDArray[np.floating]
) -> tuple[NDArray[np.floating], NDArray[np.floating]]:
    """Mean and covariance of the union of groups, from the moments of each.

    Parameters
    ----------
    counts : array of integers of shape (n_groups,)
        Rows in each group; may be 0.
    means : array of floats of shape (n_groups, n_features)
        Mean of each group; ``nan`` for a group without rows.
    covariances : array of floats of shape (n_groups, n_features, n_features)
        Covariance of each group, divided by its count; ``nan`` for a group without rows.

    Returns
    -------
    tuple of two arrays of floats, of shapes (n_features,) and (n_features, n_features)
        Mean and covariance (divided by the number of rows) of all rows together.

    Raises
    ------
    ValueError
        If there are no rows in any group; the message holds the words *no rows*.

    Examples
    --------
    >>> mean, covariance = pooled_moments(np.array([1, 3]), np.array([[0.0], [4.0]]), np.zeros((2, 1, 1)))
    >>> mean, covariance
    (array([3.]), array([[3.]]))
    """
    ### BEGIN SOLUTION
    filled = counts > 0
    if not filled.any():
        raise ValueError("there are no rows: every group is empty, so nothing has a mean")
    weights = counts[filled] / counts.sum()
    mean = weights @ means[filled]
    apart = means[filled] - mean
    within = np.tensordot(weights, covariances[filled], axes=1)
    between = (weights[:, None] * apart).T @ apart
    return mean, within + between
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "w04-q4-pooled-test", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
counts = np.array([1, 3])
means = np.array([[0.0, 2.0], [4.0, 6.0]])
covariances = np.array([[[0.0, 0.0], [0.0, 0.0]], [[2.0, 1.0], [1.0, 4.0]]])
before = counts.copy(), means.copy(), covariances.copy()
pair = pooled_moments(counts, means, covariances)
for name, array, kept in zip(("counts", "means", "covariances"), (counts, means, covariances), before, strict=True):
    check.unchanged(array, kept, of=name)
check.that(
    type(pair) in (tuple, list) and len(pair) == 2,
    f"pooled_moments: expected a pair (mean, covariance), got {type(pair).__name__}",
)
check.array(
    pair[0],
    [3.0, 5.0],
    of="mean of both groups",
    shape="(n_features,)",
    rtol=1e-6,
    atol=1e-6,
    causes={"the groups were given equal weight: a group of three rows counts three times": [2.0, 4.0]},
)
check.array(
    pair[1],
    [[4.5, 3.75], [3.75, 6.0]],
    of="covariance of both groups",
    shape="(n_features, n_features)",
    rtol=1e-6,
    atol=1e-6,
    causes={
        "this is the mean of the covariances: the distance between the groups is missing": [[1.5, 0.75], [0.75, 3.0]],
        "only the distance between the groups counts here: their own spread is missing": [[3.0, 3.0], [3.0, 3.0]],
        "the groups were given equal weight": [[5.0, 4.5], [4.5, 6.0]],
        "this divides by n - 1: the text asks for n": [[6.0, 5.0], [5.0, 8.0]],
    },
)
### BEGIN HIDDEN TESTS
rng = np.random.default_rng(404)
# contract: "the mean and covariance of the union of all groups"
# contract: "Every covariance, given or returned, divides by the number of rows, not by one less (`ddof=0`)."
for sizes, n_features in [([5], 1), ([1, 1], 2), ([40, 3, 200], 4), ([2, 2, 2, 9, 30], 3), ([1, 90], 6)]:
    groups = [rng.normal(rng.normal(scale=5.0), rng.random() + 0.2, size=(size, n_features)) for size in sizes]
    rows = np.vstack(groups)
    expected = np.cov(rows, rowvar=False, bias=True).reshape(n_features, n_features)
    inputs = (
        np.array(sizes),
        np.array([group.mean(axis=0) for group in groups]),
        np.array([np.atleast_2d(np.cov(group, rowvar=False, bias=True)) for group in groups]),
    )
    kept = [array.copy() for array in inputs]
    mean, covariance = pooled_moments(*inputs)
    of = f"of groups of {sizes} rows with {n_features} columns"
    check.array(mean, rows.mean(axis=0), of=f"mean {of}", shape="(n_features,)", rtol=1e-6, atol=1e-6)
    check.array(covariance, expected, of=f"covariance {of}", shape="(n_features, n_features)", rtol=1e-6, atol=1e-6)
    # contract: "No input is written to, the `nan` of empty groups included."
    for name, array, copy in zip(("counts", "means", "covariances"), inputs, kept, strict=True):
        check.unchanged(array, copy, of=name)
### END HIDDEN TESTS

# %% nbgrader={"grade": true, "grade_id": "w04-q4-pooled-edges", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
nan = np.nan
counts = np.array([2, 0, 6])
means, covariances = np.array([[0.0], [nan], [8.0]]), np.array([[[4.0]], [[nan]], [[0.0]]])
before = counts.copy(), means.copy(), covariances.copy()
mean, covariance = pooled_moments(counts, means, covariances)
for name, array, kept in zip(("counts", "means", "covariances"), (counts, means, covariances), before, strict=True):
    check.unchanged(array, kept, of=f"{name} with an empty group")
check.array(
    mean,
    [6.0],
    of="mean of groups of 2, 0 and 6 rows",
    rtol=1e-6,
    causes={"0 · nan is nan: leave groups without rows out": [nan], "the groups were given equal weight": [4.0]},
)
check.array(covariance, [[13.0]], of="covariance of groups of 2, 0 and 6 rows", rtol=1e-6)
check.raises(
    ValueError, pooled_moments, np.array([0, 0]), np.full((2, 1), nan), np.full((2, 1, 1), nan), mentions=["no rows"]
)
means = np.array([[1e8], [1e8 + 3.0]])
mean, covariance = pooled_moments(np.array([10, 20]), means, np.array([[[1.0]], [[2.0]]]))
name = "covariance of two groups near 100,000,000, three units apart"
check.array(covariance, [[11 / 3]], of=name, rtol=0.0, atol=40.0)  # type and shape; the value follows
narrow = covariance.dtype == np.float32 or abs(float(covariance[0, 0]) - 5 / 3) < 1e-3
check.that(
    abs(float(covariance[0, 0]) - 11 / 3) < 1e-3,
    f"{name}: expected 3.667, got {float(covariance[0, 0]):.3f}; "
    + (
        "float32 cannot tell the two means apart: compute in float64"
        if narrow
        else "a difference of two squares near 10¹⁶ keeps no digit of it: subtract the overall mean from the groups' first"
    ),
)
### BEGIN HIDDEN TESTS
rng = np.random.default_rng(414)
# contract: "**A group may have no rows.** Its mean and covariance are then `nan`, and it must not matter."
for sizes in ([0, 7], [7, 0, 0, 5], [3, 0, 1]):
    groups = [rng.normal(rng.normal(), 1.0, size=(size, 2)) for size in sizes]
    rows = np.vstack(groups)
    means = np.array([group.mean(axis=0) if len(group) else [nan, nan] for group in groups])
    covariances = np.array(
        [np.cov(group, rowvar=False, bias=True) if len(group) else np.full((2, 2), nan) for group in groups]
    )
    kept = means.copy(), covariances.copy()
    mean, covariance = pooled_moments(np.array(sizes), means, covariances)
    # contract: "No input is written to, the `nan` of empty groups included."
    check.unchanged(means, kept[0], of="means with empty groups")
    check.unchanged(covariances, kept[1], of="covariances with empty groups")
    check.array(mean, rows.mean(axis=0), of=f"mean of groups of {sizes} rows", rtol=1e-6, atol=1e-6)
    check.array(
        covariance,
        np.cov(rows, rowvar=False, bias=True),
        of=f"covariance of groups of {sizes} rows",
        rtol=1e-6,
        atol=1e-6,
    )
# contract: "raise a `ValueError` whose message holds the words *no rows*"
empty = np.zeros(3, dtype=int), np.full((3, 2), nan), np.full((3, 2, 2), nan)
check.raises(ValueError, pooled_moments, *empty, mentions=["no rows"])
# contract: "Means may be near 10⁸ with variances near 1"
offsets = np.array([[0.0, 1.0], [3.0, -2.0], [1.0, 4.0]])
spreads = np.array([np.eye(2), 2.0 * np.eye(2), [[1.0, 0.5], [0.5, 1.0]]])
sizes = np.array([20, 50, 30])
_, near = pooled_moments(sizes, offsets, spreads)
mean, covariance = pooled_moments(sizes, offsets + 1e8, spreads)
check.array(covariance, near, of="covariance of groups moved to 10⁸", rtol=1e-3, atol=1e-3)
check.array(mean, sizes @ offsets / 100 + 1e8, of="mean of groups moved to 10⁸", rtol=1e-6)
### END HIDDEN TESTS

# %% [markdown]
# On the record: the four health groups of the RAND experiment send only their moments of visits and of chronic disease.

# %% nbgrader={"grade": true, "grade_id": "w04-q4-pooled-record", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
people = load("randhie", quiet=True)
columns = people[["mdvis", "disea"]].to_numpy()
health = (people["hlthg"] + 2 * people["hlthf"] + 3 * people["hlthp"]).to_numpy()
groups = [columns[health == level] for level in range(4)]
counts = np.array([len(group) for group in groups])
means = np.array([group.mean(axis=0) for group in groups])
covariances = np.array([np.cov(group, rowvar=False, bias=True) for group in groups])
mean, covariance = pooled_moments(counts, means, covariances)
check.array(mean, columns.mean(axis=0), of="mean of visits and disease", rtol=1e-6)
check.array(
    covariance,
    np.cov(columns, rowvar=False, bias=True),
    of="covariance of visits and disease",
    shape="(n_features, n_features)",
    rtol=1e-6,
    causes={
        "the distance between the groups is missing": np.tensordot(counts / counts.sum(), covariances, axes=1),
        "this divides by n - 1: the text asks for n": np.cov(columns, rowvar=False),
    },
)
### BEGIN HIDDEN TESTS
# contract: "The result is exact, not an approximation."
plans = people["lncoins"].to_numpy()
columns = people[["mdvis", "disea", "physlm", "lpi"]].to_numpy()
groups = [columns[plans == plan] for plan in np.unique(plans)]
mean, covariance = pooled_moments(
    np.array([len(group) for group in groups]),
    np.array([group.mean(axis=0) for group in groups]),
    np.array([np.cov(group, rowvar=False, bias=True) for group in groups]),
)
check.array(mean, columns.mean(axis=0), of="mean over the insurance plans", rtol=1e-6)
check.array(covariance, np.cov(columns, rowvar=False, bias=True), of="covariance over the plans", rtol=1e-6)
### END HIDDEN TESTS

# %% [markdown]
# ## 5 · A guess that states its error ●●○ · 25 min · 3 points
#
# A Monte Carlo estimate without its standard error is an opinion; with it, you know which digits to print and how
# much computing the next digit costs.
#
# Write two functions. **`monte_carlo(draw, n_draws, rng, batch=10_000)`** estimates an expectation by averaging
# draws, and returns the pair `(estimate, standard_error)`:
#
# $$\hat\mu = \frac1n\sum_i y_i, \qquad \mathrm{se} = \frac{s}{\sqrt n}, \qquad
# s^2 = \frac{1}{n-1}\sum_i (y_i - \hat\mu)^2 .$$
#
# - `draw(rng, size)` returns an array of `size` independent values: floats, integers of any width, or booleans (an
#   event, whose mean is its probability). Pass on the `rng` you were given.
# - Draw **exactly** `n_draws` values, and never more than `batch` in one call: a draw may need a megabyte while it is
#   made. Every call asks for at least one.
# - `n_draws` below 2 (0 and negative ones too) or `batch` below 1: raise a `ValueError` whose message holds the number;
#   if both are wrong, either will do.
# - Values may lie near 10⁸ and vary by 1: average in `float64`, and never subtract two large sums of squares. Values
#   that do not vary have standard error 0.
#
# **`draws_needed(standard_error, n_draws, target)`** plans the real run: a pilot run of `n_draws` had this standard
# error; how many draws in all bring it down to `target`? Return the smallest `int` that should do, never below 2: where
# 111.1 draws would do, 112 do and 111 do not. A `target` that is not above 0, negative ones included, is a mistake:
# raise a `ValueError` whose message holds the word *target*. (It is never `nan`.) A larger `target` than the pilot's
# error needs fewer draws.
#
# `monte_carlo` is compared to a relative 1e-6 (1e-3 for standard errors of values near 10⁸), a standard error of 0 to an
# absolute 1e-6, since a mean of equal values may be off by rounding. `draws_needed` may be one off where the answer is
# a whole number before rounding, as in the example.
# <!-- worked out: 111.1 = 10 * (1 / 0.3) ** 2; 111 = 112 - 1 -->
#
# <details><summary>Hint 1 · the idea</summary>Collect the batches, then it is a mean and a standard deviation. The last
# batch is shorter if <code>n_draws</code> is no multiple of <code>batch</code>.</details>
# <details><summary>Hint 2 · the direction</summary>Ask each time for the smaller of <code>batch</code> and what is still
# missing. Which <code>ddof</code> divides by n − 1? For the planning: the error shrinks as 1/√n, so what does half the
# error cost?</details>
# <details><summary>Hint 3 · almost the code</summary>Join with <code>np.concatenate</code> and turn into
# <code>float64</code> before you average. <code>math.ceil</code> rounds up and returns an
# <code>int</code>.</details>


# %% nbgrader={"grade": false, "grade_id": "w04-q5-monte-carlo", "locked": false, "schema_version": 3, "solution": true, "task": false}
def monte_carlo(
    draw: Callable[[np.random.Generator, int], NDArray], n_draws: int, rng: np.random.Generator, batch: int = 10_000
) -> tuple[float, float]:
    """Estimate an expectation from random draws, with the standard error of the estimate.

    Parameters
    ----------
    draw : callable
        ``draw(rng, size)`` returns an array of `size` independent values: floats, integers or booleans.
    n_draws : int
        How many values to average, at least 2.
    rng : numpy.random.Generator
        Where all chance comes from; passed on to `draw`.
    batch : int, default 10,000
        The most values that one call of `draw` may be asked for, at least 1.

    Returns
    -------
    tuple of two floats
        The estimate and its standard error, in the unit of the values.

    Raises
    ------
    ValueError
        If `n_draws` is below 2 or `batch` below 1; the message holds the number.

    Examples
    --------
    >>> monte_carlo(lambda rng, size: np.full(size, 2.5), 30, np.random.default_rng(0))
    (2.5, 0.0)
    """
    ### BEGIN SOLUTION
    if n_draws < 2:
        raise ValueError(f"n_draws is {n_draws}: a standard error needs at least 2 draws")
    if batch < 1:
        raise ValueError(f"batch is {batch}: a call of draw must ask for at least 1 value")
    sizes = [min(batch, n_draws - start) for start in range(0, n_draws, batch)]
    values = np.concatenate([draw(rng, size) for size in sizes]).astype(np.float64)
    return float(values.mean()), float(values.std(ddof=1) / np.sqrt(n_draws))
    ### END SOLUTION


def draws_needed(standard_error: float, n_draws: int, target: float) -> int:
    """Plan how many draws bring a standard error down to a target.

    Parameters
    ----------
    standard_error : float
        That of a pilot run, 0 or more.
    n_draws : int
        How many draws the pilot run made.
    target : float
        The standard error wanted, above 0, in the same unit.

    Returns
    -------
    int
        Draws in all, at least 2.

    Raises
    ------
    ValueError
        If `target` is not above 0; the message holds the word *target*.

    Examples
    --------
    >>> draws_needed(0.5, 100, 0.25)
    400
    """
    ### BEGIN SOLUTION
    if target <= 0:
        raise ValueError(f"the target is {target}: no number of draws reaches a standard error of 0 or less")
    return max(2, int(np.ceil(n_draws * (standard_error / target) ** 2)))
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "w04-q5-monte-carlo-test", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
given = np.random.default_rng(5)
asked: list[int] = []
made: list[np.ndarray] = []
own_generators = []


def recorded(rng: np.random.Generator, size: int) -> np.ndarray:
    """Draw, and remember what was asked for and what came."""
    asked.append(int(size))
    own_generators.append(rng is not given)
    made.append(given.exponential(3.0, size=int(size)))
    return made[-1].copy()


pair = monte_carlo(recorded, 25, given, 10)
check.that(
    type(pair) in (tuple, list) and len(pair) == 2,
    f"monte_carlo: expected a pair (estimate, standard_error), got {type(pair).__name__}",
)
check.that(sum(asked) == 25, f"monte_carlo of 25 draws: expected 25 values to be drawn, got {sum(asked)} in {asked}")
check.that(
    max(asked) <= 10, f"monte_carlo with batch=10: expected at most 10 values a call, but {max(asked)} were asked for"
)
check.that(min(asked) >= 1, f"monte_carlo: a call of draw asked for {min(asked)} values; ask only for what is missing")
check.that(not any(own_generators), "monte_carlo: draw was given another generator; pass on the rng you were given")
values = np.concatenate(made)
s = values.std(ddof=1)
check.number(
    pair[0],
    values.mean(),
    of="estimate of 25 draws in batches of 10",
    rtol=1e-6,
    causes={"the batches were given equal weight, but the last one is shorter": np.mean([b.mean() for b in made])},
)
check.number(
    pair[1],
    s / 5.0,
    of="standard error of 25 draws",
    rtol=1e-6,
    causes={
        "this is the spread of one value: the mean of n varies less by √n": s,
        "this divides by n instead of by its root": s / 25.0,
        "s² divides by n - 1 (ddof=1), and this divides by n": values.std() / 5.0,
        "this is the squared standard error: take the root": s**2 / 25.0,
        "these are the batch means' deviations: use those of the values": np.std([b.mean() for b in made], ddof=1)
        / np.sqrt(3),
    },
)
event = np.array([True, False, False, True, True])
estimate, error = monte_carlo(lambda rng, size: event[:size], 5, np.random.default_rng(0))
check.number(estimate, 0.6, of="probability of an event that came in 3 of 5 draws", rtol=1e-6)
check.number(error, np.sqrt(0.6 * 0.4 / 4), of="its standard error", rtol=1e-6)
estimate, error = monte_carlo(lambda rng, size: event[:size], 2, np.random.default_rng(0), 1)
check.number(error, 0.0, of="standard error of two equal values, drawn one by one", atol=1e-6)
near = np.array([0.5, -1.0, 0.25, 1.5, -0.5, 2.0])
estimate, error = monte_carlo(lambda rng, size: 1e8 + near[:size], 6, np.random.default_rng(0))
check.number(estimate, 1e8 + near.mean(), of="estimate of values near 10⁸", rtol=1e-6)
check.number(
    error,
    near.std(ddof=1) / np.sqrt(6),
    of="standard error of values near 10⁸ (neither float32 nor a difference of large sums keeps their digits)",
    rtol=1e-3,
)
for n_draws in (1, 0, -3):
    check.raises(ValueError, monte_carlo, recorded, n_draws, given, mentions=[str(n_draws)])
for batch in (0, -2):
    check.raises(ValueError, monte_carlo, recorded, 10, given, batch, mentions=[str(batch)])
### BEGIN HIDDEN TESTS
import inspect  # noqa: E402

# contract: "Draw **exactly** `n_draws` values, and never more than `batch` in one call"
# contract: "Every call asks for at least one."
for n_draws, batch in [(2, 1), (7, 7), (20, 10), (21, 10), (19, 10), (5, 1000), (3, 2)]:
    asked.clear(), made.clear(), own_generators.clear()
    estimate, error = monte_carlo(recorded, n_draws, given, batch)
    of = f"{n_draws} draws in batches of {batch}"
    check.that(sum(asked) == n_draws and min(asked) >= 1 and max(asked) <= batch, f"{of}: asked for {asked}")
    # contract: "Pass on the `rng` you were given."
    check.that(not any(own_generators), "monte_carlo: draw was given another generator")
    values = np.concatenate(made)
    check.number(estimate, values.mean(), of=f"estimate of {of}", rtol=1e-6)
    check.number(error, values.std(ddof=1) / np.sqrt(n_draws), of=f"standard error of {of}", rtol=1e-6)
default = inspect.signature(monte_carlo).parameters["batch"].default
# contract: "batch : int, default 10,000"
check.that(default == 10_000, f"monte_carlo: expected batch=10_000 as the default, got {default}")
asked.clear(), made.clear()
monte_carlo(recorded, 25_000, given)
check.that(max(asked) <= 10_000, f"monte_carlo: by default at most 10,000 values a call, got {max(asked)}")
check.that(sum(asked) == 25_000, f"monte_carlo of 25,000 draws: got {sum(asked)}")
# contract: "floats, integers of any width, or booleans (an event, whose mean is its probability)"
remaining: list[np.ndarray] = []


def handed_out(rng: np.random.Generator, size: int) -> np.ndarray:
    """Hand out the next of the remaining values."""
    values = remaining.pop()
    remaining.append(values[size:])
    return values[:size]


for dtype in (np.uint8, np.int8, np.int16, np.bool_, np.float32):
    values = given.integers(0, 120, size=40).astype(dtype)
    remaining[:] = [values]
    estimate, error = monte_carlo(handed_out, 40, given, 13)
    exact = values.astype(float)
    check.number(estimate, exact.mean(), of=f"estimate of {values.dtype} values", rtol=1e-6)
    check.number(error, exact.std(ddof=1) / np.sqrt(40), of=f"standard error of {values.dtype} values", rtol=1e-6)
# contract: "Values may lie near 10⁸ and vary by 1: average in `float64`, and never subtract two large sums of squares."
# contract: "Values that do not vary have standard error 0."
values = 1e8 + given.normal(size=50)
estimate, error = monte_carlo(lambda rng, size: values[:size], 50, given)
check.number(estimate, values.mean(), of="estimate of values near 10⁸", rtol=1e-6)
check.number(error, (values - 1e8).std(ddof=1) / np.sqrt(50), of="standard error of values near 10⁸", rtol=1e-3)
estimate, error = monte_carlo(lambda rng, size: np.full(size, 0.1), 30, given, 4)
check.number(estimate, 0.1, of="estimate of equal values", rtol=1e-6)
check.number(error, 0.0, of="standard error of equal values", atol=1e-6)
# contract: "`n_draws` below 2 (0 and negative ones too) or `batch` below 1: raise a `ValueError` whose message holds the
# contract: number"
for n_draws, batch, wrong in [(1, 50, 1), (0, 50, 0), (-3, 50, -3), (50, 0, 0), (50, -7, -7)]:
    check.raises(ValueError, monte_carlo, recorded, n_draws, given, batch, mentions=[str(wrong)])
### END HIDDEN TESTS

# %% [markdown]
# **On the record.** A small practice signs up 40 people from the RAND record, drawn at random, and has time for 150
# visits in the year. How likely is it that they need more? The exact answer needs a 40-fold convolution, which the
# check computes. Your function needs a coin to throw.

# %% nbgrader={"grade": true, "grade_id": "w04-q5-monte-carlo-record", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
visits = load("randhie", quiet=True)["mdvis"].to_numpy()


def overrun(rng: np.random.Generator, size: int) -> np.ndarray:
    """Tell for each of `size` practices of 40 people whether they need more than 150 visits."""
    return rng.choice(visits, size=(size, 40)).sum(axis=1) > 150


shares = np.bincount(visits) / visits.size
of_forty = np.fft.irfft(np.fft.rfft(shares, 4096) ** 40, 4096)  # 40 people have at most 40 · 77 = 3,080 visits
exact = of_forty[151:].sum()
estimate, error = monte_carlo(overrun, 20_000, np.random.default_rng(15), batch=2_000)
check.number(
    error,
    np.sqrt(estimate * (1 - estimate) / 19_999),
    of="standard error of a probability from 20,000 draws",
    rtol=1e-6,
)
check.that(
    abs(estimate - exact) < 6 * error,
    f"the practice needs more than 150 visits with probability {exact:.4f}; yours is {estimate:.4f} ± {error:.4f}, "
    "more than six standard errors away",
)
### BEGIN HIDDEN TESTS
# contract: "Draw **exactly** `n_draws` values"
# Over many runs, the error in standard errors must spread by about 1: the reported error tells the truth.
z = []
for seed in range(300):
    estimate, error = monte_carlo(
        lambda rng, size: rng.choice(visits, size=size), 400, np.random.default_rng(900 + seed), 150
    )
    z.append((estimate - visits.mean()) / error)
spread, allowed = float(np.mean(np.square(z))), 6 * np.sqrt(2 / 300)
check.that(
    abs(spread - 1.0) < allowed,
    f"over 300 runs the squared error should be 1 ± {allowed:.1f} squared standard errors, and it is {spread:.2f}",
)
### END HIDDEN TESTS

# %% nbgrader={"grade": true, "grade_id": "w04-q5-monte-carlo-needed", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check.number(
    draws_needed(0.5, 100, 0.25),
    400,
    of="draws_needed(0.5, 100, 0.25)",
    integer=True,
    atol=1,
    causes={
        "the error shrinks as 1/√n, so half the error costs four times the draws": 200,
        "these are the draws still to make: the total is asked for": 300,
        "the ratio is upside down: a smaller target costs more": 25,
    },
)
for pilot, expected in [((0.02, 1_000, 0.003), 44_445), ((1.0, 10, 0.3), 112), ((0.75, 2, 0.25), 18)]:
    check.number(
        draws_needed(*pilot),
        expected,
        of=f"draws_needed{pilot}",
        integer=True,
        atol=int(expected == 18),  # a whole number before rounding, and rounding may put it just above
        causes={"one draw too few, the error stays above the target: round up": expected - 1},
    )
check.number(draws_needed(0.2, 900, 0.6), 100, of="draws_needed(0.2, 900, 0.6)", integer=True, atol=1)
check.number(
    draws_needed(0.0, 50, 0.1),
    2,
    of="draws_needed(0.0, 50, 0.1)",
    integer=True,
    causes={"never below 2: monte_carlo would refuse it": 0},
)
for target in (0.0, -0.1):
    check.raises(ValueError, draws_needed, 0.5, 100, target, mentions=["target"])
### BEGIN HIDDEN TESTS
# contract: "how many draws in all bring it down to `target`? Return the smallest `int` that should do, never below 2"
for error, n_draws, target in [(1.0, 2, 0.1), (3.7, 640, 0.9), (0.01, 10_000, 0.0004), (5.0, 30, 50.0), (2.0, 77, 2.0)]:
    exact = n_draws * error**2 / target**2
    expected = max(2, int(np.ceil(exact)))
    of = f"draws_needed({error}, {n_draws}, {target})"
    whole = int(abs(exact - round(exact)) < 1e-6)
    check.number(draws_needed(error, n_draws, target), expected, of=of, integer=True, atol=whole)
# contract: "where 111.1 draws would do, 112 do and 111 do not"
for error, n_draws, target, expected in [(1.0, 1000, 0.3, 11_112), (1.0, 5, 0.7, 11), (1.0, 3, 1.1, 3)]:
    of = f"draws_needed({error}, {n_draws}, {target})"
    check.number(draws_needed(error, n_draws, target), expected, of=of, integer=True)
check.number(draws_needed(0.001, 10, 1.0), 2, of="draws_needed(0.001, 10, 1.0)", integer=True)
# contract: "A `target` that is not above 0, negative ones included, is a mistake: raise a `ValueError` whose message
# contract: holds the word *target*."
for target in (0, -0.1, -5):
    check.raises(ValueError, draws_needed, 0.5, 100, target, mentions=["target"])
### END HIDDEN TESTS

# %% [markdown]
# **Watch it settle.** Your estimate for the practice, run after run with more draws, with two standard errors to
# either side; the dashed line is the exact value.

# %% tags=["only-draws"]
visits = load("randhie", quiet=True)["mdvis"].to_numpy()
sizes = np.geomspace(50, 20_000, 14).astype(int)
runs = [
    attempt(
        monte_carlo,
        lambda rng, size: rng.choice(visits, size=(size, 40)).sum(axis=1) > 150,
        int(size),
        np.random.default_rng(int(size)),
        2_000,
    )
    for size in sizes
]
fig, ax = plt.subplots(figsize=(8, 4))
if runs[0] is None:
    leave_room(ax, "your estimates will stand here")
else:
    estimates, errors = np.array(runs).T
    ax.errorbar(sizes, 100 * estimates, yerr=200 * errors, fmt="o", capsize=3, label="estimate ± 2 standard errors")
    people_of_forty = np.fft.irfft(np.fft.rfft(np.bincount(visits) / visits.size, 4096) ** 40, 4096)
    ax.axhline(100 * people_of_forty[151:].sum(), color="k", linestyle="--", label="exact")
    ax.set_xscale("log")
    ax.legend()
ax.set(title="Four times the draws, half the error", xlabel="draws", ylabel="chance of an overrun (%)")
plt.show()

# %% [markdown]
# ## 6 · Two families, one record ●●● · 45 min · 5 points
#
# Maximum likelihood is how nearly every model of this course is fitted, and comparing likelihoods on real records is
# how a comfortable assumption gets caught.
#
# Counts $k_1, \dots, k_n$ may be Poisson with mean $m$, or negative binomial with mean $m$ and shape $r$ (the visits of
# exercise 3). With $r \to \infty$ the second becomes the first, so **a shape of infinity means Poisson**:
#
# $$\log p(k \mid m, \infty) = k \log m - m - \log k!$$
# $$\log p(k \mid m, r) = \log\frac{\Gamma(k + r)}{\Gamma(r)\,k!} + r\log\frac{r}{r+m} + k \log\frac{m}{r+m} .$$
#
# **`log_likelihood(counts, mean, shape)`** returns the sum of $\log p(k_i)$ as a float.
#
# - It stays finite for thousands of counts (where the product is 0) and for counts of 500 (where $k!$ overflows).
#   Shapes go up to 10⁶ (where $\Gamma(r)$ overflows), or are `np.inf`. At least one count comes.
# - Mean 0, whatever the shape: counts that are all 0 have log-likelihood 0 (here $0 \log 0 = 0$), any other have `-inf`.
#
# **`fit_poisson(counts)`** returns the mean that maximises the likelihood, as a float.
# **`fit_negative_binomial(counts)`** returns the pair `(mean, shape)` that does.
#
# - For both families the best mean is the sample mean; the best shape has no formula and must be searched for. The
#   checks fit samples whose best shape lies between 0.01 and 1,000.
# - If the variance of the counts (division by $n$) is **not above** their mean, no finite shape is best: return
#   `np.inf`. (No check uses counts where the rounding of mean and variance would decide that.)
# - No counts at all: both raise a `ValueError` whose message holds the word *counts*.
#
# `counts` holds integers of any width, none negative, and is not written to. Library functions are welcome. The
# log-likelihood and the means are compared to a relative 1e-6, shapes to 1e-3 (a search stops somewhere).
#
# <!-- fact: 1,000; a bound on what the checks fit, which the hidden ones keep -->
#
# <details><summary>Hint 1 · the idea</summary>Only sums of logarithms, never products. The logarithm of a factorial is
# a function of its own: <code>special.gammaln(k + 1)</code>.</details>
# <details><summary>Hint 2 · the direction</summary><code>special.xlogy(k, m)</code> is k log m with 0 log 0 = 0. Many
# counts are equal: <code>np.unique(counts, return_counts=True)</code> makes the search quick.</details>
# <details><summary>Hint 3 · almost the code</summary><code>optimize.minimize_scalar(loss, bounds=…)</code> over the
# <em>logarithm</em> of the shape, from log 10⁻⁴ to log 10⁶, minimises minus your log-likelihood. A step of 10⁻⁵ in the
# logarithm is 10⁻⁵ of the shape, so its default precision will do.</details>

# %%
from scipy import optimize, special, stats


# %% nbgrader={"grade": false, "grade_id": "w04-q6-fits", "locked": false, "schema_version": 3, "solution": true, "task": false}
def log_likelihood(counts: NDArray[np.integer], mean: float, shape: float) -> float:
    """Log-likelihood of counts under a negative binomial distribution, or a Poisson one.

    Parameters
    ----------
    counts : array of integers of shape (n,)
        None negative, at least one. Left as it is.
    mean : float
        Expected count, 0 or more.
    shape : float
        Shape of the gamma distribution of the rates, above 0; ``np.inf`` for Poisson.

    Returns
    -------
    float
        The sum of the logarithms of the counts' probabilities.

    Examples
    --------
    >>> round(log_likelihood(np.array([0, 2]), 1.0, np.inf), 4)
    -2.6931
    """
    ### BEGIN SOLUTION
    k, times = np.unique(counts, return_counts=True)
    log_factorial = special.gammaln(k + 1.0)  # a float: 255 + 1 does not fit into a byte
    if np.isinf(shape):
        each = special.xlogy(k, mean) - mean - log_factorial
    else:
        ways = special.gammaln(k + float(shape)) - special.gammaln(shape) - log_factorial
        each = ways + shape * np.log(shape / (shape + mean)) + special.xlogy(k, mean / (shape + mean))
    return float(times @ each)
    ### END SOLUTION


def fit_poisson(counts: NDArray[np.integer]) -> float:
    """Fit a Poisson distribution by maximum likelihood.

    Parameters
    ----------
    counts : array of integers of shape (n,)
        None negative. Left as it is.

    Returns
    -------
    float
        The mean with the highest likelihood.

    Raises
    ------
    ValueError
        If there are no counts; the message holds the word *counts*.

    Examples
    --------
    >>> fit_poisson(np.array([0, 1, 5]))
    2.0
    """
    ### BEGIN SOLUTION
    if counts.size == 0:
        raise ValueError("there are no counts to fit a distribution to")
    return float(counts.mean())
    ### END SOLUTION


def fit_negative_binomial(counts: NDArray[np.integer]) -> tuple[float, float]:
    """Fit a negative binomial distribution by maximum likelihood.

    Parameters
    ----------
    counts : array of integers of shape (n,)
        None negative. Left as it is.

    Returns
    -------
    tuple of two floats
        The mean and shape with the highest likelihood; the shape is ``np.inf`` if the variance (division by n) is not
        above the mean.

    Raises
    ------
    ValueError
        If there are no counts; the message holds the word *counts*.

    Examples
    --------
    >>> fit_negative_binomial(np.array([2, 3, 3, 4]))
    (3.0, inf)
    """
    ### BEGIN SOLUTION
    mean = fit_poisson(counts)
    if counts.var() <= mean:
        return mean, np.inf

    def loss(log_shape: float) -> float:
        return -log_likelihood(counts, mean, np.exp(log_shape))

    found = optimize.minimize_scalar(loss, bounds=np.log([1e-4, 1e6]))
    return mean, float(np.exp(found.x))
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "w04-q6-fits-likelihood", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
counts = np.array([0, 1, 1, 4])
before = counts.copy()
log_p = log_likelihood(counts, 2.0, np.inf)
check.unchanged(counts, before, of="counts")
check.number(
    log_p,
    6 * np.log(2.0) - 8.0 - np.log(24.0),
    of="log_likelihood([0, 1, 1, 4], 2.0, inf)",
    rtol=1e-6,
    causes={
        "the factorial is missing: log k! does not depend on the mean, but it belongs to the probability": 6 * np.log(2)
        - 8.0,
        "this is the mean of the logarithms: the sum is asked for": (6 * np.log(2.0) - 8.0 - np.log(24.0)) / 4,
        "this is the likelihood itself: its logarithm is asked for": 2.0**6 * np.exp(-8.0) / 24.0,
        "the sign is turned: this is the loss": -(6 * np.log(2.0) - 8.0 - np.log(24.0)),
        "log Γ(k) is log (k - 1)!: use gammaln(k + 1)": 6 * np.log(2.0) - 8.0 - np.log(6.0),
    },
)
check.number(
    log_likelihood(counts, 2.0, 1.0),
    4 * np.log(1 / 3) + 6 * np.log(2 / 3),
    of="log_likelihood([0, 1, 1, 4], 2.0, 1.0)",
    rtol=1e-6,
    causes={
        "r/(r+m) and m/(r+m) are exchanged": 4 * np.log(2 / 3) + 6 * np.log(1 / 3),
        "the Γ(r) is missing": 4 * np.log(1 / 3) + 6 * np.log(2 / 3) + 1.0,
    },
)
check.number(
    log_likelihood(np.full(3_000, 3), 3.0, np.inf),
    3_000 * (3 * np.log(3.0) - 3.0 - np.log(6.0)),
    of="log_likelihood of 3,000 counts",
    rtol=1e-6,
    causes={"the product of 3,000 probabilities is 0 in floating point: add logarithms instead": -np.inf},
)
stirling = 500.5 * np.log(500.0) - 500.0 + np.log(2 * np.pi) / 2 + 1 / 6_000  # log 500!, to ten digits
check.number(
    log_likelihood(np.array([500, 500]), 480.0, np.inf),
    2 * (500 * np.log(480.0) - 480.0 - stirling),
    of="log_likelihood of two counts of 500",
    rtol=1e-6,
    causes={"500! overflowed: gammaln is its logarithm, without the factorial": -np.inf},
)
check.number(
    log_likelihood(np.array([0, 0, 0]), 0.0, np.inf),
    0.0,
    of="log_likelihood of three zeros with mean 0",
    atol=1e-9,
    causes={"0 · log 0 is nan in floating point, and means 0 here: see special.xlogy": np.nan},
)
check.number(log_likelihood(np.array([0, 0]), 0.0, 1.5), 0.0, of="log_likelihood of zeros, shape 1.5", atol=1e-9)
with np.errstate(all="ignore"):
    check.number(log_likelihood(np.array([0, 2]), 0.0, np.inf), -np.inf, of="log_likelihood of a 2 with mean 0")
    check.number(log_likelihood(np.array([0, 2]), 0.0, 1.5), -np.inf, of="log_likelihood of a 2, mean 0, shape 1.5")
log_factorials = np.cumsum(np.log(np.maximum(np.arange(256), 1)))  # log 0!, log 1!, … without any Γ
for largest, dtype in ((255, np.uint8), (127, np.int8)):
    check.number(
        log_likelihood(np.array([0, largest], dtype=dtype), 100.0, np.inf),
        largest * np.log(100.0) - 200.0 - log_factorials[largest],
        of=f"log_likelihood of 0 and {largest} as {dtype.__name__}",
        rtol=1e-6,
        causes={f"{largest} + 1 does not fit into {dtype.__name__}: convert the counts first": -np.inf},
    )
r = 1e6  # the logarithm of Γ(4 + r) / Γ(r) is 4 log r and a little
rising = 6 * np.log(r) + np.log1p(np.arange(4) / r).sum()
check.number(
    log_likelihood(counts, 2.0, r),
    rising - np.log(24.0) - 4 * r * np.log1p(2.0 / r) + 6 * np.log(2.0 / (r + 2.0)),
    of="log_likelihood([0, 1, 1, 4], 2.0, 1e6) (Γ(10⁶) overflows: gammaln is its logarithm)",
    rtol=1e-6,
)
### BEGIN HIDDEN TESTS
from scipy import stats  # noqa: E402

rng = np.random.default_rng(406)
# contract: "returns the sum of $\log p(k_i)$ as a float"
# contract: "Shapes go up to 10⁶ (where $\Gamma(r)$ overflows), or are `np.inf`."
for mean, shape, n_counts in [(0.3, 0.05, 60), (2.9, 0.68, 20_000), (14.0, 1.0, 7), (90.0, 40.0, 100), (5.0, 1e6, 50)]:
    drawn = rng.negative_binomial(min(shape, 50.0), min(shape, 50.0) / (min(shape, 50.0) + mean), size=n_counts)
    before = drawn.copy()
    expected = stats.nbinom.logpmf(drawn, shape, shape / (shape + mean)).sum()
    of = f"log_likelihood of {n_counts} counts, mean {mean}, shape {shape:g}"
    check.number(log_likelihood(drawn, mean, shape), expected, of=of, rtol=1e-6, atol=1e-6)
    expected = stats.poisson.logpmf(drawn, mean).sum()
    check.number(log_likelihood(drawn, mean, np.inf), expected, of=f"{of.split(', shape')[0]}, Poisson", rtol=1e-6)
    # contract: "is not written to"
    check.unchanged(drawn, before, of="counts")
# contract: "and for counts of 500 (where $k!$ overflows)"
for shape, law in [(2.5, stats.nbinom(2.5, 2.5 / 402.5)), (np.inf, stats.poisson(400.0))]:
    drawn = np.array([0, 380, 500, 499])
    check.number(log_likelihood(drawn, 400.0, shape), law.logpmf(drawn).sum(), of="log_likelihood up to 500", rtol=1e-6)
# contract: "`counts` holds integers of any width, none negative"
for dtype in (np.uint8, np.int8, np.int16):
    drawn = np.array([0, 3, min(np.iinfo(dtype).max, 255), 90], dtype=dtype)
    expected = stats.nbinom.logpmf(drawn.astype(int), 1.7, 1.7 / 51.7).sum()
    check.number(log_likelihood(drawn, 50.0, 1.7), expected, of=f"log_likelihood of {drawn.dtype} counts", rtol=1e-6)
    expected = stats.poisson.logpmf(drawn.astype(int), 50.0).sum()
    check.number(log_likelihood(drawn, 50.0, np.inf), expected, of=f"Poisson, {drawn.dtype} counts", rtol=1e-6)
# contract: "Mean 0, whatever the shape: counts that are all 0 have log-likelihood 0"
with np.errstate(all="ignore"):
    for shape in (0.5, 30.0, np.inf):
        check.number(log_likelihood(np.array([1, 0]), 0.0, shape), -np.inf, of="log_likelihood of a 1 with mean 0")
        check.number(log_likelihood(np.zeros(4, dtype=int), 0.0, shape), 0.0, of="log_likelihood of zeros", atol=1e-9)
### END HIDDEN TESTS

# %% nbgrader={"grade": true, "grade_id": "w04-q6-fits-best", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
check.number(fit_poisson(np.array([0, 3, 3, 6])), 3.0, of="fit_poisson([0, 3, 3, 6])", rtol=1e-6)
for few, why in [
    (np.array([2, 3, 3, 4]), "the variance is below the mean"),
    (np.array([0, 2]), "the variance, divided by n, equals the mean"),
    (np.zeros(5, dtype=int), "all counts are 0"),
]:
    pair = fit_negative_binomial(few)
    check.that(
        type(pair) in (tuple, list) and len(pair) == 2,
        f"fit_negative_binomial: expected a pair (mean, shape), got {type(pair).__name__}",
    )
    check.number(pair[0], few.mean(), of=f"mean fitted to {few}", rtol=1e-6, atol=1e-9)
    check.number(pair[1], np.inf, of=f"shape fitted to {few}, where {why}")
check.raises(ValueError, fit_poisson, np.array([], dtype=int), mentions=["counts"])
check.raises(ValueError, fit_negative_binomial, np.array([], dtype=int), mentions=["counts"])
visits = load("randhie", quiet=True)["mdvis"].to_numpy()
mean, shape = fit_negative_binomial(visits)
check.number(mean, visits.mean(), of="mean fitted to the 20,190 records", rtol=1e-6)
kinds, times = np.unique(visits, return_counts=True)
value, value_1 = visits.var(), visits.var(ddof=1)
at = [float(times @ stats.nbinom.logpmf(kinds, r, r / (r + mean))) for r in (0.99 * shape, shape, 1.01 * shape)]
by_moments = mean**2 / (value - mean)
check.that(
    at[1] >= at[0] and at[1] >= at[2],
    f"shape fitted to the 20,190 records: expected the highest likelihood, got {shape:.4f}, and a shape 1 % "
    f"{'smaller' if at[0] > at[2] else 'larger'} explains the visits better"
    + (
        "; likely cause: this is the shape that matches the variance, which is not the likeliest one"
        if abs(shape / by_moments - 1) < 1e-3 or abs(shape / (mean**2 / (value_1 - mean)) - 1) < 1e-3
        else ""
    ),
)
check.number(
    log_likelihood(visits, mean, shape) - log_likelihood(visits, fit_poisson(visits), np.inf),
    22_447.907,
    of="gain in log-likelihood on the record, from Poisson to negative binomial",
    rtol=1e-6,
)
for few, about in [
    (np.repeat([0, 1, 5], [200, 3, 3]), "very small, for very different people"),
    (np.repeat([6, 10, 14], [42, 44, 42]), "in the hundreds, for people who hardly differ"),
]:
    mean, shape = fit_negative_binomial(few)
    check.number(mean, few.mean(), of="mean fitted to a small sample", rtol=1e-6)
    check.that(
        bool(np.isfinite(shape)) and shape > 0,
        f"shape fitted to {few.size} counts with mean {mean:.3g} and variance {few.var():.3g}: expected a finite one "
        f"above 0, got {shape}",
    )
    at = [stats.nbinom.logpmf(few, r, r / (r + mean)).sum() for r in (0.98 * shape, shape, 1.02 * shape)]
    check.that(
        at[1] >= max(at),
        f"shape fitted to {few.size} counts with mean {mean:.3g}, variance {few.var():.3g}: got {shape:.4g}, and one 2 % "
        f"{'smaller' if at[0] > at[2] else 'larger'} explains them better; the best is {about}: does the search reach it?",
    )
### BEGIN HIDDEN TESTS
from scipy.optimize import minimize_scalar  # noqa: E402


def loss(log_r: float, counts: np.ndarray) -> float:
    """Minus the log-likelihood at a shape and the sample mean."""
    kinds, times = np.unique(counts.astype(int), return_counts=True)
    r = np.exp(log_r)
    return -float(times @ stats.nbinom.logpmf(kinds, r, r / (r + counts.mean())))


rng = np.random.default_rng(416)
samples = [
    rng.poisson(rng.gamma(shape, mean / shape, size=n_counts))
    for mean, shape, n_counts in [(0.5, 0.05, 4_000), (4.0, 0.7, 3_000), (20.0, 3.0, 500), (100.0, 60.0, 3_000)]
]
samples += [np.array([3, 250, 9, 80], dtype=np.uint8), np.array([0] * 300 + [1, 1, 2, 2, 5, 11])]
samples += [
    np.array([0, 0, 3]),
    np.repeat([8, 10, 12, 0, 26], [20, 40, 20, 4, 5]),
    np.repeat([6, 10, 14], [41, 45, 41]),
]
# contract: "For both families the best mean is the sample mean; the best shape has no formula and must be searched for."
# contract: "The checks fit samples whose best shape lies between 0.01 and 1,000."
for drawn in samples:
    before = drawn.copy()
    pair = fit_negative_binomial(drawn)
    options = {"bounds": (np.log(1e-3), np.log(1e5)), "method": "bounded", "options": {"xatol": 1e-9}}
    best = minimize_scalar(loss, args=(drawn,), **options)
    of = f"fitted to {len(drawn)} counts with mean {drawn.mean():.3g}"
    check.number(pair[0], drawn.mean(), of=f"mean {of}", rtol=1e-6)
    check.number(pair[1], float(np.exp(best.x)), of=f"shape {of}", rtol=1e-3)
    check.number(fit_poisson(drawn), drawn.mean(), of=f"Poisson mean {of}", rtol=1e-6)
    # contract: "is not written to"
    check.unchanged(drawn, before, of="counts")
# contract: "If the variance of the counts (division by $n$) is **not above** their mean, no finite shape is best"
for drawn in (np.full(6, 4), np.array([1, 1, 2, 0, 1]), np.array([1, 3, 5, 1, 5, 3, 3])):
    check.number(fit_negative_binomial(drawn)[1], np.inf, of=f"shape fitted to {drawn}")
check.number(fit_poisson(np.array([200, 100, 250], dtype=np.uint8)), 550 / 3, of="fit_poisson of bytes", rtol=1e-6)
### END HIDDEN TESTS

# %% [markdown]
# **Now the picture.** A gain of 22,448 in log-likelihood convinces statisticians; a figure convinces everybody. Write
# `draw_fits(counts, mean, shape, largest=15)`, which returns a Figure with one axes:
#
# - **bars**, one for each count from 0 to `largest`: the share of *all* counts (also of those above `largest`) that
#   equal it, even where it is 0;
# - **exactly two lines** over the same counts $0, 1, \dots$, `largest`: the probabilities under Poisson with that mean,
#   and under the negative binomial with that mean and shape;
# - a title; the word *visits* in the label of the x axis and *share* in that of the y axis; a legend in which one entry
#   holds *Poisson*, another *negative binomial*, and a third, for the bars, *observed*.
#
# `shape` is finite here. Colours, markers and sizes are yours. The data of the bars and lines is compared to a
# relative 1e-6.


# %% nbgrader={"grade": false, "grade_id": "w04-q6-fits-drawn", "locked": false, "schema_version": 3, "solution": true, "task": false}
def draw_fits(counts: NDArray[np.integer], mean: float, shape: float, largest: int = 15) -> Figure:
    """Draw how often each count occurs beside what two families expect.

    Parameters
    ----------
    counts : array of integers of shape (n,)
        None negative, at least one.
    mean : float
        Mean of both families, above 0.
    shape : float
        Shape of the negative binomial, finite and above 0.
    largest : int, default 15
        The last count to draw.

    Returns
    -------
    matplotlib Figure
        One axes with `largest` + 1 bars and two lines.
    """
    ### BEGIN SOLUTION
    k = np.arange(largest + 1)
    observed = np.bincount(counts, minlength=largest + 1)[: largest + 1] / counts.size
    log_poisson = k * np.log(mean) - mean - special.gammaln(k + 1)
    ways = special.gammaln(k + shape) - special.gammaln(shape) - special.gammaln(k + 1)
    log_mixed = ways + shape * np.log(shape / (shape + mean)) + k * np.log(mean / (shape + mean))
    fig, ax = plt.subplots()
    ax.bar(k, observed, color=plotting.PALETTE["light"], label="observed")
    ax.plot(k, np.exp(log_poisson), "o--", label="Poisson")
    ax.plot(k, np.exp(log_mixed), "s-", label="negative binomial")
    ax.set(title="Doctor visits: one rate for all, or a rate for each?", xlabel="visits in a year")
    ax.set(ylabel="share of people")
    ax.legend()
    return fig
    ### END SOLUTION


# %% tags=["only-draws"]
visits = load("randhie", quiet=True)["mdvis"].to_numpy()
if attempt(draw_fits, visits, visits.mean(), 0.68) is not None:
    plt.show()

# %% nbgrader={"grade": true, "grade_id": "w04-q6-fits-figure", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
visits = load("randhie", quiet=True)["mdvis"].to_numpy()
fig = draw_fits(visits, 2.86, 0.68)
k, log_factorials = np.arange(16), np.cumsum(np.log(np.maximum(np.arange(16), 1)))
poisson = np.exp(k * np.log(2.86) - 2.86 - log_factorials)
rising = np.concatenate([[0.0], np.cumsum(np.log(0.68 + np.arange(15)))])  # log Γ(k + r) - log Γ(r)
mixed = np.exp(rising - log_factorials + 0.68 * np.log(0.68 / 3.54) + k * np.log(2.86 / 3.54))
check.figure(
    fig,
    title=True,
    x_label="visits",
    y_label="share",
    n_axes=1,
    n_lines=2,
    legend=["Poisson", "negative binomial", "observed"],
    bars=np.bincount(visits)[:16] / visits.size,
    lines=[(k, poisson), (k, mixed)],
    of="draw_fits(visits, 2.86, 0.68)",
)
plt.close(fig)
fig = draw_fits(np.array([0, 1, 1, 2, 9, 30]), 2.0, 1.0, 3)
k = np.arange(4)
check.figure(
    fig,
    n_lines=2,
    bars=[1 / 6, 2 / 6, 1 / 6, 0.0],
    lines=[(k, np.exp(-2.0) * np.array([1, 2, 2, 4 / 3])), (k, (2 / 3) ** k / 3)],
    of="draw_fits of six counts with largest=3",
)
plt.close(fig)
### BEGIN HIDDEN TESTS
# contract: "the share of *all* counts (also of those above `largest`) that equal it, even where it is 0"
for drawn, mean, shape, largest in [
    (np.array([0, 0, 2, 2, 2, 9, 30]), 3.5, 1.3, 8),
    (np.array([1, 1, 3]), 1.6, 5.0, 6),
    (np.array([4, 0]), 0.7, 0.4, 2),
]:
    k = np.arange(largest + 1)
    log_factorials = special.gammaln(k + 1)
    fig = draw_fits(drawn, mean, shape, largest)
    ways = special.gammaln(k + shape) - special.gammaln(shape) - log_factorials
    # contract: "the probabilities under Poisson with that mean, and under the negative binomial with that mean and
    # contract: shape"
    check.figure(
        fig,
        title=True,
        x_label="visits",
        y_label="share",
        n_axes=1,
        n_lines=2,
        legend=["Poisson", "negative binomial", "observed"],
        bars=[np.mean(drawn == one) for one in k],
        lines=[
            (k, np.exp(k * np.log(mean) - mean - log_factorials)),
            (k, np.exp(ways + shape * np.log(shape / (shape + mean)) + k * np.log(mean / (shape + mean)))),
        ],
        of=f"draw_fits of {len(drawn)} counts up to {largest}",
    )
    # The bars must stand over their own counts, not merely have the right heights.
    middles = sorted(bar.get_x() + bar.get_width() / 2 for container in fig.axes[0].containers for bar in container)
    check.that(
        len(middles) == len(k) and np.allclose(middles, k, atol=0.5),
        f"draw_fits: expected a bar over every count from 0 to {largest}, got bars over {np.round(middles, 1).tolist()}",
    )
    plt.close(fig)
### END HIDDEN TESTS

# %% [markdown]
# ## 7 · Reading digits by counting ink ●●● · 40 min · 4 points
#
# The first spam filters that worked were naive Bayes, it is still the baseline that a new model must beat, and every
# number in it is a frequency you can point at.
#
# An image is a row of pixels with ink (1) or without (0). For every class $c$, let $\theta_{cj}$ be the probability
# that pixel $j$ has ink. *Naive* means: within a class, pixels are taken as independent, so that probabilities
# multiply and logarithms add:
#
# $$\log P(x, c) = \log \pi_c + \sum_j \big[ x_j \log\theta_{cj} + (1 - x_j)\log(1 - \theta_{cj}) \big] .$$
#
# **`fit_pixels(X, y, n_classes, smoothing=1.0)`** counts. It returns the pair `(log_prior, theta)`:
#
# $$\pi_c = \frac{n_c}{n}, \qquad \theta_{cj} = \frac{(\text{rows of class } c \text{ with ink at } j) + s}{n_c + 2s} .$$
#
# - Smoothing $s > 0$ keeps a pixel that never had ink from ruling out a class for ever. Only $\theta$ is smoothed.
# - `X` holds 0 and 1 as booleans, integers of any width (a `uint8` count ends at 255) or floats; `y` holds integers
#   from 0 to `n_classes` − 1. A class without rows has log prior `-inf` (the logarithm of 0 itself, not of something
#   small) and every $\theta$ equal to 0.5, without a warning.
# <!-- worked out: 255 = 2**8 - 1 -->
#
# **`log_posterior(X, log_prior, theta)`** returns $\log P(c \mid x)$ for every row and class, shape
# `(n_rows, n_classes)`; the exponentials of each row sum to 1.
#
# - It is right for 5,000 pixels, where every product of probabilities is 0 in floating point, and for any $\theta$ between
#   0 and 1, also 10⁻¹²: nothing is clipped. No entry is `nan`; a class with log prior `-inf` gets `-inf`.
# - `X` may have no rows. Nothing given is written to, floats neither.
# - **Forbidden:** `sklearn.naive_bayes`. The checks look. Loops are allowed.
#
# Results are compared to a relative and absolute 1e-6.
#
# <details><summary>Hint 1 · the idea</summary>The sum over pixels, for all rows and all classes, is two matrix products:
# one for the pixels with ink, one for those without.</details>
# <details><summary>Hint 2 · the direction</summary>To normalise, subtract from every row the log of the sum of its
# exponentials, and take the row's largest value out first (exercise 2). For counting, <code>X[y == c]</code> are the
# rows of a class.</details>
# <details><summary>Hint 3 · almost the code</summary>With <code>X</code> as floats:
# <code>X @ np.log(theta).T + (1 - X) @ np.log(1 - theta).T + log_prior</code>. In <code>fit_pixels</code>,
# <code>X[y == c].sum(axis=0, dtype=float)</code>.</details>


# %% nbgrader={"grade": false, "grade_id": "w04-q7-naive-bayes", "locked": false, "schema_version": 3, "solution": true, "task": false}
def fit_pixels(
    X: NDArray, y: NDArray[np.integer], n_classes: int, smoothing: float = 1.0
) -> tuple[NDArray[np.floating], NDArray[np.floating]]:
    """Estimate how common each class is and where its images have ink.

    Parameters
    ----------
    X : array of shape (n_rows, n_pixels)
        1 (or True) where there is ink, else 0; at least one row. Left as it is.
    y : array of integers of shape (n_rows,)
        Class of each row, from 0 to n_classes - 1.
    n_classes : int
        Number of classes.
    smoothing : float, default 1.0
        Imagined rows with ink, and as many without, added to every class and pixel; above 0.

    Returns
    -------
    tuple of two arrays of floats, of shapes (n_classes,) and (n_classes, n_pixels)
        Logarithm of each class's share of the rows (``-inf`` for a class without rows), and probability of ink.

    Examples
    --------
    >>> log_prior, theta = fit_pixels(np.array([[1, 0], [1, 1]]), np.array([0, 0]), 1)
    >>> log_prior, theta
    (array([0.]), array([[0.75, 0.5 ]]))
    """
    ### BEGIN SOLUTION
    rows = np.bincount(y, minlength=n_classes)
    ink = np.array([X[y == label].sum(axis=0) for label in range(n_classes)])  # sum widens bytes by itself
    log_prior = np.log(rows / len(y), out=np.full(n_classes, -np.inf), where=rows > 0)
    return log_prior, (ink + smoothing) / (rows[:, None] + 2 * smoothing)
    ### END SOLUTION


def log_posterior(X: NDArray, log_prior: NDArray[np.floating], theta: NDArray[np.floating]) -> NDArray[np.floating]:
    """Logarithm of the probability of every class for every row.

    Parameters
    ----------
    X : array of shape (n_rows, n_pixels)
        1 (or True) where there is ink, else 0; may have no rows. Left as it is.
    log_prior : array of floats of shape (n_classes,)
        Logarithm of each class's prior probability; may hold ``-inf``, but not only.
    theta : array of floats of shape (n_classes, n_pixels)
        Probability of ink, strictly between 0 and 1.

    Returns
    -------
    array of floats of shape (n_rows, n_classes)
        The exponentials of each row sum to 1.

    Examples
    --------
    >>> np.exp(log_posterior(np.array([[1]]), np.log([0.5, 0.5]), np.array([[0.75], [0.25]])))
    array([[0.75, 0.25]])
    """
    ### BEGIN SOLUTION
    joint = X @ np.log(theta).T + (1 - X) @ np.log(1 - theta).T + log_prior
    top = joint.max(axis=1, keepdims=True)
    return joint - top - np.log(np.exp(joint - top).sum(axis=1, keepdims=True))
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "w04-q7-naive-bayes-fit", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
X, y = np.array([[1, 0], [1, 1], [0, 0], [0, 1], [0, 1]]), np.array([0, 0, 1, 1, 1])
before = X.copy()
with check.not_called(
    "sklearn.naive_bayes.BernoulliNB", "sklearn.naive_bayes.CategoricalNB", hint="count the ink yourself"
):
    pair = fit_pixels(X, y, 2)
check.unchanged(X, before, of="X")
check.that(
    type(pair) in (tuple, list) and len(pair) == 2,
    f"fit_pixels: expected a pair (log_prior, theta), got {type(pair).__name__}",
)
check.array(
    pair[0],
    np.log([0.4, 0.6]),
    of="log_prior",
    shape="(n_classes,)",
    rtol=1e-6,
    atol=1e-6,
    causes={
        "these are the shares themselves: their logarithms are asked for": [0.4, 0.6],
        "these are equal priors: class 1 has three of the five rows": np.log([0.5, 0.5]),
        "the prior was smoothed: the text smooths only theta": np.log([3 / 7, 4 / 7]),
    },
)
check.array(
    pair[1],
    [[0.75, 0.5], [0.2, 0.6]],
    of="theta",
    shape="(n_classes, n_pixels)",
    rtol=1e-6,
    atol=1e-6,
    causes={
        "without smoothing a pixel that never had ink rules a class out for ever": [[1.0, 0.5], [0.0, 2 / 3]],
        "the denominator is n_c + 2s: there are two possibilities, ink and none": [[1.0, 2 / 3], [0.25, 0.75]],
        "this divides by all rows: a class's ink is a share of its own rows": [[3 / 7, 2 / 7], [1 / 7, 3 / 7]],
        "these are logarithms: theta holds probabilities": np.log([[0.75, 0.5], [0.2, 0.6]]),
    },
)
_, theta = fit_pixels(X.astype(bool), y, 3, smoothing=0.5)
check.array(
    theta,
    [[2.5 / 3, 0.5], [0.125, 0.625], [0.5, 0.5]],
    of="theta with smoothing 0.5 and a third class without rows",
    rtol=1e-6,
    atol=1e-6,
    causes={"the smoothing is fixed at 1: use the argument": [[0.75, 0.5], [0.2, 0.6], [0.5, 0.5]]},
)
with warnings.catch_warnings(record=True) as caught, np.errstate(all="warn"):
    warnings.simplefilter("always")
    log_prior, _ = fit_pixels(X, np.array([0, 0, 0, 0, 2]), 3)
check.array(
    log_prior,
    [np.log(0.8), -np.inf, np.log(0.2)],
    of="log_prior of classes with 4, 0 and 1 rows",
    rtol=1e-6,
    causes={"one row is enough for a prior": [np.log(0.8), -np.inf, -np.inf]},
)
check.that(
    not caught,
    f"fit_pixels: expected no warning for a class without rows, got {[str(one.message) for one in caught][:1]}; quieten "
    "log 0 inside a with block",
)
_, theta = fit_pixels(np.ones((300, 2), dtype=np.uint8), np.zeros(300, dtype=int), 1)
check.array(theta, np.full((1, 2), 301 / 302), of="theta of 300 rows of ink as uint8 (which ends at 255)", rtol=1e-6)
X = X.astype(float)
before = X.copy()
fit_pixels(X, y, 2)
check.unchanged(X, before, of="X of floats")
### BEGIN HIDDEN TESTS
rng = np.random.default_rng(407)
# contract: "`X` holds 0 and 1 as booleans, integers of any width (a `uint8` count ends at 255) or floats"
for dtype, n_rows, n_pixels, n_classes, smoothing in [
    (np.uint8, 900, 3, 2, 1.0),
    (np.int8, 500, 4, 3, 0.1),
    (np.bool_, 40, 6, 5, 2.0),
    (np.int64, 30, 1, 4, 1.0),
    (np.float64, 12, 5, 2, 0.5),
]:
    drawn = (rng.random((n_rows, n_pixels)) < 0.7).astype(dtype)
    labels = rng.integers(0, n_classes, size=n_rows)
    labels[:n_classes] = range(n_classes)
    before, labels_before = drawn.copy(), labels.copy()
    log_prior, theta = fit_pixels(drawn, labels, n_classes, smoothing)
    shares, expected = [], []
    for label in range(n_classes):
        members = [row for row, of_row in zip(drawn.tolist(), labels.tolist(), strict=True) if of_row == label]
        shares.append(len(members) / n_rows)
        expected.append(
            [(sum(column) + smoothing) / (len(members) + 2 * smoothing) for column in zip(*members, strict=True)]
        )
    # contract: "It returns the pair `(log_prior, theta)`"
    of = f"of {n_rows} rows of {np.dtype(dtype)} in {n_classes} classes"
    check.array(log_prior, np.log(shares), of=f"log_prior {of}", shape="(n_classes,)", rtol=1e-6, atol=1e-6)
    check.array(theta, expected, of=f"theta {of}", shape="(n_classes, n_pixels)", rtol=1e-6, atol=1e-6)
    # contract: "Nothing given is written to, floats neither."
    check.unchanged(drawn, before, of="X")
    check.unchanged(labels, labels_before, of="y")
# contract: "A class without rows has log prior `-inf` (the logarithm of 0 itself, not of something small) and every
# contract: $\theta$ equal to 0.5, without a warning."
with warnings.catch_warnings(record=True) as caught, np.errstate(all="warn"):
    warnings.simplefilter("always")
    log_prior, theta = fit_pixels(np.array([[1, 0, 1], [1, 1, 1]]), np.array([2, 2]), 4, 3.0)
check.that(not caught, f"a class without rows must not warn, but NumPy said {[str(one.message) for one in caught][:2]}")
check.array(log_prior, [-np.inf, -np.inf, 0.0, -np.inf], of="log_prior where three classes have no rows", atol=1e-6)
half = [0.5, 0.5, 0.5]
check.array(theta, [half, half, [5 / 8, 4 / 8, 5 / 8], half], of="theta where three classes have no rows", rtol=1e-6)
### END HIDDEN TESTS

# %% nbgrader={"grade": true, "grade_id": "w04-q7-naive-bayes-posterior", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
log_prior, theta = np.log([0.4, 0.6]), np.array([[0.75, 0.5], [0.2, 0.6]])
X = np.array([[1, 0], [0, 1]])
before = X.copy(), log_prior.copy(), theta.copy()
result = log_posterior(X, log_prior, theta)
for name, array, kept in zip(("X", "log_prior", "theta"), (X, log_prior, theta), before, strict=True):
    check.unchanged(array, kept, of=name)
right = np.array([[0.15, 0.048], [0.05, 0.288]])
no_white, no_prior = np.array([[0.3, 0.12], [0.2, 0.36]]), np.array([[0.375, 0.08], [0.125, 0.48]])
check.array(
    result,
    np.log(right / right.sum(axis=1, keepdims=True)),
    of="log_posterior of [1, 0] and [0, 1]",
    shape="(n_rows, n_classes)",
    rtol=1e-6,
    atol=1e-6,
    causes={
        "log P(x, c) is not normalised yet: subtract each row's log-sum-exp": np.log(right),
        "these are probabilities: their logarithms are asked for": right / right.sum(axis=1, keepdims=True),
        "pixels without ink were left out, and they speak too: (1 - x) log(1 - theta)": np.log(
            no_white / no_white.sum(axis=1, keepdims=True)
        ),
        "the prior was left out": np.log(no_prior / no_prior.sum(axis=1, keepdims=True)),
        "normalised over the rows: it is each row's classes that sum to 1": np.log(right / right.sum(axis=0)),
    },
)
check.array(log_posterior(X.astype(bool), log_prior, theta), result, of="log_posterior of booleans", rtol=1e-6)
many = np.tile(X, 2_500)  # the same two images, 2,500 times side by side: every pixel's evidence counts 2,500 times
wide = log_posterior(many, log_prior, np.tile(theta, 2_500))
gap = 2_500 * np.log(np.array([0.08 / 0.375, 0.125 / 0.48]))
check.that(
    not np.isnan(wide).any(),
    "log_posterior of two images of 5,000 pixels: some entries are nan; a product of 5,000 probabilities is 0, and 0/0 is "
    "nan: stay with logarithms to the end",
)
check.array(
    wide,
    [[0.0, np.log(1.5) + gap[0]], [gap[1] - np.log(1.5), 0.0]],
    of="log_posterior of two images of 5,000 pixels",
    rtol=1e-6,
    atol=1e-6,
    causes={"one of two logarithms was lost: the exponential of −3,000 is 0": [[0.0, -np.inf], [-np.inf, 0.0]]},
)
tall = np.repeat([[1.0], [0.0]], 5_000, axis=1)  # one image all ink, the other none
before = tall.copy()
result = log_posterior(tall, np.log([0.5, 0.5]), np.repeat([[0.9], [0.8]], 5_000, axis=1))
check.unchanged(tall, before, of="X of floats")
check.array(
    result,
    [[0.0, 5_000 * np.log(0.8 / 0.9)], [5_000 * np.log(0.1 / 0.2), 0.0]],
    of="log_posterior of 5,000 pixels of ink and of 5,000 without (each row needs a maximum of its own)",
    rtol=1e-6,
    atol=1e-6,
)
check.array(
    log_posterior(np.array([[1], [0]]), np.log([0.5, 0.5]), np.array([[1e-12], [0.5]])),
    [[np.log(2e-12), 0.0], [np.log(2 / 3), np.log(1 / 3)]],
    of="log_posterior where ink has probability 1e-12 in one class (theta must not be clipped)",
    rtol=1e-6,
    atol=1e-6,
)
gone = log_posterior(X, np.array([0.0, -np.inf]), theta)
check.array(gone, [[0.0, -np.inf], [0.0, -np.inf]], of="log_posterior where class 1 has prior 0", atol=1e-6)
check.array(log_posterior(X[:0], log_prior, theta), np.zeros((0, 2)), of="log_posterior of no rows")
### BEGIN HIDDEN TESTS
import math  # noqa: E402

rng = np.random.default_rng(417)
# contract: "returns $\log P(c \mid x)$ for every row and class, shape `(n_rows, n_classes)`"
for dtype, n_rows, n_pixels, n_classes in [
    (np.uint8, 5, 3, 2),
    (np.bool_, 4, 30, 6),
    (np.float32, 3, 2, 1),
    (np.int64, 3, 3, 3),
    (np.int8, 2, 5_000, 3),
]:
    drawn = (rng.random((n_rows, n_pixels)) < 0.4).astype(dtype)
    weights, theta = rng.dirichlet(np.ones(n_classes)), rng.uniform(0.02, 0.98, size=(n_classes, n_pixels))
    expected = []
    for row in drawn.tolist():
        joint = [
            math.log(weight)
            + math.fsum(math.log(t) if ink else math.log(1 - t) for ink, t in zip(row, ts, strict=True))
            for weight, ts in zip(weights.tolist(), theta.tolist(), strict=True)
        ]
        top = max(joint)
        total = top + math.log(sum(math.exp(one - top) for one in joint))
        expected.append([one - total for one in joint])
    # contract: "It is right for 5,000 pixels, where every product of probabilities is 0 in floating point"
    check.array(
        log_posterior(drawn, np.log(weights), theta),
        expected,
        of=f"log_posterior of {n_rows} rows of {n_pixels} pixels in {n_classes} classes",
        shape="(n_rows, n_classes)",
        rtol=1e-6,
        atol=1e-6,
    )
# contract: "No entry is `nan`; a class with log prior `-inf` gets `-inf`."
theta = rng.uniform(0.1, 0.9, size=(4, 6))
drawn = (rng.random((5, 6)) < 0.5).astype(np.uint8)
full = log_posterior(drawn, np.log([0.0001, 0.5, 0.4999]), theta[:3])
padded = log_posterior(drawn, np.concatenate([np.log([0.0001, 0.5, 0.4999]), [-np.inf]]), theta)
check.array(padded, np.column_stack([full, np.full(5, -np.inf)]), of="log_posterior with a dead class", rtol=1e-6)
# contract: "for any $\theta$ between 0 and 1, also 10⁻¹²: nothing is clipped"
theta = np.array([[1e-12, 0.3, 1 - 1e-9], [1e-5, 1e-12, 0.999]])
drawn = np.array([[1.0, 0.0, 1.0], [0.0, 1.0, 0.0]])
before = drawn.copy(), theta.copy()
log_prior = np.log([0.9, 0.1])
joint = np.where(drawn[:, None, :] > 0, np.log(theta), np.log(1 - theta)).sum(axis=2) + log_prior
expected = joint - np.logaddexp.reduce(joint, axis=1)[:, None]
check.array(log_posterior(drawn, log_prior, theta), expected, of="log_posterior with rare ink", rtol=1e-6, atol=1e-6)
# contract: "Nothing given is written to, floats neither."
check.unchanged(drawn, before[0], of="X of floats")
check.unchanged(theta, before[1], of="theta")
theta = rng.uniform(0.1, 0.9, size=(4, 6))
# contract: "`X` may have no rows."
check.array(log_posterior(np.zeros((0, 6)), np.log([0.25] * 4), theta), np.zeros((0, 4)), of="log_posterior of no rows")
### END HIDDEN TESTS

# %% [markdown]
# On the record: 1,797 real handwritten digits of 8 × 8 pixels. A pixel has ink if its value is above 7. The first 1,200
# are for counting, the other 597 for reading.

# %% nbgrader={"grade": true, "grade_id": "w04-q7-naive-bayes-digits", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
table = load("digits", quiet=True)
ink, digit = table.drop(columns="digit").to_numpy() > 7, table["digit"].to_numpy()
with check.not_called(
    "sklearn.naive_bayes.BernoulliNB", "sklearn.naive_bayes.CategoricalNB", hint="count the ink yourself"
):
    log_prior, theta = fit_pixels(ink[:1200], digit[:1200], 10)
    log_p = log_posterior(ink[1200:], log_prior, theta)
check.that(
    type(log_p) is np.ndarray and log_p.shape == (597, 10),
    f"log_posterior of 597 digits: expected an array of shape (597, 10), got shape {np.shape(log_p)}",
)
check.array(np.exp(log_p).sum(axis=1), np.ones(597), of="sum of the ten probabilities of each digit", rtol=1e-6)
accuracy = float((log_p.argmax(axis=1) == digit[1200:]).mean())
check.that(accuracy > 0.85, f"naive Bayes reads 86 % of the 597 unseen digits; yours reads {accuracy:.0%}")
### BEGIN HIDDEN TESTS
# contract: "It returns the pair `(log_prior, theta)`"
# contract: "returns $\log P(c \mid x)$ for every row and class, shape `(n_rows, n_classes)`"
for first, last, level, smoothing in [(0, 1200, 7, 1.0), (800, 1797, 3, 0.2), (0, 60, 11, 4.0)]:
    drawn = table.drop(columns="digit").to_numpy() > level
    known, unknown = np.arange(first, last), np.setdiff1d(np.arange(1797), np.arange(first, last))[:600]
    counts = np.array([drawn[known][digit[known] == label].sum(axis=0) for label in range(10)])
    rows = np.array([(digit[known] == label).sum() for label in range(10)])
    chance = (counts + smoothing) / (rows[:, None] + 2 * smoothing)
    joint = np.where(drawn[unknown, None, :], np.log(chance), np.log1p(-chance)).sum(axis=2) + np.log(rows / len(known))
    expected = joint - np.logaddexp.reduce(joint, axis=1)[:, None]
    model = fit_pixels(drawn[known], digit[known], 10, smoothing)
    of = f"log_posterior of 600 digits, from rows {first} to {last} with smoothing {smoothing}"
    check.array(log_posterior(drawn[unknown], *model), expected, of=of, rtol=1e-6, atol=1e-6)
### END HIDDEN TESTS

# %% [markdown]
# **Worth keeping.** The whole model in one picture: the probability of ink for every class and pixel. And its
# weakness in the title: neighbouring pixels agree, naive Bayes counts each as fresh evidence, and so it is surer than
# it has a right to be. Week 10 measures that and repairs it.

# %% tags=["only-draws"]
table = load("digits", quiet=True)
ink, digit = table.drop(columns="digit").to_numpy() > 7, table["digit"].to_numpy()
model = attempt(fit_pixels, ink[:1200], digit[:1200], 10)
log_p = None if model is None else attempt(log_posterior, ink[1200:], *model)
fig, panels = plt.subplots(2, 5, figsize=(10, 4.6))
for label, ax in enumerate(panels.ravel()):
    ax.set(xticks=[], yticks=[])
    ax.grid(visible=False)
    if model is None:
        leave_room(ax, "your ink")
    else:
        shown = ax.imshow(model[1][label].reshape(8, 8), vmin=0, vmax=1, cmap="gray_r")
        ax.set_title(f"digit {label}")
if model is not None:
    fig.colorbar(shown, ax=panels, label="probability of ink", shrink=0.8)
fig.supxlabel("column (pixels)")
fig.supylabel("row (pixels)")
if log_p is not None:
    hits, sure = (log_p.argmax(axis=1) == digit[1200:]).mean(), np.exp(log_p.max(axis=1)).mean()
    fig.suptitle(f"Right for {hits:.0%} of the unseen digits, and {sure:.0%} sure on average")
plt.show()

# %% [markdown]
# ## 8 · The letter after a positive test ●●○ · 25 min · 3 points
#
# Every alarm you will ever build (fraud, spam, defects, attacks) has this question inside, and most people answer it
# wrongly, doctors included.
#
# A company wants to test all 50,000 employees for a disease that **one person in a thousand** has. The maker says:
# *"The test is right 99 % of the time."* The medical officer drafts a letter for everyone with a positive result: *"The
# test is 99 % accurate, so you almost certainly have the disease. Treatment starts on Monday."* To be safe, she adds,
# positive samples will be tested a second time, and the second test is as good as the first.
#
# **Decide what the letter should say and whether to test everybody.** Write to the medical officer, who is clever and
# busy and knows no formulas. Cover:
#
# - what a positive result means, in numbers of people that she could count on the 50,000, and how sure a person with
#   one positive result should be;
# - what "right 99 % of the time" leaves open, and which two numbers you would ask the maker for;
# - what a second positive result is worth, on which assumption that rests, and how you would find out whether it holds;
# - your decision, and one fact that would change it.
#
# 200–350 words.

# %% [markdown] nbgrader={"grade": true, "grade_id": "w04-q8-letter", "locked": false, "points": 3, "schema_version": 3, "solution": true, "task": false}
# **My advice:**
#
# ### BEGIN SOLUTION
# Please do not send that letter. Take "99 %" to mean that the test finds 99 % of the sick and clears 99 % of the
# healthy. Of 50,000 employees about 50 are sick, and the test finds all but one of them. The other 49,950 are healthy,
# and it is wrong about 1 % of those: 500 people. So about 550 letters go out, and only about 50 reach somebody who is
# sick: **one in eleven, 9 %.** Before the test a person's chance was 0.1 %, so a positive result is serious news, it
# makes the disease about ninety times as likely, yet ten of eleven who get it are well. A negative result is good
# news: about one person in 100,000 of those is sick.
#
# "Right 99 % of the time" is not one number. A test that always says "healthy" is right 99.9 % of the time here. I
# would ask for the share of the sick that it finds and, above all, the share of the healthy that it wrongly alarms,
# with the number of people each was measured on. At one false alarm in 10,000 the same letter would be right nine
# times in ten.
#
# A second positive result would lift 9 % to about 91 %, *if* the two errors are independent. They are not if something
# about the person (a medication, another antibody) fools the test: then the second repeats the first and adds
# nothing. Take 500 healthy people with a false alarm and count how many are positive again: 1 % if independent. A
# second test of another kind is safer.
#
# Decision: do not treat on one result and do not test everybody. Test those with symptoms or contact with a case, where
# perhaps one in ten is sick and a positive result means 92 %. Confirm with another method before treatment. The letter
# should say: "Most people with this result are healthy; please come for a second, different test." I would change my
# mind if the false alarms were measured at one in 10,000.
# ### END SOLUTION

# %% [markdown] nbgrader={"grade": false, "grade_id": "w04-q8-letter-rubric", "locked": true, "schema_version": 3, "solution": false, "task": false}
# Marked by a person: one point for the numbers, one for what the maker's claim and a second test hide, one for a
# decision with a reason that could overturn it.
#
# <!-- BEGIN MARK SCHEME -->
#
# **1 point · the numbers.** About 50 sick and 49.5 found, about 500 false alarms among 49,950 healthy, so a positive
# result means about 9 % (8 to 10 %, "one in ten", "one in eleven" all count), *explained in people*, not only by the
# formula. No point for 99 %, for 0.1 % or for the formula with exchanged conditionals. Half a point for 9 % without a
# count that the reader could follow.
#
# **1 point · what is hidden.** Names the two error rates separately (found among the sick, alarmed among the healthy;
# or sensitivity and specificity) and says why one "99 %" does not fix them, *and* treats the second test: about 91 %
# (90 to 92) if the errors are independent given health, with a reason why they may not be and a way to find out
# (retest known false alarms, use another method). Half a point for only one of the two.
#
# **1 point · decision.** A clear decision about the letter and the screening that follows from the numbers, says
# what it costs or risks (anxiety, treatment of the healthy, the few who are missed), and names a fact that would change
# it: another base rate (symptoms), a lower false-alarm rate, a harmless treatment. No point for "more research is
# needed" or for a decision that the stated numbers contradict.
#
# Half points are allowed. A defended decision to test everybody earns full points if it counts the 500 and says what
# happens to them. Do not mark style, length or rounding.
#
# <!-- END MARK SCHEME -->
