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
# # Week 6 · Loss functions, gradients and why learning works: the assignment
#
# Eight functions, one figure and one decision. You build the optimisers that train nearly every model of this course,
# prove each of them right on numbers you can work out by hand, and then use what you built: a line through household
# budgets, a diagnosis from cell nuclei that agrees with scikit-learn to four decimals, and a file that you could
# upload to Kaggle tonight.
#
# | | exercise | difficulty | minutes | points |
# |---|---|---|---|---|
# | 1 | A gradient you did not derive | ●○○ | 10 | 2 |
# | 2 | Four opinions about an error | ●●○ | 25 | 3 |
# | 3 | Downhill, with a record | ●●○ | 40 | 4 |
# | 4 | One handful at a time | ●●○ | 30 | 3 |
# | 5 | Momentum and Adam, step for step | ●●○ | 30 | 3 |
# | 6 | Logistic regression without the library | ●●● | 40 | 4 |
# | 7 | Titanic: your first submission | ●●● | 60 | 5 |
# | 8 | The run that never ends (written) | ●●○ | 30 | 3 |
# | | **together** | | **4 h 25 min** | **27** |

# %% [markdown]
# ## How to work on it
#
# **Answer** in the cells that hold `# YOUR CODE HERE`: replace that line and the `raise NotImplementedError()` below
# it. The text above each answer is its contract; read all of it, the edge cases above all. **Check** by running the
# check cells below. Nothing printed means passed; a sentence with ✘ says what was expected, what came, and the likely
# cause. `course check week06` in a terminal runs everything and counts your points.
#
# Grading tests the same contract on other numbers, sizes and dtypes. It asks for nothing that the text does not say.
# Stuck for ten minutes? Each exercise has three hints: the idea, the direction, almost the code. Loops are welcome
# everywhere this week, and library functions too, unless an exercise forbids them. The exercises do not depend on
# each other. Before you hand in, choose *Restart kernel and run all cells*.

# %%
import tempfile
import warnings
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from matplotlib.figure import Figure
from numpy.typing import NDArray

from coursekit import check, plotting
from coursekit.data import load

plotting.use_course_style()

Vector = NDArray[np.floating]
Gradient = Callable[[Vector], Vector]


def attempt(function: Callable[..., Any], *arguments: object) -> Any:
    """Return ``function(*arguments)``, or None while the function is still to be written (for the picture cells)."""
    try:
        return function(*arguments)
    except NotImplementedError:
        return None


# %% [markdown]
# ## 1 · A gradient you did not derive ●○○ · 10 min · 2 points
#
# A gradient that was derived by hand is wrong until something has confirmed it; a numerical one does so in a second.
#
# Write `numerical_gradient(function, w, h=1e-5)`: entry $j$ is the **central difference**
#
# $$g_j = \frac{f(w + h\,e_j) - f(w - h\,e_j)}{2h},$$
#
# where $e_j$ is 1 at position $j$ and 0 elsewhere.
#
# - `function` takes an array of floats of the shape of `w` and returns a number. It is always asked with **one** entry
#   moved.
# - `w` holds integers, `float32` or `float64`. In an integer array 2 + 0.00001 is 2, and in `float32` little is left of
#   the step: compute in `float64`. The result holds floats.
# - `w` is not written to. It may be empty; then so is the gradient.
#
# Results are compared to a relative and an absolute 1e-6: with the default `h` the formula misses by about
# $h^2 = 10^{-10}$ and rounding adds $10^{-16}/h = 10^{-11}$ times the loss.
#
# <details><summary>Hint 1 · the idea</summary>Stand at <code>w</code>, look a little to the right and a little to the
# left along one axis, and divide the rise by the run. Then the next axis.</details>
# <details><summary>Hint 2 · the direction</summary>A loop over the positions. How long is the run from
# <code>w − h</code> to <code>w + h</code>?</details>
# <details><summary>Hint 3 · almost the code</summary>Begin with a copy in <code>float64</code>. The row
# <code>np.eye(len(w))[j]</code> is <code>e_j</code>, so nothing has to be moved back.</details>


# %% nbgrader={"grade": false, "grade_id": "w06-q1-numerical", "locked": false, "schema_version": 3, "solution": true, "task": false}
def numerical_gradient(function: Callable[[Vector], float], w: NDArray[np.number], h: float = 1e-5) -> Vector:
    """Gradient by central differences.

    Parameters
    ----------
    function : callable
        Takes an array of floats of shape (n_parameters,), returns a number.
    w : array of shape (n_parameters,)
        Where the gradient is wanted; integers or floats. Left as it is.
    h : float
        How far to look to each side, in the unit of `w`.

    Returns
    -------
    array of floats of shape (n_parameters,)
        In units of the function per unit of `w`.

    Examples
    --------
    >>> numerical_gradient(lambda w: w[0] ** 2 + 3 * w[1], np.array([2, 5])).round(6)
    array([4., 3.])
    """
    ### BEGIN SOLUTION
    gradient = np.zeros(w.size)
    for j, direction in enumerate(np.eye(w.size)):  # float64, whatever w is, so the points asked for are float64 too
        gradient[j] = (function(w + h * direction) - function(w - h * direction)) / (2.0 * h)
    return gradient
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "w06-q1-numerical-test", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
def saddle(w):
    return 50.0 * w[0] ** 2 + 3.0 * w[0] * w[1]


w = np.array([2, -1])
check.array(
    numerical_gradient(saddle, w),
    [197.0, 6.0],
    of="numerical_gradient of 50·w₀² + 3·w₀·w₁ at (2, −1)",
    shape="(n_parameters,)",
    rtol=1e-6,
    atol=1e-6,
    causes={
        "this looks to one side only: the central difference looks to both": [197.0005, 6.0],
        "this looks to the left only: the central difference looks to both": [196.9995, 6.0],
        "the run from w − h to w + h is 2h, not h": [394.0, 12.0],
        "the gradient was kept in an array of integers, so its decimals are gone": [196.0, 5.0],
        "the step was added to integers and got lost: compute in float64": [0.0, 0.0],
        "an entry that was moved was not moved back": [197.0, 6.00003],
    },
)
check.unchanged(w, np.array([2, -1]), of="w")
w = np.array([2.0, -1.0])
numerical_gradient(saddle, w)
check.unchanged(w, np.array([2.0, -1.0]), of="w")
check.array(
    numerical_gradient(lambda w: w[0] ** 3, np.array([2.0]), h=0.5),
    [12.25],
    of="numerical_gradient of w³ at 2 with h=0.5",
    rtol=1e-6,
    causes={"h was left at its default": [12.0], "this looks to one side only": [15.25]},
)
check.array(
    numerical_gradient(lambda w: float(np.sum(w**2)), np.array([3.0, 100.0], dtype=np.float32)),
    np.array([6.0, 200.0]),
    of="numerical_gradient at a float32 point",
    rtol=1e-6,
    atol=1e-6,
)
empty = numerical_gradient(lambda w: 7.0, np.zeros(0))
check.array(empty, np.zeros(0), of="numerical_gradient of a function without parameters", shape="(n_parameters,)")
### BEGIN HIDDEN TESTS
rng = np.random.default_rng(601)
# contract: "entry $j$ is the **central difference**"
for n_parameters in (1, 2, 5, 12):
    A, w = rng.normal(size=(n_parameters, n_parameters)), rng.normal(size=n_parameters)
    S = A @ A.T
    before = w.copy()
    check.array(
        numerical_gradient(lambda v, S=S: float(v @ S @ v), w),
        2.0 * S @ w,
        of=f"numerical_gradient of a random bowl in {n_parameters} dimensions",
        rtol=1e-6,
        atol=1e-6,
    )
    # contract: "`w` is not written to."
    check.unchanged(w, before, of="w")
    for h in (0.1, 1.0):
        cubic = 3.0 * w**2 + h**2
        check.array(
            numerical_gradient(lambda v: float(np.sum(v**3)), w, h),
            cubic,
            of=f"numerical_gradient of a cubic with h={h}",
            rtol=1e-6,
            atol=1e-6,
        )
check.array(
    numerical_gradient(lambda v: float(np.exp(10.0 * v[0])), np.array([0.3])),
    [10.0 * np.exp(3.0)],
    of="numerical_gradient of exp(10·w)",
    rtol=1e-6,
)
# contract: "`function` takes an array of floats of the shape of `w` and returns a number. It is always asked with
# contract: **one** entry moved."
asked = []
numerical_gradient(lambda v: asked.append(np.array(v)) or 0.0, np.array([4, 5, 6]))
check.that(
    all(point.shape == (3,) and point.dtype.kind == "f" and np.sum(point != [4, 5, 6]) <= 1 for point in asked),
    "the function must be asked with an array of three floats in which one entry is moved",
)
# contract: "`w` holds integers, `float32` or `float64`."
for dtype in (np.int8, np.int64, np.float32, np.float64):
    w = np.array([3, -7, 20], dtype=dtype)
    name = f"numerical_gradient at a point of {w.dtype}"
    check.array(
        numerical_gradient(lambda v: float(np.sum(v**2)), w),
        np.array([6.0, -14.0, 40.0]),
        of=name,
        rtol=1e-6,
        atol=1e-6,
    )
# contract: "It may be empty; then so is the gradient."
check.array(numerical_gradient(lambda v: 1.0, np.zeros(0, dtype=int)), np.zeros(0), of="gradient at an empty point")
budget = load("engel", quiet=True)
income, food = budget["income"].to_numpy() / 1_000, budget["food"].to_numpy() / 1_000
residual = 0.1 + 0.5 * income - food
check.array(
    numerical_gradient(lambda v: float(np.mean((v[0] + v[1] * income - food) ** 2)), np.array([0.1, 0.5])),
    [2.0 * residual.mean(), 2.0 * (residual * income).mean()],
    of="numerical_gradient of the mean squared error on the household budgets",
    rtol=1e-6,
    atol=1e-6,
)
### END HIDDEN TESTS

# %% [markdown]
# ## 2 · Four opinions about an error ●●○ · 25 min · 3 points
#
# A model does what its loss asks for, so choosing the loss *is* stating what you want; and the slope of the loss is
# all that an optimiser ever hears of it.
#
# Write `loss_and_slope(kind, y, score)`: for every sample its loss $\ell$, and the slope $\partial\ell/\partial s$ by
# which the loss changes when the score $s$ grows.
#
# | `kind` | $y$ | loss | slope at the kink |
# |---|---|---|---|
# | `"squared"` | any number | $\tfrac12 (s - y)^2$ | |
# | `"absolute"` | any number | $\lvert s - y\rvert$ | 0 where $s = y$ |
# | `"log"` | $-1$ or $+1$ | $\log(1 + e^{-ys})$ | |
# | `"hinge"` | $-1$ or $+1$ | $\max(0,\; 1 - ys)$ | 0 where $ys = 1$ |
#
# - It returns a tuple of two arrays of floats of shape `(n,)`. `y` and `score` hold integers or floats of any width
#   and stay as they are; `n` may be 0.
# - **Nothing overflows and nothing warns**, for scores up to ±10,000: the log loss of $y = 1$ at $s = -10{,}000$ is
#   10,000. Nor is a tiny loss rounded to 0: at $ys = 40$ the log loss is 4.2e-18, and so is the size of its slope.
# - Shapes that differ would broadcast into a table of everybody against everybody. Raise a `ValueError` whose message
#   has the word *shape*.
# - Any other `kind` is a `ValueError` whose message holds it.
#
# Results are compared to a relative 1e-6 (rounding alone leaves far less) and, where a loss is tiny, an absolute 1e-200.
#
# <details><summary>Hint 1 · the idea</summary>Three of the losses are arithmetic and two calls of
# <code>np.where</code>. The fourth needs thought: which of <code>e^{-ys}</code> and <code>e^{ys}</code> is
# harmless?</details>
# <details><summary>Hint 2 · the direction</summary>Look up <code>np.logaddexp</code>: it computes
# <code>log(eᵃ + eᵇ)</code> without computing <code>eᵃ</code>. With <code>a = 0</code> you are nearly done.</details>
# <details><summary>Hint 3 · almost the code</summary>The slope of the log loss is <code>-y / (1 + e^{ys})</code>. Its
# denominator is the exponential of something that hint 2 computes safely; minus in front of that, and no division is
# left.</details>


# %% nbgrader={"grade": false, "grade_id": "w06-q2-losses", "locked": false, "schema_version": 3, "solution": true, "task": false}
def loss_and_slope(kind: str, y: NDArray[np.number], score: NDArray[np.number]) -> tuple[Vector, Vector]:
    """Loss of every sample, and its derivative with respect to the score.

    Parameters
    ----------
    kind : {"squared", "absolute", "log", "hinge"}
        Which loss.
    y : array of shape (n,)
        Targets; -1 or +1 for "log" and "hinge". Left as it is.
    score : array of shape (n,)
        What the model says, in the unit of `y`, or without one for "log" and "hinge". Left as it is.

    Returns
    -------
    loss : array of floats of shape (n,)
    slope : array of floats of shape (n,)

    Raises
    ------
    ValueError
        If `kind` is unknown (the message holds it) or the shapes differ (the message has the word *shape*).

    Examples
    --------
    >>> loss_and_slope("squared", np.array([1.0, 5.0]), np.array([3.0, 5.0]))
    (array([2., 0.]), array([2., 0.]))
    """
    ### BEGIN SOLUTION
    if y.shape != score.shape:
        raise ValueError(f"y has the shape {y.shape} and score {score.shape}: they must be equal")
    y, score = y.astype(np.float64), score.astype(np.float64)
    margin = y * score
    if kind == "squared":
        return (score - y) ** 2 / 2.0, score - y
    if kind == "absolute":
        return np.abs(score - y), np.sign(score - y)
    if kind == "log":
        return np.logaddexp(0.0, -margin), -y * np.exp(-np.logaddexp(0.0, margin))
    if kind == "hinge":
        return np.maximum(0.0, 1.0 - margin), np.where(margin < 1.0, -y, 0.0)
    raise ValueError(f"there is no loss {kind!r}: choose squared, absolute, log or hinge")
    ### END SOLUTION


# %% [markdown]
# **Look.** Your four losses, and below them their slopes: what an optimiser hears. Which of them stops listening to a
# sample that is already right, and which shouts louder the more a sample is wrong?

# %% tags=["only-draws"]
score = np.linspace(-3.0, 3.0, 601)
fig, axes = plt.subplots(2, 2, figsize=(10, 5.6), sharex="col", sharey="row")
for column, (kinds, target) in enumerate([(("squared", "absolute"), 0.0), (("log", "hinge"), 1.0)]):
    for kind in kinds:
        pair = attempt(loss_and_slope, kind, np.full(601, target), score)
        for ax, values in zip(axes[:, column], pair or (), strict=False):
            ax.plot(score, values, label=kind)
    axes[0, column].set(title=f"y = {target:+.0f}", ylabel="loss" if column == 0 else "")
    axes[1, column].set(title="", xlabel="score", ylabel="slope" if column == 0 else "")
    if axes[0, column].lines:
        axes[0, column].legend()
fig.suptitle("Four losses and their slopes")
plt.show()

# %% nbgrader={"grade": true, "grade_id": "w06-q2-losses-test", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
y, signs = np.array([0.5, 5.0, -2.0]), np.array([1, -1, 1, -1])
score, scores = np.array([2.5, 5.0, -6.0]), np.array([2.0, 2.0, -0.5, -1.0])
softly, likelihood = np.log1p(np.exp(-signs * scores)), 1.0 / (1.0 + np.exp(-signs * scores))
wanted = {
    "squared": (y, score, [2.0, 0.0, 8.0], [2.0, 0.0, -4.0]),
    "absolute": (y, score, [2.0, 0.0, 4.0], [1.0, 0.0, -1.0]),
    "log": (signs, scores, softly, -signs * (1.0 - likelihood)),
    "hinge": (signs, scores, [0.0, 3.0, 1.5, 0.0], [0.0, 1.0, -1.0, 0.0]),
}
causes = {
    "squared": {"the ½ in front of the square is missing": [4.0, 0.0, 16.0]},
    "absolute": {"this is the squared loss": [2.0, 0.0, 8.0], "the sign is still there": [2.0, 0.0, -4.0]},
    "log": {
        "the sign in the exponent is turned round: a positive margin y·s means right": np.log1p(np.exp(signs * scores)),
        "this is the formula for y in {0, 1}: here y is −1 or +1": np.log1p(np.exp(scores)) - signs * scores,
        "this is a logarithm to the base 2: np.log is the natural one": softly / np.log(2.0),
    },
    "hinge": {
        "the margin of 1 is missing: a sample costs nothing only from y·s = 1 on": [0.0, 2.0, 0.5, 0.0],
        "this is the squared hinge": [0.0, 9.0, 2.25, 0.0],
    },
}
slope_causes = {
    "squared": {
        "the slope belongs to the score, so it is s − y": [-2.0, 0.0, 4.0],
        "with the ½ in front the 2 cancels": [4.0, 0.0, -8.0],
    },
    "absolute": {"the slope belongs to the score, so it is the sign of s − y": [-1.0, 0.0, 1.0]},
    "log": {
        "this is the slope along the margin y·s: for the score multiply by y": likelihood - 1.0,
        "the sign is turned round: a score that grows towards y lowers the loss": signs * (1.0 - likelihood),
    },
    "hinge": {
        "this is the slope along the margin y·s: for the score multiply by y": [0.0, -1.0, -1.0, 0.0],
        "at the kink, y·s = 1, the slope is 0": [0.0, 1.0, -1.0, 1.0],
        "samples beyond the margin have slope 0": [-1.0, 1.0, -1.0, 1.0],
        "the sign is turned round: a score that grows towards y lowers the loss": [0.0, -1.0, 1.0, 0.0],
    },
}
for kind, (target, given, loss, slope) in wanted.items():
    before, target_before = given.copy(), target.copy()
    pair = loss_and_slope(kind, target, given)
    check.that(
        type(pair) is tuple and len(pair) == 2,
        f"loss_and_slope({kind!r}, …): expected a tuple (loss, slope), got a {type(pair).__name__}",
    )
    check.array(
        pair[0], np.array(loss), of=f"the {kind} loss", shape="(n,)", rtol=1e-6, atol=1e-12, causes=causes[kind]
    )
    check.array(
        pair[1],
        np.array(slope),
        of=f"the slope of the {kind} loss",
        shape="(n,)",
        rtol=1e-6,
        atol=1e-12,
        causes=slope_causes[kind],
    )
    check.unchanged(given, before, of="score")
    check.unchanged(target, target_before, of="y")
    for values, word in zip(loss_and_slope(kind, np.zeros(0), np.zeros(0)), ("loss", "slope"), strict=True):
        check.array(values, np.zeros(0), of=f"the {kind} {word} of no samples", shape="(n,)")
for kind, one, other, loss, slope in [
    ("squared", 100, -100, 20_000.0, -200.0),
    ("absolute", 100, -100, 200.0, -1.0),
    ("log", -1, -128, 0.0, 0.0),
    ("hinge", -1, -128, 0.0, 0.0),
]:
    pair = loss_and_slope(kind, np.array([one], dtype=np.int8), np.array([other], dtype=np.int8))
    for values, wanted_value, word in zip(pair, (loss, slope), ("loss", "slope"), strict=True):
        check.array(
            values,
            np.array([wanted_value]),
            of=f"the {kind} {word} of y={one} and score={other} in int8, whose largest number is 127",
            shape="(n,)",
            rtol=1e-6,
            atol=1e-12,
        )
### BEGIN HIDDEN TESTS
rng = np.random.default_rng(602)


def reference(kind, y, s):
    if kind == "squared":
        return 0.5 * (s - y) ** 2, s - y
    if kind == "absolute":
        return abs(s - y), float((s > y) - (s < y))
    if kind == "log":
        return np.log1p(np.exp(-y * s)), -y / (1.0 + np.exp(y * s))
    return max(0.0, 1.0 - y * s), (-y if y * s < 1.0 else 0.0)


# contract: "for every sample its loss $\ell$, and the slope $\partial\ell/\partial s$"
# contract: "`y` and `score` hold integers or floats of any width and stay as they are; `n` may be 0."
for kind in ("squared", "absolute", "log", "hinge"):
    for n, y_dtype, dtype in [(0, float, float), (1, np.int64, np.int8), (30, np.int8, float), (40, np.int8, np.int8)]:
        y = (rng.choice([-1, 1], size=n) if kind in ("log", "hinge") else rng.integers(-90, 90, size=n)).astype(y_dtype)
        s = (3.0 * rng.normal(size=n)).astype(dtype) if kind in ("log", "hinge") else rng.integers(-90, 90, size=n)
        s = s.astype(dtype)
        pairs = [reference(kind, float(a), float(b)) for a, b in zip(y, s, strict=True)]
        before, y_before = s.copy(), y.copy()
        loss, slope = loss_and_slope(kind, y, s)
        name = f"{kind} loss of {n} samples of {y.dtype} and {s.dtype}"
        check.array(loss, np.array([p[0] for p in pairs], dtype=float), of=name, shape="(n,)", rtol=1e-6, atol=1e-12)
        name = f"slope of the {name}"
        check.array(slope, np.array([p[1] for p in pairs], dtype=float), of=name, shape="(n,)", rtol=1e-6, atol=1e-12)
        check.unchanged(s, before, of="score")
        check.unchanged(y, y_before, of="y")
s, y = rng.normal(size=9), rng.normal(size=9)
for kind, part in [("squared", (0.5 * (s - y) ** 2, s - y)), ("absolute", (np.abs(s - y), np.sign(s - y)))]:
    for values, wanted, word in zip(loss_and_slope(kind, y, s), part, ("loss", "slope"), strict=True):
        check.array(values, wanted, of=f"the {kind} {word} of targets with decimals", shape="(n,)", rtol=1e-6)
y, s = np.array([200, 3], dtype=np.uint8), np.array([10, 250], dtype=np.uint8)
for kind, part in [("squared", ([18_050.0, 30_504.5], [-190.0, 247.0])), ("absolute", ([190.0, 247.0], [-1.0, 1.0]))]:
    for values, wanted, word in zip(loss_and_slope(kind, y, s), part, ("loss", "slope"), strict=True):
        check.array(values, wanted, of=f"the {kind} {word} of bytes, whose difference leaves their range", rtol=1e-6)
# contract: "0 where $s = y$"
# contract: "0 where $ys = 1$"
for kind, y, s in [("absolute", [2.0, -3.0], [2.0, -3.0]), ("hinge", [1.0, -1.0], [1.0, -1.0])]:
    loss, slope = loss_and_slope(kind, np.array(y), np.array(s))
    check.array(loss, np.zeros(2), of=f"the {kind} loss at its kink")
    check.array(slope, np.zeros(2), of=f"the slope of the {kind} loss at its kink")
### END HIDDEN TESTS

# %% nbgrader={"grade": true, "grade_id": "w06-q2-losses-limits", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
y, score = np.array([1, 1, 1, -1, -1]), np.array([-10_000.0, 40.0, 10_000.0, 10_000.0, -40.0])
tiny = 4.248354255291589e-18
with warnings.catch_warnings(record=True) as caught, np.errstate(over="warn", invalid="warn", divide="warn"):
    warnings.simplefilter("always")
    loss, slope = loss_and_slope("log", y, score)
check.array(
    loss,
    [10_000.0, tiny, 0.0, 10_000.0, tiny],
    of="the log loss of extreme scores",
    shape="(n,)",
    rtol=1e-6,
    atol=1e-200,
    causes={
        "exp overflowed: the loss of −10,000 is 10,000": [np.inf, tiny, 0.0, np.inf, tiny],
        "log(1 + tiny) was rounded to 0: np.log1p or np.logaddexp keep it": [10_000.0, 0.0, 0.0, 10_000.0, 0.0],
        "exp overflowed, and log(1 + tiny) was rounded to 0": [np.inf, 0.0, 0.0, np.inf, 0.0],
    },
)
check.array(
    slope,
    [-1.0, -tiny, 0.0, 1.0, tiny],
    of="the slope of the log loss at extreme scores",
    shape="(n,)",
    rtol=1e-6,
    atol=1e-200,
    causes={
        "1 − (something near 1) was rounded to 0: write it without that difference": [-1.0, 0.0, 0.0, 1.0, 0.0],
        "∞/∞ gave nan": [np.nan, -tiny, 0.0, np.nan, tiny],
    },
)
check.that(not caught, f"extreme scores must not warn, but NumPy said: {caught[0].message if caught else ''}")
check.raises(ValueError, loss_and_slope, "log", np.ones(4), np.ones((4, 1)), mentions=["shape"])
check.raises(ValueError, loss_and_slope, "huber", np.ones(4), np.ones(4), mentions=["huber"])
### BEGIN HIDDEN TESTS
# contract: "**Nothing overflows and nothing warns**, for scores up to ±10,000"
# contract: "Nor is a tiny loss rounded to 0: at $ys = 40$ the log loss is 4.2e-18, and so is the size of its slope."
for kind in ("squared", "absolute", "log", "hinge"):
    y, score = np.tile([1.0, -1.0], 6), np.array([-10_000, -800, -60, -45, -36, -1, 1, 36, 45, 60, 800, 10_000.0])
    with warnings.catch_warnings(record=True) as caught, np.errstate(over="warn", invalid="warn", divide="warn"):
        warnings.simplefilter("always")
        loss, slope = loss_and_slope(kind, y, score)
    check.that(not caught, f"the {kind} loss of extreme scores must not warn")
    check.that(bool(np.isfinite(loss).all() and np.isfinite(slope).all()), f"the {kind} loss overflowed")
y, score = np.ones(5), np.array([30.0, 36.5, 45.0, 100.0, 700.0])
loss, slope = loss_and_slope("log", y, score)
check.array(loss, np.exp(-score), of="the log loss of samples that are clearly right", rtol=1e-6, atol=1e-200)
check.array(
    slope, -np.exp(-score), of="the slope of the log loss of samples that are clearly right", rtol=1e-6, atol=1e-200
)
# contract: "Raise a `ValueError` whose message has the word *shape*."
for kind in ("squared", "absolute", "log", "hinge"):
    check.raises(ValueError, loss_and_slope, kind, np.ones((3, 1)), np.ones(3), mentions=["shape"])
    check.raises(ValueError, loss_and_slope, kind, np.ones(1), np.ones(3), mentions=["shape"])
# contract: "Any other `kind` is a `ValueError` whose message holds it."
for kind in ("logistic", "SQUARED", "zero-one", "abs", "hing", "lo", ""):
    check.raises(ValueError, loss_and_slope, kind, np.ones(2), np.ones(2), mentions=[kind])
### END HIDDEN TESTS

# %% [markdown]
# ## 3 · Downhill, with a record ●●○ · 40 min · 4 points
#
# Most failed training runs could have been diagnosed from one picture, the loss against the step; so a descent keeps
# its record, and refuses to go on once the loss has left the numbers.
#
# **Write `gradient_descent(loss, gradient, start, step_size, tolerance=1e-6, max_steps=10_000)`**: from `start`, step
# $w \leftarrow w - \eta\,\nabla L(w)$ with $\eta$ the step size. It returns a tuple `(w, record)`.
#
# - `record[k]` is the loss after $k$ steps, so `record[0]` belongs to the start and the last entry to the `w` that is
#   returned. `record` is an array of floats.
# - It stops as soon as the Euclidean length of the gradient is **at most** `tolerance` (at the start already, if it is
#   so there), or after `max_steps` steps.
# - If the loss is `inf` or `nan` after a step, or at the start (step 0), raise an `ArithmeticError` whose message holds
#   the number of that step and the words *step size*.
# - `start` may hold integers, is not written to, and is never the array that is returned. Nor may anything be written
#   into an array that `gradient` returned: it may return the same one again.
#
# **Then write `plot_convergence(records, lowest)`**, which draws such records and returns the figure.
#
# - One line for each entry of the dict `records` (name → record): its steps 0, 1, 2, … against its **excess loss**,
#   loss minus `lowest`. Excess below 1e-16 is drawn at 1e-16, for a logarithm knows no zero.
# - The loss axis is logarithmic, the step axis may be either. The figure has one axes, a title, an x label with the
#   word *step*, a y label with the word *loss*, and a legend with the names. The limits of
#   the axes hide no point; only step 0 may be lost, on a logarithmic step axis.
#
# Points and losses are compared to a relative and an absolute 1e-8: a descent is arithmetic, only its order may differ.
#
# <details><summary>Hint 1 · the idea</summary>A loop of: look at the gradient, perhaps stop, step, note the loss,
# perhaps complain. Take care what happens before the first step.</details>
# <details><summary>Hint 2 · the direction</summary>Begin with a copy of <code>start</code> in <code>float64</code> and
# a list that holds its loss. <code>np.isfinite</code> is false for <code>inf</code> and for <code>nan</code>. A
# <code>FloatingPointError</code> or an <code>OverflowError</code> is an <code>ArithmeticError</code> too.</details>
# <details><summary>Hint 3 · almost the code</summary><code>w = w - step_size * slope</code> makes a new array,
# <code>w -= …</code> writes into the old one. In the figure, <code>np.maximum(record - lowest, 1e-16)</code> and
# <code>ax.set_yscale("log")</code>.</details>


# %% nbgrader={"grade": false, "grade_id": "w06-q3-descent", "locked": false, "schema_version": 3, "solution": true, "task": false}
def gradient_descent(
    loss: Callable[[Vector], float],
    gradient: Gradient,
    start: NDArray[np.number],
    step_size: float,
    tolerance: float = 1e-6,
    max_steps: int = 10_000,
) -> tuple[Vector, Vector]:
    """Walk downhill with a constant step size, and keep a record of the loss.

    Parameters
    ----------
    loss, gradient : callable
        Take an array of floats of shape (n_parameters,); return a number, and an array of that shape.
    start : array of shape (n_parameters,)
        Integers or floats. Left as it is.
    step_size : float
        Above 0.
    tolerance : float
        Stop where the Euclidean length of the gradient is at most this.
    max_steps : int
        Stop after this many steps, 0 or more.

    Returns
    -------
    w : array of floats of shape (n_parameters,)
    record : array of floats of shape (n_steps_taken + 1,)
        The loss after 0, 1, 2, … steps.

    Raises
    ------
    ArithmeticError
        If the loss is inf or nan; the message holds the number of the step and the words *step size*.

    Examples
    --------
    >>> gradient_descent(lambda w: w[0] ** 2, lambda w: 2 * w, np.array([8]), 0.25, tolerance=4.0)
    (array([2.]), array([64., 16.,  4.]))
    """
    ### BEGIN SOLUTION
    w = np.array(start, dtype=np.float64)
    record: list[float] = []
    while True:
        value = float(loss(w))
        if not np.isfinite(value):
            raise ArithmeticError(f"the loss is {value} after step {len(record)}: try a smaller step size")
        record.append(value)
        slope = gradient(w)
        if len(record) > max_steps or np.linalg.norm(slope) <= tolerance:
            return w, np.array(record)
        w = w - step_size * slope
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "w06-q3-descent-test", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
def bowl(w):
    return float(w[0] ** 2 + w[1] ** 2) / 2.0


def slope_of_bowl(w):
    return w


answer = gradient_descent(bowl, slope_of_bowl, np.array([3.0, 4.0]), 0.5, max_steps=2)
check.that(
    type(answer) is tuple and len(answer) == 2,
    f"gradient_descent: expected a tuple (w, record), got a {type(answer).__name__}",
)
check.array(
    answer[1],
    [12.5, 3.125, 0.78125],
    of="the record of a descent of at most two steps",
    shape="(n_steps_taken + 1,)",
    rtol=1e-8,
    causes={
        "the loss at the start is missing: record[0] belongs to the start": [3.125, 0.78125],
        "the loss at the point that is returned is missing": [12.5, 3.125],
        "the descent went uphill": [12.5, 28.125, 63.28125],
        "one step was taken too many": [12.5, 3.125, 0.78125, 0.1953125],
        "the array that gradient returned was written into": [12.5, 0.0],
    },
)
check.array(answer[0], [0.75, 1.0], of="the point after two steps", rtol=1e-8)
start = np.array([24, -32])
w, record = gradient_descent(bowl, slope_of_bowl, start, 0.5, tolerance=5.0)
check.array(
    record,
    [800.0, 200.0, 50.0, 12.5],
    of="the record of a descent that halves (24, −32) until the gradient is 5 long",
    shape="(n_steps_taken + 1,)",
    rtol=1e-8,
    causes={
        "the loss at the start is missing: record[0] belongs to the start": [200.0, 50.0, 12.5],
        "the loss at the point that is returned is missing": [800.0, 200.0, 50.0],
        "a length of exactly the tolerance is short enough to stop": [800.0, 200.0, 50.0, 12.5, 3.125],
    },
)
check.array(w, [3.0, -4.0], of="the point where it stopped", shape="(n_parameters,)", rtol=1e-8)
check.unchanged(start, np.array([24, -32]), of="start")
w, record = gradient_descent(bowl, slope_of_bowl, np.array([3.0, 4.0]), 0.5, tolerance=4.5)
check.array(
    record,
    [12.5, 3.125],
    of="the record of a descent from a gradient of (3, 4) with tolerance 4.5",
    rtol=1e-8,
    causes={"it stopped by the largest entry: the Euclidean length of (3, 4) is 5": [12.5]},
)
start = np.array([3.0, 4.0])
w, record = gradient_descent(bowl, slope_of_bowl, start, 0.5, tolerance=5.0)
check.array(record, [12.5], of="the record of a descent that may stop at once", shape="(n_steps_taken + 1,)")
check.new_array(w, start, of="the point that is returned")
w, record = gradient_descent(bowl, slope_of_bowl, np.array([3, 4]), 0.5, max_steps=0)
check.array(w, [3.0, 4.0], of="the point after no steps from integers", shape="(n_parameters,)", rtol=1e-8)
check.raises(
    ArithmeticError,
    gradient_descent,
    lambda w: float(w[0] ** 4) if abs(w[0]) < 1e77 else np.inf,
    lambda w: 3.0 * w,
    np.array([1e70]),
    1.0,
    mentions=["step size", "24"],
)
for bad in (np.nan, np.inf):
    for step in (0, 3):
        check.raises(
            ArithmeticError,
            gradient_descent,
            lambda w, bad=bad, step=step: bad if w[0] >= step else 1.0,
            lambda w, step=step: -np.ones(1) if step else np.zeros(1),
            np.zeros(1),
            1.0,
            mentions=["step size", str(step)],
        )
constant = np.array([1.0, -2.0])
w, record = gradient_descent(lambda v: float(v[0] - 2.0 * v[1]), lambda v: constant, np.zeros(2), 0.5, max_steps=2)
check.unchanged(constant, np.array([1.0, -2.0]), of="what gradient returned")
check.array(w, [-1.0, 2.0], of="two steps down a plane", rtol=1e-8)
### BEGIN HIDDEN TESTS
rng = np.random.default_rng(603)
# contract: "step $w \leftarrow w - \eta\,\nabla L(w)$ with $\eta$ the step size"
# contract: "It stops as soon as the Euclidean length of the gradient is **at most** `tolerance`"
for n_parameters, step_size, max_steps in [(1, 0.1, 7), (3, 0.05, 40), (6, 0.02, 400), (2, 0.3, 0), (4, 0.1, 1)]:
    A = rng.normal(size=(n_parameters, n_parameters))
    S, start = A @ A.T / n_parameters + np.eye(n_parameters), rng.normal(size=n_parameters)
    point, losses = start.copy(), [float(start @ S @ start) / 2.0]
    while len(losses) <= max_steps and np.sqrt(np.sum((S @ point) ** 2)) > 0.01:
        point = point - step_size * (S @ point)
        losses.append(float(point @ S @ point) / 2.0)
    before = start.copy()
    w, record = gradient_descent(
        lambda v, S=S: float(v @ S @ v) / 2.0, lambda v, S=S: S @ v, start, step_size, 0.01, max_steps
    )
    name = f"descent of at most {max_steps} steps in {n_parameters} dimensions"
    check.array(record, losses, of=f"the record of a {name}", shape="(n_steps_taken + 1,)", rtol=1e-8, atol=1e-8)
    check.array(w, point, of=f"the end of a {name}", rtol=1e-8, atol=1e-8)
    # contract: "`start` may hold integers, is not written to, and is never the array that is returned."
    check.unchanged(start, before, of="start")
    check.new_array(w, start, of="the point that is returned")
w, record = gradient_descent(lambda v: float(np.sum(v**2)), lambda v: 2.0 * v, np.array([1, 1], dtype=np.int8), 0.1)
check.number(record.size - 1, 67, of="the steps that this descent needs with the default tolerance", integer=True)
w, record = gradient_descent(lambda v: float(v[0]), lambda v: np.ones(1), np.zeros(1), 1e-3)
check.array(w, [-10.0], of="the end of a slope without a bottom, after the default of 10,000 steps", rtol=1e-8)
# contract: "Nor may anything be written into an array that `gradient` returned: it may return the same one again."
constant = np.array([1.0, -2.0])
w, record = gradient_descent(lambda v: float(v[0] - 2.0 * v[1]), lambda v: constant, np.zeros(2), 0.1, max_steps=5)
check.array(w, [-0.5, 1.0], of="five steps down a plane", rtol=1e-8)
check.unchanged(constant, np.array([1.0, -2.0]), of="what gradient returned")
# contract: "If the loss is `inf` or `nan` after a step, or at the start (step 0), raise an `ArithmeticError` whose
# contract: message holds the number of that step and the words *step size*."
for bad in (np.inf, np.nan, -np.inf):
    for step in (0, 1, 7):
        check.raises(
            ArithmeticError,
            gradient_descent,
            lambda v, bad=bad, step=step: bad if v[0] >= step else 1.0,
            lambda v: -np.ones(1),
            np.zeros(1),
            1.0,
            mentions=["step size", str(step)],
        )
budget = load("engel", quiet=True)
income, food = budget["income"].to_numpy() / 1_000, budget["food"].to_numpy() / 1_000
X = np.column_stack([np.ones(income.size), (income - income.mean()) / income.std()])
w, record = gradient_descent(
    lambda v: float(np.mean((X @ v - food) ** 2)), lambda v: 2.0 * X.T @ (X @ v - food) / food.size, np.zeros(2), 0.2
)
best = np.linalg.lstsq(X, food, rcond=None)[0]
check.array(w, best, of="the line through the household budgets", rtol=1e-5, atol=1e-5)
check.that(bool((np.diff(record) < 0).all()), "with a small step the loss must fall at every step")
### END HIDDEN TESTS


# %% nbgrader={"grade": false, "grade_id": "w06-q3-descent-plot", "locked": false, "schema_version": 3, "solution": true, "task": false}
def plot_convergence(records: Mapping[str, Vector], lowest: float) -> Figure:
    """Draw records of descents: excess loss against step, on a logarithmic axis.

    Parameters
    ----------
    records : mapping of str to array of floats of shape (n_steps + 1,)
        For every run its name and its losses after 0, 1, 2, … steps; the lengths may differ.
    lowest : float
        The lowest loss there is, in the unit of the records.

    Returns
    -------
    matplotlib Figure
        One axes, one line and one legend entry for each run.
    """
    ### BEGIN SOLUTION
    fig, ax = plt.subplots()
    for name, record in records.items():
        ax.plot(np.arange(len(record)), np.maximum(record - lowest, 1e-16), label=name)
    ax.set(title="How fast each run approaches the lowest loss", xlabel="step", ylabel="loss above the lowest")
    ax.set_yscale("log")
    ax.legend()
    return fig
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "w06-q3-descent-figure", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
records = {"slow": np.array([9.0, 5.0, 3.0, 2.5, 2.25]), "quick": np.array([9.0, 2.0, 1.0 - 1e-15])}
figure = plot_convergence(records, 1.0)
check.figure(
    figure,
    title=True,
    x_label="step",
    y_label="loss",
    n_axes=1,
    n_lines=2,
    lines=[([0, 1, 2, 3, 4], [8.0, 4.0, 2.0, 1.5, 1.25]), ([0, 1, 2], [8.0, 1.0, 1e-16])],
    legend=["slow", "quick"],
    y_scale="log",
    atol=0.0,
    of="plot_convergence(records, 1.0)",
)
panel = figure.axes[0]
left, right = sorted(panel.get_xlim())
low, high = sorted(panel.get_ylim())
check.that(
    (left <= 0.0 or panel.get_xscale() == "log") and right >= 4.0 and low <= 1e-16 and high >= 8.0,
    "plot_convergence(records, 1.0): the limits of an axis hide some of the points",
)
plt.close(figure)
### BEGIN HIDDEN TESTS
rng = np.random.default_rng(613)
# contract: "One line for each entry of the dict `records` (name → record): its steps 0, 1, 2, … against its **excess
# contract: loss**, loss minus `lowest`."
# contract: "Excess below 1e-16 is drawn at 1e-16, for a logarithm knows no zero."
# contract: "The figure has one axes, a title, an x label with the word *step*, a y label with the word *loss*, and a
# contract: legend with the names. The limits of the axes hide no point; only step 0 may be lost, on a logarithmic step
# contract: axis."
for lowest, lengths in [(0.0, [1]), (-3.5, [40, 7, 300]), (12.0, [2, 2]), (1e-3, [5, 1, 4, 9])]:
    records = {f"run {k}": lowest + 10.0 ** rng.uniform(-9, 5, size=n) for k, n in enumerate(lengths)}
    records["run 0"][-1] = lowest - 1e-3
    before = {name: record.copy() for name, record in records.items()}
    figure = plot_convergence(records, lowest)
    curves = [(np.arange(len(r)), np.maximum(r - lowest, 1e-16)) for r in before.values()]
    check.figure(
        figure,
        title=True,
        x_label="step",
        y_label="loss",
        n_axes=1,
        n_lines=len(lengths),
        lines=curves,
        legend=list(records),
        y_scale="log",
        atol=0.0,
        of=f"a figure of {len(lengths)} records",
    )
    panel = figure.axes[0]
    left, right = sorted(panel.get_xlim())
    low, high = sorted(panel.get_ylim())
    tallest = max(float(y.max()) for _, y in curves)
    check.that(
        (left <= 0.0 or panel.get_xscale() == "log") and right >= max(lengths) - 1 and low <= 1e-16 and high >= tallest,
        f"a figure of {len(lengths)} records: the limits of an axis hide some of the points",
    )
    for name, record in records.items():
        check.unchanged(record, before[name], of=f"the record of {name}")
    plt.close(figure)
### END HIDDEN TESTS

# %% [markdown]
# **Worth keeping.** Two hundred and thirty-five Belgian families of 1857: their yearly income, and what they spent on
# food. One straight line, one loss, one algorithm; the only difference between the runs is the unit of the income.
# With the income in thousands of francs the descent needs patience, with the income standardised it is there in a
# single step, and with the income in francs, as the file has it, a thousand steps have found the tilt of the line but
# not its level. Each run steps by 1 / (the largest curvature of its loss).

# %% tags=["only-draws"]
budget = load("engel")
food = budget["food"].to_numpy()
income = budget["income"].to_numpy()
runs, lowest = {}, 0.0
for unit, x in {
    "income in francs": income,
    "income in thousand francs": income / 1_000,
    "income standardised": (income - income.mean()) / income.std(),
}.items():
    X = np.column_stack([np.ones(x.size), x])
    curvature = np.linalg.eigvalsh(X.T @ X / x.size)
    best = np.linalg.lstsq(X, food, rcond=None)[0]
    lowest = float(np.mean((X @ best - food) ** 2)) / 2.0
    run = attempt(
        gradient_descent,
        lambda v, X=X: float(np.mean((X @ v - food) ** 2)) / 2.0,
        lambda v, X=X: X.T @ (X @ v - food) / food.size,
        np.zeros(2),
        1.0 / curvature[1],
        1e-6,
        1_000,
    )
    if run is not None:
        runs[f"{unit}: condition number {curvature[1] / curvature[0]:,.0f}"] = run[1]
if runs:
    attempt(plot_convergence, runs, lowest)
    plt.show()

# %% [markdown]
# ## 4 · One handful at a time ●●○ · 30 min · 3 points
#
# With a billion rows nobody waits for the exact gradient; a handful of rows says roughly where downhill is, a thousand
# times as often.
#
# Write `sgd(gradient, X, y, start, step_size, batch_size, n_epochs, rng)`, stochastic gradient descent with
# mini-batches. It returns the path: an array of floats of shape `(n_epochs + 1, n_parameters)`, whose row $k$ is $w$
# after $k$ epochs and whose row 0 is `start`.
#
# - **An epoch** visits every row exactly once, in an order drawn from `rng` anew for each epoch, in batches of
#   `batch_size` rows. The last batch of an epoch holds what is left and may be smaller. A row of `X` and its entry of
#   `y` stay together.
# - **Each batch is one step:** $w \leftarrow w - \eta_t\, g$ with $g$ = `gradient(X_batch, y_batch, w)` and
#   $\eta_t$ = `step_size(t)`. Here $t$ is the number of steps taken before, 0, 1, 2, …, counted through **all** epochs.
# - All chance comes from `rng`; NumPy's global state is left alone.
# - `batch_size` may exceed the number of rows: then an epoch is one batch. Below 1 it is a mistake: raise a
#   `ValueError` whose message holds it. `n_epochs` may be 0.
# - `X`, `y` and `start` (integers or floats) are not written to.
#
# The checks look at what `gradient` is asked, and compare paths to a relative and an absolute 1e-8.
#
# <details><summary>Hint 1 · the idea</summary>Shuffle the row numbers, not the rows: one permutation serves
# <code>X</code> and <code>y</code> alike.</details>
# <details><summary>Hint 2 · the direction</summary><code>range(0, n_rows, batch_size)</code> gives the places where
# batches begin, and a slice that runs past the end is simply shorter. The counter <code>t</code> starts before the
# loop over epochs.</details>
# <details><summary>Hint 3 · almost the code</summary><code>rows = order[begin : begin + batch_size]</code>, then
# <code>X[rows]</code>, <code>y[rows]</code>. Append <code>w</code> to a list after each epoch, and make a new
# <code>w</code> at every step (<code>w = w - …</code>), or all entries of the list will be the same array.</details>


# %% nbgrader={"grade": false, "grade_id": "w06-q4-sgd", "locked": false, "schema_version": 3, "solution": true, "task": false}
def sgd(
    gradient: Callable[[NDArray, NDArray, Vector], Vector],
    X: NDArray[np.number],
    y: NDArray[np.number],
    start: NDArray[np.number],
    step_size: Callable[[int], float],
    batch_size: int,
    n_epochs: int,
    rng: np.random.Generator,
) -> Vector:
    """Stochastic gradient descent with mini-batches.

    Parameters
    ----------
    gradient : callable
        ``gradient(X_batch, y_batch, w)`` returns an array of shape (n_parameters,).
    X : array of shape (n_rows, n_features)
        At least one row. Left as it is.
    y : array of shape (n_rows,)
        Left as it is.
    start : array of shape (n_parameters,)
        Integers or floats. Left as it is.
    step_size : callable
        Takes the number of steps taken before (an int from 0), returns the size of the next one.
    batch_size : int
        Rows in a batch, 1 or more.
    n_epochs : int
        Passes over all rows, 0 or more.
    rng : numpy.random.Generator
        Where all chance comes from.

    Returns
    -------
    array of floats of shape (n_epochs + 1, n_parameters)
        The parameters at the start and after each epoch.

    Raises
    ------
    ValueError
        If `batch_size` is below 1; the message holds it.

    Examples
    --------
    >>> mean_slope = lambda X, y, w: np.array([np.mean(w[0] - y)])
    >>> sgd(mean_slope, np.ones((2, 1)), np.array([4.0, 4.0]), np.zeros(1), lambda t: 0.5, 2, 3, np.random.default_rng(0))
    array([[0. ],
           [2. ],
           [3. ],
           [3.5]])
    """
    ### BEGIN SOLUTION
    if batch_size < 1:
        raise ValueError(f"a batch of {batch_size} rows cannot be drawn: batch_size must be 1 or more")
    w = np.array(start, dtype=np.float64)
    path, t = [w], 0
    for _ in range(n_epochs):
        order = rng.permutation(len(X))
        for begin in range(0, len(X), batch_size):
            rows = order[begin : begin + batch_size]
            w = w - step_size(t) * gradient(X[rows], y[rows], w)
            t += 1
        path.append(w)
    return np.array(path)
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "w06-q4-sgd-test", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
X, y, start = np.arange(20.0).reshape(10, 2), 100 * np.arange(10), np.array([0, 0])
asked, times = [], []


def recording_gradient(X_batch, y_batch, w):
    asked.append((np.array(X_batch), np.array(y_batch), np.array(w, dtype=float)))
    return np.array([float(len(asked)), 1.0])


def shrinking(t):
    times.append(t)
    return 1.0 / (1 + t)


path = sgd(recording_gradient, X, y, start, shrinking, 4, 3, np.random.default_rng(4))
sizes = [len(batch[0]) for batch in asked]
check.sequence(sizes, [4, 4, 2] * 3, of="the rows in each batch: 10 rows, batch_size=4, three epochs")
visited = [np.concatenate([batch[1] for batch in asked[k : k + 3]]) // 100 for k in (0, 3, 6)]
for epoch, rows in enumerate(visited):
    check.array(np.sort(rows), np.arange(10), of=f"the rows visited in epoch {epoch}, sorted")
check.that(
    all(np.array_equal(batch[0][:, 0] // 2, batch[1] // 100) for batch in asked),
    "a row of X and its entry of y were parted: shuffle both by the same order",
)
check.that(
    not (np.array_equal(visited[0], visited[1]) and np.array_equal(visited[1], visited[2])),
    "all epochs visit the rows in the same order: draw a new one for each epoch",
)
check.that(
    not any(np.array_equal(np.sort(rows), rows) for rows in visited),
    "an epoch visits the rows in the order of the table: draw the order from rng",
)
check.sequence(sorted({int(t) for t in times}), list(range(9)), of="the t that step_size was asked for")
check.array(
    path,
    [[0, 0], [-3.0, -11 / 6], [-6.0, -2.45], [-9.0, -2.45 - 1 / 7 - 1 / 8 - 1 / 9]],
    of="the path of three epochs",
    shape="(n_epochs + 1, n_parameters)",
    rtol=1e-8,
    causes={
        "every row of the path is the same array: make a new w at each step": [[-9.0, -2.828968253968254]] * 4,
        "the steps went uphill": [[0, 0], [3.0, 11 / 6], [6.0, 2.45], [9.0, 2.828968253968254]],
        "the start was an array of integers and the path is one too": [[0, 0], [-3, -1], [-6, -1], [-9, -1]],
    },
)
check.unchanged(start, np.array([0, 0]), of="start")
check.unchanged(X, np.arange(20.0).reshape(10, 2), of="X")
check.unchanged(y, 100 * np.arange(10), of="y")
check.array(asked[3][2], path[1], of="the w at which the second epoch begins", rtol=1e-8)
nowhere = sgd(recording_gradient, X, y, start, shrinking, 4, 0, np.random.default_rng(4))
check.array(nowhere, [[0.0, 0.0]], of="the path of no epochs", shape="(n_epochs + 1, n_parameters)")
check.raises(
    ValueError, sgd, recording_gradient, X, y, start, shrinking, 0, 1, np.random.default_rng(4), mentions=["0"]
)
check.raises(
    ValueError, sgd, recording_gradient, X, y, start, shrinking, -3, 1, np.random.default_rng(4), mentions=["-3"]
)
for batch_size, each in [(3, [3, 3, 3, 1]), (99, [10])]:
    asked = []
    sgd(recording_gradient, X, y, start, shrinking, batch_size, 1, np.random.default_rng(4))
    sizes = [len(batch[0]) for batch in asked]
    check.sequence(sizes, each, of=f"the rows in each batch: 10 rows, batch_size={batch_size}, one epoch")


def first_row(X_batch, y_batch, w):
    return X_batch[0]


check.same_given_seed(sgd, first_row, X, y, start, shrinking, 4, 3, of="sgd(…, rng)")
### BEGIN HIDDEN TESTS
rng = np.random.default_rng(604)


def squared_slope(X_batch, y_batch, w):
    batches.append((np.array(X_batch), np.array(y_batch), np.array(w, dtype=float)))
    return X_batch.T @ (X_batch @ w - y_batch) / len(y_batch)


# contract: "**An epoch** visits every row exactly once, in an order drawn from `rng` anew for each epoch, in batches of
# contract: `batch_size` rows. The last batch of an epoch holds what is left and may be smaller."
# contract: "`batch_size` may exceed the number of rows: then an epoch is one batch."
for n_rows, batch_size, n_epochs in [(1, 1, 2), (7, 3, 3), (12, 4, 4), (5, 9, 3), (6, 6, 2), (40, 1, 2), (9, 2, 0)]:
    X, y, batches = rng.normal(size=(n_rows, 3)), rng.normal(size=n_rows), []
    start = rng.normal(size=3)
    kept = X.copy(), y.copy(), start.copy()
    path = sgd(
        squared_slope, X, y, start, lambda t: 0.1 / np.sqrt(1 + t), batch_size, n_epochs, np.random.default_rng(5)
    )
    name = f"{n_rows} rows, batch_size={batch_size}, {n_epochs} epochs"
    each = [min(batch_size, n_rows - begin) for begin in range(0, n_rows, batch_size)]
    check.sequence([len(batch[1]) for batch in batches], each * n_epochs, of=f"the rows in each batch: {name}")
    w, expected = start.copy(), [start.copy()]
    for t, (X_batch, y_batch, asked_at) in enumerate(batches):
        # contract: "**Each batch is one step:** $w \leftarrow w - \eta_t\, g$"
        check.array(asked_at, w, of=f"the w of step {t}: {name}", rtol=1e-8, atol=1e-8)
        w = w - 0.1 / np.sqrt(1 + t) * (X_batch.T @ (X_batch @ w - y_batch) / len(y_batch))
        if (t + 1) % len(each) == 0:
            expected.append(w)
            epoch = np.concatenate([batch[1] for batch in batches[t + 1 - len(each) : t + 1]])
            check.array(np.sort(epoch), np.sort(y), of=f"the rows of an epoch, sorted: {name}")
        # contract: "A row of `X` and its entry of `y` stay together."
        places = [int(np.flatnonzero(y == value)[0]) for value in y_batch]
        check.array(X_batch, X[places], of=f"the rows of X in a batch: {name}")
    check.array(
        path, np.array(expected), of=f"the path: {name}", shape="(n_epochs + 1, n_parameters)", rtol=1e-8, atol=1e-8
    )
    # contract: "`X`, `y` and `start` (integers or floats) are not written to."
    for array, before, word in zip((X, y, start), kept, ("X", "y", "start"), strict=True):
        check.unchanged(array, before, of=word)
# contract: "All chance comes from `rng`; NumPy's global state is left alone."
X, y = rng.normal(size=(30, 2)), rng.normal(size=30)
batches = []
check.same_given_seed(sgd, squared_slope, X, y, np.zeros(2), lambda t: 0.1, 5, 3, of="sgd(…, rng)", seed=3)
firsts = []
for seed in range(40):
    batches = []
    sgd(squared_slope, X[:4], y[:4], np.zeros(2), lambda t: 0.0, 1, 1, np.random.default_rng(seed))
    firsts.append(tuple(int(np.flatnonzero(y == batch[1][0])[0]) for batch in batches))
check.that(len(set(firsts)) > 12, f"40 seeds gave only {len(set(firsts))} of the 24 orders of four rows")
# contract: "Below 1 it is a mistake: raise a `ValueError` whose message holds it."
for batch_size in (0, -3):
    check.raises(
        ValueError, sgd, squared_slope, X, y, np.zeros(2), lambda t: 0.1, batch_size, 1, rng, mentions=[str(batch_size)]
    )
### END HIDDEN TESTS

# %% nbgrader={"grade": true, "grade_id": "w06-q4-sgd-budgets", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
budget = load("engel", quiet=True)
income, food = budget["income"].to_numpy(), budget["food"].to_numpy()
X = np.column_stack([np.ones(income.size), (income - income.mean()) / income.std()])


def absolute_slope(X_batch, y_batch, w):
    return X_batch.T @ np.sign(X_batch @ w - y_batch) / len(y_batch)


path = sgd(absolute_slope, X, food, np.zeros(2), lambda t: 100.0 / np.sqrt(1 + t), 16, 60, np.random.default_rng(16))
check.that(
    type(path) is np.ndarray and path.shape == (61, 2),
    f"60 epochs: expected an array of shape (61, 2), got a {type(path).__name__} of shape {np.shape(path)}",
)
miss = np.abs(X @ path.T - food[:, None]).mean(axis=0)
squares = np.abs(X @ np.linalg.lstsq(X, food, rcond=None)[0] - food).mean()
check.that(
    bool(miss[-1] < squares),
    f"sixty epochs on the absolute loss must leave a smaller mean miss than the least-squares line, {squares:.1f} francs; "
    f"yours leaves {miss[-1]:.1f}",
)
check.that(bool(miss[1] < miss[0] / 3), "one epoch of fifteen steps should remove two thirds of the loss at the start")
### BEGIN HIDDEN TESTS
# contract: "stochastic gradient descent with mini-batches"
for seed in range(3):
    path = sgd(
        absolute_slope, X, food, np.zeros(2), lambda t: 100.0 / np.sqrt(1 + t), 16, 60, np.random.default_rng(seed)
    )
    miss = np.abs(X @ path[-1] - food).mean()
    check.that(bool(miss < squares), f"the mean miss should fall below {squares:.1f} francs and is {miss:.1f}")
### END HIDDEN TESTS

# %% [markdown]
# **Look.** The budgets once more, with both lines. A few families at the right earn far more than the others and spend
# a smaller share of it on food. The squared loss bends the line towards them, because a miss six times as large costs
# it 36 times as much; to the absolute loss it costs six times as much.
#
# <!-- worked out: 36 times = 6**2 -->

# %% tags=["only-draws"]
budget = load("engel")
income, food = budget["income"].to_numpy(), budget["food"].to_numpy()
standard = (income - income.mean()) / income.std()
X = np.column_stack([np.ones(income.size), standard])
lines = {"squared loss (exact)": np.linalg.lstsq(X, food, rcond=None)[0]}
path = attempt(
    sgd,
    lambda X, y, w: X.T @ np.sign(X @ w - y) / len(y),
    X,
    food,
    np.zeros(2),
    lambda t: 100.0 / np.sqrt(1 + t),
    16,
    60,
    np.random.default_rng(16),
)
if path is not None:
    lines["absolute loss (your sgd)"] = path[-1]
fig, ax = plt.subplots(figsize=(8.5, 4.2))
ax.scatter(income, food, s=14, color=plotting.PALETTE["grey"], alpha=0.6, label="a family")
along = np.array([income.min(), income.max()])
for (name, (level, tilt)), style in zip(lines.items(), ("-", "--"), strict=False):
    ax.plot(along, level + tilt * (along - income.mean()) / income.std(), style, label=name)
ax.set(
    title="Food expenditure of Belgian families, 1857", xlabel="income (francs a year)", ylabel="food (francs a year)"
)
ax.legend()
plt.show()

# %% [markdown]
# ## 5 · Momentum and Adam, step for step ●●○ · 30 min · 3 points
#
# Adam trains nearly every network you have heard of, and reimplementations of it differ from the original in ways that
# nobody notices until a run cannot be reproduced.
#
# Write two functions. Both return the path, an array of floats of shape `(n_steps + 1, n_parameters)`: row 0 is
# `start`, row $t$ is $w_t$. With $g_t = $ `gradient(w_{t-1})` and $\eta$ the step size, **`momentum(gradient, start,
# step_size, n_steps, beta=0.9)`** computes for $t = 1, 2, \dots$
#
# $$v_t = \beta\, v_{t-1} + g_t, \qquad w_t = w_{t-1} - \eta\, v_t, \qquad v_0 = 0,$$
#
# and **`adam(gradient, start, step_size, n_steps, beta1=0.9, beta2=0.999, epsilon=1e-8)`**, with squares, roots and
# divisions entry by entry,
#
# $$m_t = \beta_1 m_{t-1} + (1 - \beta_1)\, g_t, \qquad s_t = \beta_2 s_{t-1} + (1 - \beta_2)\, g_t^2, \qquad
# m_0 = s_0 = 0,$$
# $$w_t = w_{t-1} - \eta\, \frac{\hat m_t}{\sqrt{\hat s_t} + \varepsilon}, \qquad
# \hat m_t = \frac{m_t}{1 - \beta_1^t}, \quad \hat s_t = \frac{s_t}{1 - \beta_2^t}.$$
#
# - `gradient` is asked **exactly once per step**, at the current point: it may be noisy, and every call may draw
#   another batch.
# - Nothing is written into `start` (integers or floats) or into what `gradient` returned: it may return the same array
#   again.
# - `n_steps` may be 0. Where a gradient is 0 all the time, the parameter stays where it is.
#
# Paths are compared to a relative 1e-8 and an absolute 1e-12: the formulas leave no freedom but rounding.
#
# <details><summary>Hint 1 · the idea</summary>Both are the loop of exercise 3 with a memory: one array more for
# momentum, two for Adam.</details>
# <details><summary>Hint 2 · the direction</summary>The hats are new arrays. Never put them back into <code>m</code> and
# <code>s</code>: the correction belongs to the step, not to the memory. Count <code>t</code> from 1.</details>
# <details><summary>Hint 3 · almost the code</summary>By hand: in Adam's first step the hats give back <code>g</code>
# and <code>g²</code>, so each parameter moves by <code>step_size</code> against the sign of its gradient, however
# large that is.</details>


# %% nbgrader={"grade": false, "grade_id": "w06-q5-optimisers", "locked": false, "schema_version": 3, "solution": true, "task": false}
def momentum(
    gradient: Gradient, start: NDArray[np.number], step_size: float, n_steps: int, beta: float = 0.9
) -> Vector:
    """Gradient descent with momentum.

    Parameters
    ----------
    gradient : callable
        Takes and returns an array of floats of shape (n_parameters,). Asked once per step.
    start : array of shape (n_parameters,)
        Integers or floats. Left as it is.
    step_size : float
        The learning rate.
    n_steps : int
        0 or more.
    beta : float
        Share of the velocity that is kept, in [0, 1).

    Returns
    -------
    array of floats of shape (n_steps + 1, n_parameters)

    Examples
    --------
    >>> momentum(lambda w: np.ones(1), np.array([0]), 1.0, 3, beta=0.5)
    array([[ 0.  ],
           [-1.  ],
           [-2.5 ],
           [-4.25]])
    """
    ### BEGIN SOLUTION
    path = [np.array(start, dtype=np.float64)]
    velocity = np.zeros(len(start))
    for _ in range(n_steps):
        velocity = beta * velocity + gradient(path[-1])
        path.append(path[-1] - step_size * velocity)
    return np.array(path)
    ### END SOLUTION


def adam(
    gradient: Gradient,
    start: NDArray[np.number],
    step_size: float,
    n_steps: int,
    beta1: float = 0.9,
    beta2: float = 0.999,
    epsilon: float = 1e-8,
) -> Vector:
    """Adam: steps scaled by running means of the gradient and of its square.

    Parameters
    ----------
    gradient, start, step_size, n_steps
        As for `momentum`.
    beta1, beta2 : float
        Shares of the two running means that are kept, in [0, 1).
    epsilon : float
        Keeps the division from 0/0.

    Returns
    -------
    array of floats of shape (n_steps + 1, n_parameters)

    Examples
    --------
    >>> adam(lambda w: np.array([1000.0]), np.array([0]), 0.5, 2).round(6)
    array([[ 0. ],
           [-0.5],
           [-1. ]])
    """
    ### BEGIN SOLUTION
    path = [np.array(start, dtype=np.float64)]
    mean, square = np.zeros(len(start)), np.zeros(len(start))
    for t in range(1, n_steps + 1):
        g = gradient(path[-1])
        mean = beta1 * mean + (1.0 - beta1) * g
        square = beta2 * square + (1.0 - beta2) * g**2
        step = (mean / (1.0 - beta1**t)) / (np.sqrt(square / (1.0 - beta2**t)) + epsilon)
        path.append(path[-1] - step_size * step)
    return np.array(path)
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "w06-q5-optimisers-momentum", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
calls = []


def canyon_slope(w):
    calls.append(np.array(w, dtype=float))
    return np.array([w[0], 10.0 * w[1]])


start = np.array([10, 1])
path = momentum(canyon_slope, start, 0.05, 3, beta=0.8)
check.array(
    path,
    [[10.0, 1.0], [9.5, 0.5], [8.625, -0.15], [7.49375, -0.595]],
    of="momentum(canyon_slope, (10, 1), 0.05, 3, beta=0.8)",
    shape="(n_steps + 1, n_parameters)",
    rtol=1e-8,
    atol=1e-12,
    causes={
        "the gradient was weighted by 1 − β: here it enters in full": [
            [10.0, 1.0],
            [9.9, 0.9],
            [9.721, 0.73],
            [9.48059, 0.521],
        ],
        "this is plain descent: the velocity is forgotten at every step": [
            [10.0, 1.0],
            [9.5, 0.5],
            [9.025, 0.25],
            [8.57375, 0.125],
        ],
        "beta was left at its default": [[10.0, 1.0], [9.5, 0.5], [8.575, -0.2], [7.31375, -0.73]],
    },
)
check.unchanged(start, np.array([10, 1]), of="start")
check.number(len(calls), 3, of="how often momentum asked for the gradient in three steps", integer=True)
check.array(np.array(calls), path[:-1], of="the points at which the gradient was asked", rtol=1e-8, atol=1e-12)
constant = np.array([1.0, -2.0])
start = np.array([5.0, 6.0])
check.array(
    momentum(lambda w: constant, start, 1.0, 2, beta=0.5),
    [[5.0, 6.0], [4.0, 8.0], [2.5, 11.0]],
    of="momentum down a plane, whose gradient is the same array at every call",
    rtol=1e-8,
    causes={"the velocity was written into the array that gradient returned": [[5.0, 6.0], [4.0, 8.0], [3.0, 10.0]]},
)
check.unchanged(constant, np.array([1.0, -2.0]), of="what gradient returned")
check.unchanged(start, np.array([5.0, 6.0]), of="start")
check.array(
    momentum(canyon_slope, np.array([2, 3]), 0.1, 0), [[2.0, 3.0]], of="momentum of no steps", shape="(1, n_parameters)"
)
### BEGIN HIDDEN TESTS
rng = np.random.default_rng(605)
# contract: "$$v_t = \beta\, v_{t-1} + g_t, \qquad w_t = w_{t-1} - \eta\, v_t, \qquad v_0 = 0,$$"
for n_parameters, n_steps, options in [
    (1, 5, {}),
    (3, 12, {"beta": 0.5}),
    (6, 40, {"beta": 0.95}),
    (2, 9, {"beta": 0.0}),
]:
    noise, start = rng.normal(size=(n_steps, n_parameters)), rng.normal(size=n_parameters)
    given = iter(noise)
    path = momentum(lambda w, given=given: next(given) + 0.3 * w, start, 0.07, n_steps, **options)
    w, velocity, expected = start.copy(), np.zeros(n_parameters), [start.copy()]
    for row in noise:
        velocity = options.get("beta", 0.9) * velocity + row + 0.3 * w
        w = w - 0.07 * velocity
        expected.append(w)
    name = f"momentum, {n_steps} steps with a noisy gradient, {options}"
    check.array(path, np.array(expected), of=name, shape="(n_steps + 1, n_parameters)", rtol=1e-8, atol=1e-12)
    # contract: "`gradient` is asked **exactly once per step**, at the current point"
    check.that(next(given, None) is None, "the gradient was not asked once for every step")
# contract: "Nothing is written into `start` (integers or floats) or into what `gradient` returned: it may return the
# contract: same array again."
constant, start = np.array([1.0, -2.0]), np.array([5.0, 6.0])
path = momentum(lambda w: constant, start, 1.0, 3, beta=0.5)
check.array(path, start - np.outer([0.0, 1.0, 2.5, 4.25], [1.0, -2.0]), of="momentum down a plane", rtol=1e-8)
check.unchanged(constant, np.array([1.0, -2.0]), of="what gradient returned")
check.unchanged(start, np.array([5.0, 6.0]), of="start")
check.array(momentum(lambda w: constant, np.array([1, 2]), 0.25, 1), [[1, 2], [0.75, 2.5]], of="momentum from integers")
### END HIDDEN TESTS

# %% nbgrader={"grade": true, "grade_id": "w06-q5-optimisers-adam", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
calls = []


def changing_slope(w):
    calls.append(np.array(w, dtype=float))
    return np.array([[4.0, -0.01], [2.0, 0.03], [-1.0, 0.0]])[(len(calls) - 1) % 3]


start = np.array([1, 0])
path = adam(changing_slope, start, 0.1, 3, beta1=0.5, beta2=0.75)
check.number(len(calls), 3, of="how often adam asked for the gradient in three steps", integer=True)
exact = [
    [1.0, 0.0],
    [0.9000000002499999, 0.0999999000001],
    [0.811808290172847, 0.02939005110325696],
    [0.7877075076377247, -0.010777897369517599],
]
check.array(
    path,
    exact,
    of="adam(changing_slope, (1, 0), 0.1, 3, beta1=0.5, beta2=0.75)",
    shape="(n_steps + 1, n_parameters)",
    rtol=1e-8,
    atol=1e-12,
    causes={
        "the corrections by 1 − β₁ᵗ and 1 − β₂ᵗ are missing": [
            [1.0, 0.0],
            [0.9000000005, 0.0999998000004],
            [0.8000000009999999, 0.019935774379874857],
            [0.7722649913425846, -0.02628920778421867],
        ],
        "epsilon belongs outside the root": [
            [1.0, 0.0],
            [0.90000000003125, 0.09999500037496876],
            [0.8118082897106602, 0.029385755233477917],
            [0.7877075070953253, -0.010781580708285068],
        ],
        "the root of ŝ is missing": [
            [1.0, 0.0],
            [0.975000000015625, 9.99900009999],
            [0.9458333333808594, 7.007600800319311],
            [0.9356684982341059, 4.748819972997489],
        ],
        "the corrected m̂ and ŝ were put back into the memory": [
            [1.0, 0.0],
            [0.9000000002499999, 0.0999999000001],
            [0.826620061814081, 0.04908241172280549],
            [0.799162724666831, 0.02353721879645699],
        ],
        "the betas were left at their defaults": [
            [1.0, 0.0],
            [0.9000000002499999, 0.0999999000001],
            [0.8067820366636851, 0.05058093876680195],
            [0.7504158992224932, 0.01237994234591254],
        ],
        "t was counted one too high: the first step has t = 1": [
            [1.0, 0.0],
            [0.911808289922847, 0.08819159370230736],
            [0.8249116826775154, 0.018618660869973727],
            [0.8004517032661834, -0.0221479467404523],
        ],
    },
)
check.unchanged(start, np.array([1, 0]), of="start")
check.array(np.array(calls), path[:-1], of="the points at which the gradient was asked", rtol=1e-8, atol=1e-12)
nowhere = adam(changing_slope, np.array([2, 3]), 0.1, 0)
check.array(nowhere, [[2.0, 3.0]], of="adam of no steps", shape="(1, n_parameters)")
still = adam(lambda w: np.array([0.0, 1e-3]), np.array([5.0, 0.0]), 0.1, 4)
check.array(still[:, 0], np.full(5, 5.0), of="a parameter whose gradient is always 0")
constant, start = np.array([3.0, -2.0]), np.array([5.0, 6.0])
adam(lambda w: constant, start, 0.5, 2)
check.unchanged(constant, np.array([3.0, -2.0]), of="what gradient returned")
check.unchanged(start, np.array([5.0, 6.0]), of="start")
### BEGIN HIDDEN TESTS
rng = np.random.default_rng(615)
# contract: "$$w_t = w_{t-1} - \eta\, \frac{\hat m_t}{\sqrt{\hat s_t} + \varepsilon}, \qquad […]"
for n_parameters, n_steps, options in [
    (1, 6, {}),
    (4, 30, {"beta1": 0.8, "beta2": 0.95}),
    (3, 200, {"beta2": 0.99, "epsilon": 0.05}),
    (2, 10, {"beta1": 0.0, "beta2": 0.0, "epsilon": 1.0}),
    (2, 0, {}),
]:
    noise, start = rng.normal(size=(n_steps, n_parameters)), rng.normal(size=n_parameters)
    given = iter(noise)
    path = adam(lambda w, given=given: next(given) + 0.3 * w, start, 0.07, n_steps, **options)
    b1, b2, epsilon = options.get("beta1", 0.9), options.get("beta2", 0.999), options.get("epsilon", 1e-8)
    w, expected, seen = start.copy(), [start.copy()], []
    for t, row in enumerate(noise, start=1):
        seen.append(row + 0.3 * w)
        ages = np.arange(t)[::-1, None]
        mean = ((1 - b1) * b1**ages * seen).sum(axis=0) / (1 - b1**t)
        square = ((1 - b2) * b2**ages * np.square(seen)).sum(axis=0) / (1 - b2**t)
        w = w - 0.07 * mean / (np.sqrt(square) + epsilon)
        expected.append(w)
    name = f"adam, {n_steps} steps with a noisy gradient, {options}"
    check.array(path, np.array(expected), of=name, shape="(n_steps + 1, n_parameters)", rtol=1e-8, atol=1e-12)
    # contract: "`gradient` is asked **exactly once per step**, at the current point"
    check.that(next(given, None) is None, "the gradient was not asked once for every step")
# contract: "it may return the same array again."
constant, start = np.array([3.0, -2.0]), np.array([5.0, 6.0])
path = adam(lambda w: constant, start, 0.5, 3)
check.array(path, start - np.outer([0.0, 0.5, 1.0, 1.5], [1.0, -1.0]), of="adam down a plane", rtol=1e-7)
check.unchanged(constant, np.array([3.0, -2.0]), of="what gradient returned")
check.unchanged(start, np.array([5.0, 6.0]), of="start")
# contract: "Where a gradient is 0 all the time, the parameter stays where it is."
check.array(adam(lambda w: np.zeros(2), np.array([1, 2]), 0.5, 3), np.tile([1.0, 2.0], (4, 1)), of="adam on a plateau")
### END HIDDEN TESTS

# %% [markdown]
# **Look.** A canyon 25 times as steep across as along. Plain descent must take steps small enough for the walls, and
# creeps along the floor; momentum adds up what the steps agree on; Adam walks as if the canyon were round. All three
# take 60 steps.

# %% tags=["only-draws"]
start, scale = np.array([-9.0, 2.5]), np.array([1.0, 25.0])
paths = {
    "plain descent": attempt(momentum, lambda w: scale * w, start, 0.06, 60, 0.0),
    "momentum": attempt(momentum, lambda w: scale * w, start, 0.03, 60, 0.8),
    "Adam": attempt(adam, lambda w: scale * w, start, 0.6, 60),
}
across, along = np.meshgrid(np.linspace(-10, 3, 200), np.linspace(-3, 3, 120))
fig, ax = plt.subplots(figsize=(10, 4.2))
ax.contour(across, along, (across**2 + 25.0 * along**2) / 2.0, levels=np.geomspace(0.3, 110, 9), colors="0.8")
for name, path in paths.items():
    if path is not None:
        ax.plot(*path.T, ".-", linewidth=1, label=f"{name}: ends {np.linalg.norm(path[-1]):.2f} from the minimum")
ax.plot(0, 0, "k*", markersize=12)
ax.set(title="Three ways down a canyon", xlabel="first parameter", ylabel="second parameter")
if any(path is not None for path in paths.values()):
    ax.legend(loc="upper right")
plt.show()

# %% [markdown]
# ## 6 · Logistic regression without the library ●●● · 40 min · 4 points
#
# The workhorse of credit scoring, medicine and advertising is one likelihood and one optimiser; whoever has fitted it
# by hand knows what its warnings, its coefficients and its `C` mean.
#
# Write two functions. In both, `weights` is an array of shape `(n_features + 1,)` whose entry 0 is the intercept, and
# the score of a row $x$ is $s = w_0 + \sum_j w_j x_j$.
#
# **`predict_probability(X, weights)`** returns $p = 1/(1 + e^{-s})$ for each row: no warning and no `nan` for scores up
# to ±10,000, and no small probability rounded to 0 (at $s = -40$ it is 4.2e-18). `X` may have no rows.
#
# **`fit_logistic(X, y, penalty)`** returns the weights that minimise
#
# $$J(w) = \sum_{i=1}^n \bigl[\log(1 + e^{s_i}) - y_i s_i\bigr] + \frac{\text{penalty}}{2} \sum_{j \ge 1} w_j^2 .$$
#
# - The first part is a **sum** over the rows, minus the logarithm of their likelihood. The second leaves the intercept
#   $w_0$ out. scikit-learn minimises the same with `C = 1 / penalty`.
# - `y` holds 0 and 1, both of them, as integers, floats or booleans. `penalty` is from 1 to 100, so that there is one
#   finite answer even where a plane separates the classes. In the checks the columns of `X` are of order one, and
#   there are at most 30 of them.
# - Neither `X` nor `y` nor `weights` is written to.
# - **Forbidden:** ready-made fits and optimisers: scikit-learn, statsmodels, `scipy.optimize`. The checks look.
#
# Weights may miss by an absolute 1e-4 (the minimum is flat: a few digits of weight are worth nothing in loss),
# probabilities by a relative 1e-6 and an absolute 1e-200.
#
# <details><summary>Hint 1 · the idea</summary>The gradient is short: with the errors <code>p − y</code>, it is their
# sum for the intercept, and <code>X.T @ (p − y) + penalty · w</code> for the others. Any descent reaches the bottom,
# for <code>J</code> is convex.</details>
# <details><summary>Hint 2 · the direction</summary>Plain descent needs a step below 2 / curvature, and the curvature is
# at most a quarter of the largest eigenvalue of the Gram matrix (with the column of ones) plus the penalty; then many
# thousand steps. Newton's method needs about eight: it divides the gradient by the matrix of second
# derivatives.</details>
# <details><summary>Hint 3 · almost the code</summary>With <code>Z</code> for <code>X</code> with a column of ones in
# front, that matrix is <code>(Z.T * (p * (1 - p))) @ Z</code> plus the penalty on its diagonal, all but the first
# entry. <code>np.linalg.solve</code> divides. Stop when the gradient is shorter than <code>1e-8</code> or so.</details>


# %% nbgrader={"grade": false, "grade_id": "w06-q6-logistic", "locked": false, "schema_version": 3, "solution": true, "task": false}
def predict_probability(X: NDArray[np.number], weights: Vector) -> Vector:
    """Probability of class 1 for every row.

    Parameters
    ----------
    X : array of shape (n_rows, n_features)
        Integers or floats; n_rows may be 0.
    weights : array of shape (n_features + 1,)
        The intercept, then one weight per feature.

    Returns
    -------
    array of floats of shape (n_rows,)
        In [0, 1].

    Examples
    --------
    >>> predict_probability(np.array([[2.0], [0.0]]), np.array([0.0, np.log(2.0)]))
    array([0.8, 0.5])
    """
    ### BEGIN SOLUTION
    score = weights[0] + X @ weights[1:]
    return np.exp(-np.logaddexp(0.0, -score))
    ### END SOLUTION


def fit_logistic(X: NDArray[np.number], y: NDArray, penalty: float) -> Vector:
    """Weights of penalised logistic regression.

    Parameters
    ----------
    X : array of shape (n_rows, n_features)
        Columns of order one. Left as it is.
    y : array of shape (n_rows,)
        0 and 1, or booleans. Left as it is.
    penalty : float
        From 1 to 100; the intercept goes free.

    Returns
    -------
    array of floats of shape (n_features + 1,)
        The intercept, then one weight per feature.

    Examples
    --------
    >>> X, y = np.repeat([[2.0], [4.0]], 10, axis=0), np.repeat([0, 1], 10)
    >>> fit_logistic(X, y, 5.0 / np.log(3.0)).round(4)
    array([-3.2958,  1.0986])
    """
    ### BEGIN SOLUTION
    Z = np.column_stack([np.ones(len(X)), X])
    ridge = np.full(Z.shape[1], float(penalty))
    ridge[0] = 0.0
    weights = np.zeros(Z.shape[1])
    for _ in range(30):  # Newton's method; near the minimum each step doubles the digits
        p = predict_probability(X, weights)
        slope = Z.T @ (p - y) + ridge * weights
        curvature = (Z.T * (p * (1.0 - p))) @ Z + np.diag(ridge)
        weights = weights - np.linalg.solve(curvature, slope)
    return weights
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "w06-q6-logistic-probability", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
X, weights = np.array([[2.0, 1.0], [0.0, 0.0], [-1.0, 3.0]]), np.array([0.5, 1.0, -2.0])
score = np.array([0.5, 0.5, -6.5])
check.array(
    predict_probability(X, weights),
    1.0 / (1.0 + np.exp(-score)),
    of="predict_probability(X, weights)",
    shape="(n_rows,)",
    rtol=1e-6,
    causes={
        "this is the probability of class 0": 1.0 / (1.0 + np.exp(score)),
        "the intercept was left out: weights[0] has no column": 1.0 / (1.0 + np.exp(0.5 - score)),
        "these are the scores: send them through 1/(1 + e^-s)": score,
        "this is the class, not its probability": np.array([1.0, 1.0, 0.0]),
    },
)
extreme = np.array([[-10_000.0], [-40.0], [40.0], [10_000.0]])
with warnings.catch_warnings(record=True) as caught, np.errstate(over="warn", invalid="warn", divide="warn"):
    warnings.simplefilter("always")
    p = predict_probability(extreme, np.array([0.0, 1.0]))
check.array(
    p,
    [0.0, 4.248354255291589e-18, 1.0, 1.0],
    of="the probabilities at scores of −10,000, −40, 40 and 10,000",
    rtol=1e-6,
    atol=1e-200,
    causes={
        "∞/∞ gave nan": [0.0, 4.248354255291589e-18, 1.0, np.nan],
        "1 − (something near 1) was rounded to 0": [0.0, 0.0, 1.0, 1.0],
    },
)
check.that(not caught, f"extreme scores must not warn, but NumPy said: {caught[0].message if caught else ''}")
check.array(predict_probability(np.zeros((0, 3)), np.ones(4)), np.zeros(0), of="the probabilities of no rows")
### BEGIN HIDDEN TESTS
rng = np.random.default_rng(606)
# contract: "returns $p = 1/(1 + e^{-s})$ for each row"
for n_rows, n_features in [(1, 1), (5, 3), (40, 30), (3, 0)]:
    X, weights = rng.normal(size=(n_rows, n_features)), rng.normal(size=n_features + 1)
    kept = X.copy(), weights.copy()
    expected = 1.0 / (1.0 + np.exp(-(weights[0] + (X * weights[1:]).sum(axis=1))))
    name = f"the probabilities of {n_rows} rows of {n_features} features"
    check.array(predict_probability(X, weights), expected, of=name, shape="(n_rows,)", rtol=1e-6)
    # contract: "Neither `X` nor `y` nor `weights` is written to."
    check.unchanged(X, kept[0], of="X")
    check.unchanged(weights, kept[1], of="weights")
# contract: "no warning and no `nan` for scores up to ±10,000, and no small probability rounded to 0"
scores = np.array([-10_000, -745, -700, -300, -37, 37, 300, 720, 10_000])
with warnings.catch_warnings(record=True) as caught, np.errstate(over="warn", invalid="warn", divide="warn"):
    warnings.simplefilter("always")
    p = predict_probability(scores[:, None] - 1, np.array([1.0, 1.0]))
check.that(not caught, "extreme scores must not warn")
check.array(p[2:5], np.exp(scores[2:5].astype(float)), of="small probabilities", rtol=1e-6, atol=1e-200)
check.array(
    p[[0, 5, 6, 7, 8]], [0.0, 1.0, 1.0, 1.0, 1.0], of="the probabilities of extreme scores", rtol=1e-6, atol=1e-200
)
### END HIDDEN TESTS

# %% nbgrader={"grade": true, "grade_id": "w06-q6-logistic-fit", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
X, y = np.repeat([[2.0], [4.0]], 10, axis=0), np.repeat([0, 1], 10)
check.array(
    fit_logistic(X, y, 5.0 / np.log(3.0)),
    [-3.0 * np.log(3.0), np.log(3.0)],
    of="fit_logistic of ten rows at 2 (class 0) and ten at 4 (class 1)",
    shape="(n_features + 1,)",
    atol=1e-4,
    rtol=0.0,
    causes={
        "the intercept was punished too: the penalty leaves it out": [-0.50859280, 0.33095047],
        "the loss was averaged: J takes the sum over the rows": [-0.31243684, 0.10414561],
        "the ½ in front of the penalty is missing": [-2.15869782, 0.71956593],
        "the signs are turned round: this is uphill, or class 0": [3.0 * np.log(3.0), -np.log(3.0)],
        "the intercept comes first": [np.log(3.0), -3.0 * np.log(3.0)],
    },
)
check.unchanged(X, np.repeat([[2.0], [4.0]], 10, axis=0), of="X")
check.unchanged(y, np.repeat([0, 1], 10), of="y")
X, y = np.zeros((12, 2)), np.arange(12) % 4 > 0
check.array(
    fit_logistic(X, y, 10.0),
    [np.log(3.0), 0.0, 0.0],
    of="fit_logistic of empty features and nine of twelve in class 1",
    atol=1e-4,
    rtol=0.0,
    causes={"the intercept was punished too: the penalty leaves it out": [0.23100503, 0.0, 0.0]},
)
### BEGIN HIDDEN TESTS
rng = np.random.default_rng(616)


def gradient_length(X, y, penalty, weights):
    p = 1.0 / (1.0 + np.exp(-(weights[0] + X @ weights[1:])))
    slopes = X.T @ (p - y) + penalty * weights[1:]
    return np.sqrt(np.sum(slopes**2) + np.sum(p - y) ** 2)


# contract: "returns the weights that minimise"
# contract: "`y` holds 0 and 1, both of them, as integers, floats or booleans. `penalty` is from 1 to 100"
for n_rows, n_features, penalty, dtype in [
    (30, 1, 1.0, int),
    (80, 4, 2.5, float),
    (200, 12, 100.0, bool),
    (15, 30, 1.0, np.int8),
    (60, 3, 10, np.float32),
]:
    X = rng.normal(loc=rng.normal(size=n_features), size=(n_rows, n_features))
    y = (X[:, 0] + rng.normal(size=n_rows) > X[:, 0].mean() + 0.5).astype(dtype)
    kept = X.copy(), y.copy()
    weights = fit_logistic(X, y, penalty)
    name = f"fit_logistic of {n_rows} rows, {n_features} features, penalty {penalty}"
    check.that(
        type(weights) is np.ndarray and weights.shape == (n_features + 1,),
        f"{name}: expected an array of shape ({n_features + 1},), got shape {np.shape(weights)}",
    )
    # Where J is curved by c, a gradient of length c · 1e-4 is a miss of 1e-4; the gradient at 0 gives the scale.
    length = gradient_length(X, y.astype(float), penalty, weights)
    check.that(
        bool(length < 2e-3), f"{name}: at the minimum the gradient of J is 0; at your weights it is {length:.2g} long"
    )
    check.unchanged(X, kept[0], of="X")
    check.unchanged(y, kept[1], of="y")
# contract: "there is one finite answer even where a plane separates the classes"
X = np.linspace(-2.0, 2.0, 40)[:, None]
weights = fit_logistic(X, X[:, 0] > 0.3, 1.0)
check.that(
    bool(gradient_length(X, (X[:, 0] > 0.3).astype(float), 1.0, weights) < 2e-3),
    "fit_logistic of separable classes: the gradient of J is not 0 at your weights",
)
### END HIDDEN TESTS

# %% nbgrader={"grade": true, "grade_id": "w06-q6-logistic-library", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
from sklearn.linear_model import LogisticRegression  # noqa: E402

cells = load("breast_cancer", quiet=True)
y = (cells["diagnosis"] == "malignant").to_numpy()
X = cells.drop(columns="diagnosis").to_numpy()
X = (X - X.mean(axis=0)) / X.std(axis=0)


def library(C):
    model = LogisticRegression(C=C, solver="newton-cholesky", tol=1e-10, max_iter=200).fit(X, y)
    return np.concatenate([model.intercept_, model.coef_[0]])


expected = library(1 / 10)
ready_made = ["sklearn.linear_model.LogisticRegression", "sklearn.linear_model.LogisticRegressionCV"]
ready_made += ["sklearn.linear_model.SGDClassifier", "sklearn.linear_model.RidgeClassifier"]
ready_made += [
    f"scipy.optimize.{name}"
    for name in (
        "minimize",
        "root",
        "fsolve",
        "fmin_bfgs",
        "fmin_l_bfgs_b",
        "fmin",
        "fmin_cg",
        "fmin_ncg",
        "least_squares",
    )
]
with check.not_called(*ready_made, hint="the exercise asks for your own descent or Newton's method"):
    weights = fit_logistic(X, y, 10)
check.array(
    weights,
    expected,
    of="fit_logistic of the 569 biopsies with penalty 10, against scikit-learn",
    shape="(n_features + 1,)",
    atol=1e-4,
    rtol=0.0,
    causes={
        "penalty and C are each other's inverse": library(10.0),
        "the ½ in front of the penalty is missing": library(1 / 20),
        "the loss was averaged: J takes the sum over the rows": library(1 / 5690),
        "the signs are turned round: class 1 is the one with y = 1": -expected,
    },
)
p = predict_probability(X, weights)
named = int(np.sum((expected[0] + X @ expected[1:] > 0.0) == y))
check.number(int(np.sum((p > 0.5) == y)), named, of="biopsies named correctly, of 569", atol=1)
### BEGIN HIDDEN TESTS
# contract: "scikit-learn minimises the same with `C = 1 / penalty`."
for penalty in (1.0, 40.0):
    with check.not_called(*ready_made, hint="the exercise asks for your own descent or Newton's method"):
        weights = fit_logistic(X, y, penalty)
    name = f"fit_logistic of the biopsies with penalty {penalty:g}"
    check.array(weights, library(1 / penalty), of=name, shape="(n_features + 1,)", atol=1e-4, rtol=0.0)
    few = fit_logistic(X[:, [1, 4]], y, penalty)
    model = LogisticRegression(C=1 / penalty, solver="newton-cholesky", tol=1e-10).fit(X[:, [1, 4]], y)
    reference = np.concatenate([model.intercept_, model.coef_[0]])
    check.array(few, reference, of=f"{name}, two features", atol=1e-4, rtol=0.0)
### END HIDDEN TESTS

# %% [markdown]
# **Look.** Two of the thirty measurements, and the probability that your fit gives to every point of the plane. The
# line is where it says one half. Those on the wrong side are not mistakes of the optimiser: with two measurements the
# classes overlap.

# %% tags=["only-draws"]
cells = load("breast_cancer")
malignant = (cells["diagnosis"] == "malignant").to_numpy()
columns = ["mean_radius", "mean_texture"]
pair = cells[columns].to_numpy()
centre, spread = pair.mean(axis=0), pair.std(axis=0)
weights = attempt(fit_logistic, (pair - centre) / spread, malignant, 1.0)
fig, ax = plt.subplots(figsize=(8, 4.6))
across, up = np.meshgrid(np.linspace(6, 29, 140), np.linspace(9, 40, 120))
if weights is not None:
    points = (np.column_stack([across.ravel(), up.ravel()]) - centre) / spread
    shades = predict_probability(points, weights).reshape(across.shape)
    filled = ax.contourf(across, up, shades, levels=np.linspace(0, 1, 11), alpha=0.5)
    ax.contour(across, up, shades, levels=[0.5], colors="k")
    fig.colorbar(filled, label="probability of malignant")
for name, mask, marker in [("malignant", malignant, "^"), ("benign", ~malignant, "o")]:
    ax.scatter(*pair[mask].T, s=16, marker=marker, label=name, edgecolors="white", linewidths=0.3)
ax.set(title="Where the diagnosis turns", xlabel="mean radius (µm)", ylabel="mean texture (grey levels)")
ax.legend(loc="upper right")
plt.show()

# %% [markdown]
# ## 7 · Titanic: your first submission ●●● · 60 min · 5 points
#
# Everyone's first Kaggle competition, and everyone's first lesson that a score is only worth what its validation is
# worth.
#
# `load("titanic")` gives the 891 passengers of Kaggle's training file, or, where neither a copy nor a network is at
# hand, a simulated list with the same columns, gaps and counts of survivors; the cell below says which. Every check
# holds on both. "Women survive, men do not" is right for 78.7 % of the passengers. Beat it, and prove it beforehand.
#
# **A · `fold_accuracies(predict, passengers, n_folds, rng)`**: honest validation of any `predict(train, contest)`.
#
# - `rng` deals the rows into `n_folds` folds, whose sizes differ by at most 1. Each fold is judged **once**:
#   `predict` is given all other rows as `train` and the rows of the fold as `contest`, **without the column
#   `Survived`**. It returns one 0 or 1 for each row of `contest`, in order.
# - The result: for each fold, in the order in which they were judged, the share that was right, as an array of floats
#   of shape `(n_folds,)`.
# - The index of the table may be anything, duplicates included. The table is not written to.
# - `n_folds` from 2 to the number of rows; otherwise a `ValueError` whose message holds both.

# %% [markdown]
# **B · `predict_survival(train, passengers)`**: your model, any model, scikit-learn's included. It learns from `train`
# and returns integers, one 0 or 1 for each row of `passengers`, in order.
#
# - It depends on `train` (other survivors there, other predictions) and on nothing outside its arguments; two calls
#   give the same. Neither table is written to.
# - **The prediction for a passenger does not depend on who else is in `passengers`**, on `PassengerId`, or on the
#   index: medians for gaps, means for scaling and lists of categories come from `train`.
# - `Age`, `Fare`, `Cabin` and `Embarked` may be missing, in either table, in `passengers` even for everyone. Ports and
#   titles that `train` has never seen may turn up.
#
# **C · `write_submission(train, passengers, path)`** writes what Kaggle accepts: a CSV file with the header
# `PassengerId,Survived` and one line for each row of `passengers`, both numbers whole; nothing else, no index.
#
# The check plays Kaggle five times, hiding a fifth of the passengers each time, so that everyone is predicted once.
# Your files must be right for at least **9 passengers more** than the rule by sex (1 percentage point; a good logistic
# regression gains 20 to 45); on any other shuffling, for more passengers than the rule: grading shuffles anew.
#
# <details><summary>Hint 1 · the idea</summary>Class and age alone hardly change a <em>decision</em>: women of the third
# class stand at one half, and most men below it. Look for groups that cross the line: boys, and families so large that
# nobody got through.</details>
# <details><summary>Hint 2 · the direction</summary>The title stands in the name, between the comma and the full stop;
# "Master" was the title of boys. The family aboard is <code>SibSp + Parch</code>. Five numbers per passenger and a
# logistic regression suffice.</details>
# <details><summary>Hint 3 · almost the code</summary>Write a helper <code>features(table, train)</code> that returns
# floats: <code>(table["Sex"] == "female")</code>, one 0/1 column per class, the boys by
# <code>table["Name"].str.contains("Master")</code>, <code>family &gt; 3</code>,
# <code>table["Age"].fillna(train["Age"].median())</code>. For A, <code>np.array_split(rng.permutation(n), k)</code> and
# <code>.iloc</code>.</details>

# %%
everyone = load("titanic")
kind = "a simulated stand-in: same columns, invented people" if everyone.attrs["stand_in"] else "Kaggle's real file"
by_sex = np.mean(everyone["Sex"].eq("female") == everyone["Survived"].eq(1))
print(f"These passengers are {kind}. The rule by sex is right for {by_sex:.1%} of them.")
everyone.pivot_table("Survived", index="Sex", columns="Pclass", aggfunc=["size", "mean"]).round(2)


# %% nbgrader={"grade": false, "grade_id": "w06-q7-titanic", "locked": false, "schema_version": 3, "solution": true, "task": false}
def fold_accuracies(
    predict: Callable[[pd.DataFrame, pd.DataFrame], NDArray[np.integer]],
    passengers: pd.DataFrame,
    n_folds: int,
    rng: np.random.Generator,
) -> Vector:
    """Judge a way of predicting by cross-validation.

    Parameters
    ----------
    predict : callable
        ``predict(train, contest)`` returns an array of 0 and 1 of shape (len(contest),).
    passengers : DataFrame
        With a column ``Survived`` of 0 and 1 and any index. Left as it is.
    n_folds : int
        From 2 to the number of rows.
    rng : numpy.random.Generator
        Deals the rows into folds.

    Returns
    -------
    array of floats of shape (n_folds,)
        Share of right predictions in each fold.

    Raises
    ------
    ValueError
        If `n_folds` is impossible; the message holds it and the number of rows.
    """
    ### BEGIN SOLUTION
    n_rows = len(passengers)
    if not 2 <= n_folds <= n_rows:
        raise ValueError(f"{n_folds} folds cannot be made of {n_rows} rows")
    survived = passengers["Survived"].to_numpy()
    accuracies = []
    for fold in np.array_split(rng.permutation(n_rows), n_folds):
        rest = np.setdiff1d(np.arange(n_rows), fold)
        guess = predict(passengers.iloc[rest], passengers.iloc[fold].drop(columns="Survived"))
        accuracies.append(np.mean(guess == survived[fold]))
    return np.array(accuracies)
    ### END SOLUTION


# %% nbgrader={"grade": false, "grade_id": "w06-q7-titanic-model", "locked": false, "schema_version": 3, "solution": true, "task": false}
def predict_survival(train: pd.DataFrame, passengers: pd.DataFrame) -> NDArray[np.integer]:
    """Predict who survives.

    Parameters
    ----------
    train : DataFrame
        Passengers with the column ``Survived``. Left as it is.
    passengers : DataFrame
        Passengers without it, at least one. Left as it is.

    Returns
    -------
    array of integers of shape (len(passengers),)
        1 for a passenger who is predicted to survive, else 0.
    """
    ### BEGIN SOLUTION
    from sklearn.linear_model import LogisticRegression

    def features(table: pd.DataFrame) -> NDArray[np.number]:
        boy = table["Name"].str.contains("Master")
        columns = [table["Sex"].eq("female"), boy, table["Pclass"], table["SibSp"], table["Parch"]]
        return np.column_stack(columns)

    model = LogisticRegression().fit(features(train), train["Survived"])
    return model.predict(features(passengers)).astype(np.int64)
    ### END SOLUTION


def write_submission(train: pd.DataFrame, passengers: pd.DataFrame, path: Path) -> None:
    """Write the predictions for `passengers` as a file that Kaggle accepts.

    Parameters
    ----------
    train, passengers : DataFrame
        As for `predict_survival`; `passengers` has the column ``PassengerId``.
    path : Path
        The CSV file to write.
    """
    ### BEGIN SOLUTION
    answer = pd.DataFrame(
        {"PassengerId": passengers["PassengerId"].to_numpy(), "Survived": predict_survival(train, passengers)}
    )
    answer.to_csv(path, index=False)
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "w06-q7-titanic-validation", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
table = pd.DataFrame(
    {"PassengerId": np.arange(100, 111), "Survived": [0, 1, 1, 0, 1, 0, 0, 1, 1, 1, 0]}, index=list("aabbccddeef")
)
before, judged = table.copy(), []


def oracle(train, contest):
    """Answer 1 for the passengers 100 to 105, and write down what was shown."""
    judged.append(
        (list(train.columns), train["PassengerId"].tolist(), list(contest.columns), contest["PassengerId"].tolist())
    )
    return (contest["PassengerId"].to_numpy() < 106).astype(int)


shares = fold_accuracies(oracle, table, 3, np.random.default_rng(7))
check.number(len(judged), 3, of="how often predict was asked for three folds", integer=True)
check.that(
    all("Survived" not in columns for _, _, columns, _ in judged),
    "the contest still has the column Survived: a model that is shown the answers needs no skill",
)
check.that(
    all("Survived" in columns for columns, *_ in judged), "train has lost its column Survived: nothing to learn from"
)
check.that(
    all(not set(train) & set(contest) for _, train, _, contest in judged),
    "a passenger of the contest was in train as well: a fold must be judged by a model that has not seen it",
)
check.that(
    all(len(train) + len(contest) == 11 for _, train, _, contest in judged),
    "train must be all the rows outside the fold, no fewer",
)
dealt = sorted(number for *_, contest in judged for number in contest)
check.sequence(dealt, list(range(100, 111)), of="the passengers that were judged, sorted")
check.sequence(sorted(len(contest) for *_, contest in judged), [3, 4, 4], of="the sizes of three folds of eleven rows")
check.that(
    not all(contest == sorted(contest) and contest[-1] - contest[0] == len(contest) - 1 for *_, contest in judged),
    "the folds are neighbours in the table: let rng deal the rows",
)
truth = dict(zip(table["PassengerId"].tolist(), table["Survived"].tolist(), strict=True))
expected = [np.mean([truth[number] == (number < 106) for number in contest]) for *_, contest in judged]
check.array(
    shares,
    expected,
    of="fold_accuracies(oracle, table, 3, rng)",
    shape="(n_folds,)",
    causes={
        "these are the shares that were wrong": 1.0 - np.array(expected),
        "these are counts: take the share of each fold": np.array(expected) * [len(c) for *_, c in judged],
    },
)
check.table(table, before, of="passengers after the call")
check.raises(ValueError, fold_accuracies, oracle, table, 1, np.random.default_rng(7), mentions=["1", "11"])
check.raises(ValueError, fold_accuracies, oracle, table, 12, np.random.default_rng(7), mentions=["12", "11"])


def dealt_by(rng):
    judged.clear()
    fold_accuracies(oracle, table, 3, rng)
    return np.array([number for *_, contest in judged for number in contest])


check.same_given_seed(dealt_by, of="the folds that fold_accuracies deals")
### BEGIN HIDDEN TESTS
rng = np.random.default_rng(607)
crowd = pd.DataFrame(
    {"PassengerId": range(1, 892), "Survived": rng.integers(0, 2, 891), "Age": rng.uniform(1, 80, 891)}
)
# contract: "`rng` deals the rows into `n_folds` folds, whose sizes differ by at most 1. Each fold is judged **once**"
for n_rows, n_folds in [(891, 5), (50, 7), (9, 9), (2, 2), (100, 3), (31, 2)]:
    table = crowd.iloc[rng.permutation(891)[:n_rows]]
    before, judged = table.copy(), []
    shares = fold_accuracies(oracle, table, n_folds, np.random.default_rng(n_rows))
    name = f"{n_folds} folds of {n_rows} passengers"
    check.number(len(judged), n_folds, of=f"how often predict was asked for {name}", integer=True)
    numbers = table["PassengerId"].tolist()
    check.sequence(sorted(k for *_, c in judged for k in c), sorted(numbers), of=f"the passengers judged in {name}")
    sizes = [len(contest) for *_, contest in judged]
    check.that(max(sizes) - min(sizes) <= 1, f"{name}: the sizes differ by more than 1")
    # contract: "`predict` is given all other rows as `train` and the rows of the fold as `contest`, **without the column
    # contract: `Survived`**."
    check.that(
        all(sorted(train + contest) == sorted(numbers) for _, train, _, contest in judged),
        f"{name}: train must be all the rows outside the fold, and no others",
    )
    columns = [column for column in table.columns if column != "Survived"]
    check.that(all(list(c) == columns for _, _, c, _ in judged), f"{name}: only the column Survived may be missing")
    # contract: "for each fold, in the order in which they were judged, the share that was right"
    truth = dict(zip(numbers, table["Survived"].tolist(), strict=True))
    expected = [np.mean([truth[k] == (k < 106) for k in contest]) for *_, contest in judged]
    check.array(shares, expected, of=f"the accuracies of {name}", shape="(n_folds,)")
    # contract: "The index of the table may be anything, duplicates included. The table is not written to."
    check.table(table, before, of="passengers after the call")
    check.raises(ValueError, fold_accuracies, oracle, table, n_rows + 1, rng, mentions=[str(n_rows + 1), str(n_rows)])
for n_folds in (1, 0, -2):
    check.raises(ValueError, fold_accuracies, oracle, table, n_folds, rng, mentions=[str(n_folds), "31"])
judged, folds = [], []
for seed in (1, 1, 2):
    judged = []
    fold_accuracies(oracle, crowd, 5, np.random.default_rng(seed))
    folds.append([sorted(contest) for *_, contest in judged])
check.that(folds[0] == folds[1], "equal seeds must deal equal folds: all chance comes from rng")
check.that(folds[0] != folds[2], "other seeds must deal other folds: draw them from rng")
### END HIDDEN TESTS

# %% nbgrader={"grade": true, "grade_id": "w06-q7-titanic-predictions", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
everyone = load("titanic", quiet=True)
train, contest = everyone.iloc[:600], everyone.iloc[600:].drop(columns="Survived")
kept = train.copy(), contest.copy()
guess = predict_survival(train, contest)
check.that(
    type(guess) is np.ndarray and guess.shape == (291,) and guess.dtype.kind in "iu",
    f"predict_survival: expected an array of integers of shape (291,), got a {type(guess).__name__} of shape "
    f"{np.shape(guess)} and dtype {getattr(guess, 'dtype', 'none')}",
)
check.that(set(guess.tolist()) <= {0, 1}, f"predictions must be 0 or 1, not {sorted(set(guess.tolist()))[:5]}")
check.table(train, kept[0], of="train after the call")
check.table(contest, kept[1], of="passengers after the call")
again = predict_survival(train, contest)
chance = "chance decides, each time anew: give the model a random_state, such as 0"
check.array(again, guess, of="a second call of predict_survival", causes={chance: again})
backwards = contest.iloc[::-1].assign(PassengerId=10_000_000 - np.arange(291)).reset_index(drop=True)
check.array(
    predict_survival(train, backwards)[::-1].copy(),
    guess,
    of="the predictions for the same people in reverse order, renumbered",
)
unknown = contest.assign(Age=np.nan, Fare=np.nan, Cabin=None, Embarked=None)
check.property(
    "age, fare, cabin and port may be missing for everyone in passengers, and there is a prediction all the same",
    lambda table: len(predict_survival(train, table)) == 291,
    [(unknown,)],
)
check.property(
    "ports and titles that train has never seen may turn up, and there is a prediction all the same",
    lambda table: len(predict_survival(train, table)) == len(table),
    [(contest.iloc[:5].assign(Embarked="X"),), (contest.iloc[:5].assign(Name="Grey, Countess. Jane"),)],
)
saved, gaps = np.flatnonzero(guess == 1), np.flatnonzero(contest["Age"].isna())
for place in [0, 17, 130, *saved[::20].tolist(), *gaps[::15].tolist()]:
    alone = predict_survival(train, contest.iloc[[place]])
    of = f"the prediction for passenger {place} of the contest, asked alone"
    check.array(alone, guess[[place]], of=of, causes={"it depends on who else is in passengers": 1 - guess[[place]]})
old = contest.assign(Sex="male", Age=80.0, Fare=512.3292, SibSp=8, Parch=2, Pclass=1)
young = contest.assign(Sex="female", Age=1.0, Fare=0.0, SibSp=0, Parch=0, Pclass=3)
by_age = train.assign(
    Survived=(train["Age"] > train["Age"].median()).astype(int)
)  # a model with ages now leans on them
for teacher, strangers in [(train, old), (train, young), (by_age, old), (by_age, young)]:
    crowd = pd.concat([contest, strangers, strangers], ignore_index=True)
    among = int(np.sum(predict_survival(teacher, crowd)[:291] != predict_survival(teacher, contest)))
    check.that(
        among == 0,
        f"{among} of 291 predictions changed when strangers were added to passengers: it depends on who else is in "
        "passengers; take means, medians and thresholds from train",
    )
flipped = predict_survival(train.assign(Survived=1 - train["Survived"]), contest)
check.that(
    bool(np.mean(flipped == guess) < 0.5),
    "with the survivors in train turned round, the predictions should turn round too: learn from train",
)
### BEGIN HIDDEN TESTS
# contract: "**The prediction for a passenger does not depend on who else is in `passengers`**, on `PassengerId`, or on
# contract: the index"
for seed in (1, 2):
    order = np.random.default_rng(seed).permutation(891)
    train, contest = everyone.iloc[order[:500]], everyone.iloc[order[500:]].drop(columns="Survived")
    guess = predict_survival(train, contest)
    half = predict_survival(train, contest.iloc[:40])
    check.array(half, guess[:40], of="the predictions for the first forty, asked without the others")
    third = contest[contest["Pclass"] == 3]
    check.array(
        predict_survival(train, third), guess[(contest["Pclass"] == 3).to_numpy()], of="the predictions for third class"
    )
    relabelled = contest.set_axis(["x"] * len(contest)).assign(PassengerId=order[500:][::-1])
    check.array(predict_survival(train, relabelled), guess, of="the predictions under another index and other numbers")
# contract: "`Age`, `Fare`, `Cabin` and `Embarked` may be missing, in either table, in `passengers` even for everyone."
# contract: "Ports and titles that `train` has never seen may turn up."
gaps = train.copy()
gaps.loc[gaps.index[::3], "Fare"] = np.nan
gaps.loc[gaps.index[::4], ["Cabin", "Embarked"]] = None
strange = contest.assign(Embarked="B", Name="Grey, Countess. Jane", Fare=np.nan)
for case in (strange, contest.iloc[:1].assign(Age=np.nan, Fare=np.nan, Cabin=None, Embarked=None)):
    check.that(
        set(predict_survival(gaps, case).tolist()) <= {0, 1}, "unknown ports, titles and gaps must still give 0 or 1"
    )
### END HIDDEN TESTS

# %% nbgrader={"grade": true, "grade_id": "w06-q7-titanic-submission", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
everyone = load("titanic", quiet=True)
order, hits = np.random.default_rng(1912).permutation(891), 0
by_sex = int(np.sum((everyone["Sex"] == "female") == (everyone["Survived"] == 1)))
with tempfile.TemporaryDirectory() as folder:
    for number, fold in enumerate(np.array_split(order, 5)):
        path, hidden = Path(folder) / f"submission{number}.csv", everyone.iloc[fold]
        write_submission(everyone.drop(index=hidden.index), hidden.drop(columns="Survived"), path)
        check.that(path.is_file(), "write_submission wrote no file at the path that it was given")
        check.submission(path, ids=hidden["PassengerId"], of=f"submission {number}")
        truth = hidden.set_index("PassengerId")["Survived"]
        hits += int((pd.read_csv(path).set_index("PassengerId")["Survived"].reindex(truth.index) == truth).sum())
check.that(
    hits >= by_sex + 9,
    f"five files together are right for {hits} of 891 passengers; the rule by sex is for {by_sex}, and 9 more are asked "
    "for: which groups of men survive, which of women do not?",
)
### BEGIN HIDDEN TESTS
# contract: "on any other shuffling, for more passengers than the rule"
order, hits = np.random.default_rng(1913).permutation(891), 0
with tempfile.TemporaryDirectory() as folder:
    for number, fold in enumerate(np.array_split(order, 4)):
        path, hidden = Path(folder) / f"submission{number}.csv", everyone.iloc[fold]
        write_submission(everyone.drop(index=hidden.index), hidden.drop(columns="Survived"), path)
        check.submission(path, ids=hidden["PassengerId"], of=f"submission {number}")
        truth = hidden.set_index("PassengerId")["Survived"]
        hits += int((pd.read_csv(path).set_index("PassengerId")["Survived"].reindex(truth.index) == truth).sum())
check.that(hits > by_sex, f"on another shuffling the files are right for {hits} passengers and the rule for {by_sex}")
### END HIDDEN TESTS

# %% [markdown]
# **Worth keeping.** Your validation judges your model, on six deals of the passengers into five folds. A grey circle is
# one fold of 178 passengers: its score moves by several points from luck alone, and so does a public leaderboard. The
# mean of a deal moves far less.
#
# <!-- worked out: 178 passengers = 891 / 5 -->

# %% tags=["only-draws"]
everyone = load("titanic", quiet=True)
deals = []
for seed in range(6):
    deal = attempt(fold_accuracies, predict_survival, everyone, 5, np.random.default_rng(seed))
    deals += [] if deal is None else [deal]
fig, ax = plt.subplots(figsize=(8, 3.8))
rule = float(np.mean((everyone["Sex"] == "female") == (everyone["Survived"] == 1)))
for seed, deal in enumerate(deals):
    ax.plot(deal, np.full(5, seed), "o-", color=plotting.PALETTE["grey"], alpha=0.6)
    ax.plot(deal.mean(), seed, "D", color=plotting.PALETTE["blue"], label="mean of the deal" if seed == 0 else None)
ax.axvline(rule, color=plotting.PALETTE["vermillion"], linestyle="--", label=f"rule by sex: {rule:.3f}")
ax.set(title="Your model, judged by your validation", xlabel="share predicted correctly", ylabel="deal into five folds")
ax.set_ylim(-0.5, 7.5)
ax.legend(loc="upper left", ncols=2)
plt.show()

# %% [markdown]
# ## 8 · The run that never ends ●●○ · 30 min · 3 points
#
# Why does gradient descent crawl on badly scaled features, and what can you do about it? You will be asked, in an
# interview or by a colleague who is waiting for a result. This one writes:
#
# > *I fit our churn model (logistic loss, no penalty, 2 million customers) by plain gradient descent. The features are
# > a constant 1, the yearly income in euros (mean 40,000, standard deviation 20,000) and the share of days with a login
# > (mean 0.4, standard deviation 0.2). Above a step size of 4e-9 the loss jumps up and down and never settles, so I use 3e-9.
# > After 500,000 steps the loss still falls, in the fifth decimal, and the weight of the share has hardly left 0. I see
# > three ways: book a GPU and run 100 times as many steps, switch to Adam, or drop the share, which does not seem to
# > matter. Which?*
#
# **Decide, and explain it to the colleague.** Cover:
#
# - why the largest possible step is so small and the weight of the share stands still, with numbers: about how strongly
#   is the loss curved along each feature, what is the ratio, and how many steps does that ask for?
# - what you would do, what it changes in those numbers, and what has to be stored with the model;
# - what you say to each of the three proposals, and which measurement would show that you were right.
#
# 200–350 words. The curvature of the mean logistic loss along feature $j$ is at most $\tfrac14\,\overline{x_j^2}$.

# %% [markdown] nbgrader={"grade": true, "grade_id": "w06-q8-decision", "locked": false, "points": 3, "schema_version": 3, "solution": true, "task": false}
# **My answer:**
#
# ### BEGIN SOLUTION
# Standardise; none of the three.
#
# The curvature along income is up to ¼ · (40,000² + 20,000²) = 5·10⁸, along the share ¼ · (0.16 + 0.04) = 0.05 and
# along the constant 0.25. A step above 2/curvature jumps to the other side of the valley and lands higher: 2/(5·10⁸) =
# 4·10⁻⁹, your limit exactly. (The slope of the logistic loss is bounded, so beyond it the weights bounce about
# rather than explode.) One step size serves all directions, so along the share each step removes a fraction of about
# 3·10⁻⁹ · 0.05 = 1.5·10⁻¹⁰ of what is left. It needs 1/1.5·10⁻¹⁰ ≈ 7 billion steps to shrink the error by e; you
# made 500,000. The ratio of the curvatures, the condition number, is 10¹⁰ or more, and the number of steps is
# proportional to it. The direction of the slowest descent is in fact worse: constant and share are correlated, since
# neither has mean zero.
#
# I would subtract from income and share their mean and divide by their standard deviation, computed on the training
# rows. All curvatures are then at most 0.25, the constant is no longer correlated with anything, and unless the two
# features are strongly correlated the condition number is of order one to ten: a step size of about 4 and some dozens
# of steps. The model is the same, only its coordinates changed; weights can be translated back. Means and deviations
# are stored with the model, for serving must use the same ones.
#
# GPU: 100 times as many steps are 50 million of 7 billion. Adam: divides each coordinate by the size of its gradients,
# so it repairs most of this, but not the correlation with the constant, and it brings a step size to be tuned; fine as
# a second line, or for networks. Dropping the share: its weight is near 0 because it was never trained, so this says
# nothing about churn.
#
# Proof: the condition number of the Gram matrix before and after, the loss against the step on a logarithmic axis (a
# straight line), and the length of the gradient at the end. If the loss still crawls after standardising, I was wrong,
# and look for correlated features or separable classes.
# ### END SOLUTION

# %% [markdown] nbgrader={"grade": false, "grade_id": "w06-q8-decision-rubric", "locked": true, "schema_version": 3, "solution": false, "task": false}
# Marked by a person: one point for the cause with its numbers, one for the remedy and what it changes, one for the
# answer to the three proposals and the measurement.
#
# <!-- BEGIN MARK SCHEME -->
#
# **1 point · cause.** Curvature along income about 5·10⁸ and along the share about 0.05 (or 0.01 after removing the
# mean), so a ratio of 10¹⁰ or more; the step is limited by the steepest direction (2/5·10⁸ = 4·10⁻⁹, the limit that was
# observed), and along the flattest each step removes only 10⁻¹⁰ of the error: billions of steps. A factor of ten is
# forgiven where the reasoning is right. No point for "different scales confuse gradient descent" without curvature and
# step size, or without numbers.
#
# **1 point · remedy.** Standardise (or scale to a common range, or whiten, or use Newton's method or another second-order
# method), says that curvatures and thus the condition number come near 1 (or do not matter), and that means and
# deviations are computed on training rows and stored with the model (for Newton: that a 3×3 system is solved at each
# step). No point where the statistics come from all the data, test set included, or nothing is said of serving.
#
# **1 point · proposals and measurement.** Refuses 100 times as many steps by counting; says what Adam repairs (scale of
# each coordinate) and at least one thing it does not (correlated directions, a step size to tune) or costs; sees that an
# untrained weight says nothing about a feature; names a measurement that could prove the answer wrong (condition number,
# loss against step, length of the gradient, equality of the fitted probabilities with a library's). Two of the three
# proposals answered well suffice.
#
# Half points are allowed. Choosing Adam or Newton first earns full points if its limits are named. Do not mark style or
# length.
#
# <!-- END MARK SCHEME -->
