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
# # Week 1 · Thinking in arrays: the assignment
#
# Seven functions and one decision. All seven are small and none is a toy: columns are scaled and categories spread out
# before a model sees them, distances carry nearest-neighbour search, sliding windows carry the convolutions of image
# models. Write them once, properly, and you know what the library call does and what it costs. Three of them end in a picture worth keeping: the yearly
# breath of the planet drawn from raw measurements, a thumbnail maker, and five hundred random walks inside their
# square-root envelope.
#
# | | exercise | difficulty | minutes | points |
# |---|---|---|---|---|
# | 1 | One voice per column | ●○○ | 10 | 2 |
# | 2 | All the distances, none of the memory | ●●○ | 20 | 4 |
# | 3 | A window that slides | ●●○ | 20 | 3 |
# | 4 | One column per category | ●○○ | 15 | 2 |
# | 5 | The planet breathes | ●●○ | 20 | 3 |
# | 6 | A thumbnail, pixel by pixel | ●●○ | 25 | 3 |
# | 7 | Five hundred walks and a square root | ●●● | 35 | 4 |
# | 8 | Review a colleague's pull request (written) | ●●○ | 30 | 3 |
# | | **together** | | **2 h 55 min** | **24** |

# %% [markdown]
# ## How to work on it
#
# 1. **Answer** in the cells that hold `# YOUR CODE HERE`: replace that line and the `raise NotImplementedError()`
#    below it. The text above each answer is its contract; read all of it, the edge cases above all.
# 2. **Look.** Under most answers stands a picture cell that draws the array we want beside the array you made. It is
#    not marked, and it runs before you have written anything.
# 3. **Check.** Run the check cell below the picture. Nothing printed means passed. A sentence with ✘ says what was
#    expected, what came, and the likely cause.
# 4. **All at once:** `course check week01` in a terminal runs the whole notebook and counts your points.
#
# Grading tests the same contract on other numbers, sizes and dtypes. It asks for nothing that the text does not say.
#
# Stuck for ten minutes? Open **hint 1** of the exercise. Each has three: the idea, the direction, almost the code.
# Where a library function does the job, you may use it, unless the exercise forbids it. The exercises do not depend
# on each other, so take them in any order. Add cells as you please, but leave the check cells as they are. Before you
# hand in, choose *Restart kernel and run all cells*: what only works in the order you happened to run it does not
# work.

# %%
import warnings
from collections.abc import Callable
from typing import Any

import matplotlib.pyplot as plt
import numpy as np
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
# ## 1 · One voice per column ●○○ · 10 min · 2 points
#
# A model that measures distances, or walks down a gradient, listens to the column with the largest numbers;
# standardising gives every column the same voice.
#
# Write `standardise(X)`: from every column subtract its mean and divide by its standard deviation,
#
# $$Z_{ij} = \frac{X_{ij} - \mu_j}{\sigma_j}, \qquad \mu_j = \frac1n\sum_i X_{ij}, \qquad
# \sigma_j = \sqrt{\tfrac1n\textstyle\sum_i (X_{ij} - \mu_j)^2}.$$
#
# - The standard deviation divides by $n$, not by $n - 1$ (NumPy's default, `ddof=0`).
# - `X` holds integers of any width, `float32` or `float64`; the result holds floats (`float32` or `float64`).
# - **A constant column becomes zeros**, and so does every column of a table with one row. Mind what *constant* means:
#   the standard deviation of three 0.1s is 1.4e-17 in floating point, not 0. Ask whether the values differ.
# - The unit of a column does not matter: metres, kilometres or picometres give the same result.
# - A column that holds a `nan` has no mean. It comes out all `nan`, even if it has only one row or is constant
#   otherwise, and the other columns do not notice.
# - Never write into `X`: the caller still needs it.
#
# `X` has at least one row and one column, and what varies varies by more than rounding. Results are compared to an
# absolute 1e-5: standardised values are of order one, and `float32` carries seven digits.
#
# <details><summary>Hint 1 · the idea</summary>A table of shape <code>(n_samples, n_features)</code> has one mean per
# column: <code>n_features</code> numbers. Broadcasting lines them up with the columns for you.</details>
# <details><summary>Hint 2 · the direction</summary>Which axis must disappear so that one number per column is left?
# And for the constant columns: a column is constant exactly when its smallest value is also its largest.</details>
# <details><summary>Hint 3 · almost the code</summary>Build a boolean <code>constant</code> of shape
# <code>(n_features,)</code>. Where it is true, divide by something harmless, then set those columns to 0 in the array
# you return (<code>np.where</code> chooses column by column).</details>


# %% nbgrader={"grade": false, "grade_id": "w01-q1-standardise", "locked": false, "schema_version": 3, "solution": true, "task": false}
def standardise(X: NDArray[np.number]) -> NDArray[np.floating]:
    """Scale every column to mean 0 and standard deviation 1.

    Parameters
    ----------
    X : array of shape (n_samples, n_features)
        Integers of any width, float32 or float64, any unit; at least one row. Left as it is.

    Returns
    -------
    array of floats of shape (n_samples, n_features)
        No unit. A column with a ``nan`` is all ``nan``, any other constant column all 0.

    Examples
    --------
    >>> standardise(np.array([[1, 5], [3, 5]]))
    array([[-1.,  0.],
           [ 1.,  0.]])
    """
    ### BEGIN SOLUTION
    constant = X.min(axis=0) == X.max(axis=0)  # exact; the standard deviation of equal values need not be 0
    scale = np.where(constant, np.inf, X.std(axis=0))  # what rounding leaves of a constant column, over infinity, is 0
    return (X - X.mean(axis=0)) / scale
    ### END SOLUTION


# %% tags=["only-draws"]
table = np.array([[1.0, 200.0, 5.0], [1.0, 400.0, 5.0], [7.0, 400.0, 5.0], [7.0, 600.0, 5.0]])
wanted = np.array([[-1.0, -np.sqrt(2.0), 0.0], [-1.0, 0.0, 0.0], [1.0, 0.0, 0.0], [1.0, np.sqrt(2.0), 0.0]])
plotting.target_against_yours(wanted, attempt(standardise, table), title="standardise(table)")

# %% nbgrader={"grade": true, "grade_id": "w01-q1-standardise-test", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
X = np.array([[1.0, 200.0], [1.0, 400.0], [7.0, 400.0], [7.0, 600.0]])
Z = np.array([[-1.0, -np.sqrt(2.0)], [-1.0, 0.0], [1.0, 0.0], [1.0, np.sqrt(2.0)]])
integers, whole_table = X.astype(np.int64), (X - 202.0) / np.sqrt(49_208.5)
picometres = X * 1e-12  # what was counted in picometres, now in metres
check.array(
    standardise(X),
    Z,
    of="standardise(X)",
    shape="(n_samples, n_features)",
    atol=1e-5,
    causes={
        "this divides by n - 1: the text asks for n (ddof=0)": Z * np.sqrt(3 / 4),
        "this takes one mean per row: axis=0 leaves one per column": np.tile([-1.0, 1.0], (4, 1)),
        "this takes one mean for the whole table: axis=0 leaves one per column": whole_table,
        "the means are subtracted but the standard deviation is not divided out": Z * [3.0, np.sqrt(20_000.0)],
    },
)
check.array(standardise(integers), Z, of="standardise of a table of integers", atol=1e-5)
check.array(
    standardise(picometres),
    Z,
    of="standardise(X) in another unit, its values 10¹² times as small",
    atol=1e-5,
    causes={
        "a fixed threshold took columns of small numbers for constant": np.zeros((4, 2)),
        "a small constant was added to the standard deviation, and it swallows columns of small numbers": Z
        * [0.00029991, 0.013945],
    },
)
### BEGIN HIDDEN TESTS
rng = np.random.default_rng(101)
for n_samples, n_features in [(2, 1), (7, 6), (50, 3), (3, 40)]:
    P = rng.normal(loc=rng.normal(scale=100.0, size=n_features), scale=5.0, size=(n_samples, n_features))
    reference = (P - P.mean(axis=0)) / P.std(axis=0)
    # contract: "from every column subtract its mean and divide by its standard deviation"
    check.array(
        standardise(P),
        reference,
        of=f"standardise of {n_samples}×{n_features} random numbers",
        atol=1e-5,
    )
    # contract: "The unit of a column does not matter: metres, kilometres or picometres give the same result."
    check.array(standardise(P * 1e-12), reference, of="standardise of a column in another unit", atol=1e-5)
    check.array(standardise(P * 1e3), reference, of="standardise of a column in another unit", atol=1e-5)
# contract: "`X` holds integers of any width, `float32` or `float64`; the result holds floats (`float32` or `float64`)."
for dtype in (np.uint8, np.int16, np.int64, np.float32):
    P = rng.integers(0, 200, size=(9, 4)).astype(dtype)
    exact = P.astype(np.float64)
    reference = (exact - exact.mean(axis=0)) / exact.std(axis=0)
    check.array(standardise(P), reference, of=f"standardise of a table of {P.dtype}", atol=1e-5)
### END HIDDEN TESTS

# %% nbgrader={"grade": true, "grade_id": "w01-q1-standardise-edges", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
X = np.array([[0.1, 4.0], [0.1, 8.0], [0.1, 6.0]])
before = X.copy()
Z = standardise(X)
check.unchanged(X, before, of="X")
check.array(
    Z,
    [[0.0, -np.sqrt(1.5)], [0.0, np.sqrt(1.5)], [0.0, 0.0]],
    of="standardise of a constant column and an ordinary one",
    atol=1e-5,
    causes={
        "rounding made the standard deviation of the constant column 1.4e-17 instead of 0: compare the values": [
            [-1.0, -np.sqrt(1.5)],
            [-1.0, np.sqrt(1.5)],
            [-1.0, 0.0],
        ],
        "this divides by n - 1: the text asks for n (ddof=0)": [[0.0, -1.0], [0.0, 1.0], [0.0, 0.0]],
        "0/0 gave nan in the constant column": [[np.nan, -np.sqrt(1.5)], [np.nan, np.sqrt(1.5)], [np.nan, 0.0]],
    },
)
check.array(
    standardise(np.full((7, 1), 1e6 + 0.1)),
    np.zeros((7, 1)),
    of="standardise of seven times 1,000,000.1",
    atol=1e-5,
    causes={"rounding made the standard deviation 1.2e-10 instead of 0: compare the values": np.ones((7, 1))},
)
X = np.array([[4.0, 1.0], [8.0, np.nan], [6.0, 3.0]])
before = X.copy()
Z = standardise(X)
check.unchanged(X, before, of="X, with its nan")
check.array(
    Z,
    [[-np.sqrt(1.5), np.nan], [np.sqrt(1.5), np.nan], [0.0, np.nan]],
    of="standardise of an ordinary column and one with a nan",
    atol=1e-5,
    causes={
        "the gap was looked past: a column with a nan has no mean, so all of it is nan": [
            [-np.sqrt(1.5), -1.0],
            [np.sqrt(1.5), np.nan],
            [0.0, 1.0],
        ],
        "the column with a nan was filled with zeros: a gap must stay visible": [
            [-np.sqrt(1.5), 0.0],
            [np.sqrt(1.5), 0.0],
            [0.0, 0.0],
        ],
        "one nan spread to the other column: reduce each column by itself": np.full((3, 2), np.nan),
    },
)
check.array(standardise(np.array([[3.0, -4.0]])), [[0.0, 0.0]], of="standardise of a table with one row", atol=1e-5)
check.array(standardise(np.array([[np.nan, 1.0]])), [[np.nan, 0.0]], of="standardise of a row with a nan", atol=1e-5)
### BEGIN HIDDEN TESTS
rng = np.random.default_rng(111)
# contract: "A constant column becomes zeros"
for n_samples, constant in [(3, 0.7), (6, 0.1), (7, 1e6 + 0.1), (50, 1 / 3), (10, -0.3), (4, 0.0), (5, 8.0)]:
    P = np.column_stack([rng.normal(size=n_samples), np.full(n_samples, constant)])
    reference = np.column_stack([(P[:, 0] - P[:, 0].mean()) / P[:, 0].std(), np.zeros(n_samples)])
    check.array(standardise(P), reference, of=f"standardise of a random column and {n_samples} × {constant}", atol=1e-5)
check.array(
    standardise(np.full((3, 2), 7)), np.zeros((3, 2)), of="standardise of a constant table of integers", atol=1e-5
)
# contract: "and so does every column of a table with one row"
check.array(standardise(rng.normal(size=(1, 5))), np.zeros((1, 5)), of="standardise of a table with one row", atol=1e-5)
# contract: "The unit of a column does not matter: metres, kilometres or picometres give the same result."
P = rng.normal(loc=2.0, size=(12, 2))
reference = (P - P.mean(axis=0)) / P.std(axis=0)
check.array(standardise(P * [1e-12, 1.0]), reference, of="standardise of picometres beside metres", atol=1e-5)
# contract: "It comes out all `nan`, even if it has only one row or is constant otherwise, and the other columns do not
# contract: notice."
check.array(
    standardise(np.array([[0.7, 2.0], [np.nan, 4.0], [0.7, 6.0]])),
    [[np.nan, -np.sqrt(1.5)], [np.nan, 0.0], [np.nan, np.sqrt(1.5)]],
    of="standardise of a column that is constant but for a nan",
    atol=1e-5,
)
gapped = P.copy()
gapped[3, 0] = np.nan
check.array(
    standardise(gapped), np.column_stack([np.full(12, np.nan), reference[:, 1]]), of="standardise with a nan", atol=1e-5
)
# contract: "Never write into `X`: the caller still needs it."
before = P.copy()
standardise(P)
check.unchanged(P, before, of="X")
before = gapped.copy()
standardise(gapped)
check.unchanged(gapped, before, of="X, with its nan")
check.new_array(standardise(P), P, of="standardise(X)")
### END HIDDEN TESTS

# %% [markdown]
# ## 2 · All the distances, none of the memory ●●○ · 20 min · 4 points
#
# Nearest neighbours, clustering and kernel methods all begin with this table, so it has to be right, quick and small.
#
# Write `pairwise_distances(A, B)`: the Euclidean distance from every row of `A` to every row of `B`,
#
# $$D_{ij} = \lVert a_i - b_j\rVert = \sqrt{\textstyle\sum_k (A_{ik} - B_{jk})^2} .$$
#
# - **Forbidden:** Python loops (`for`, `while`, comprehensions, recursion) and what hides one, such as `map`,
#   `filter`, `reduce`, `np.vectorize`, `np.apply_along_axis` or pandas' `apply`; and ready-made distances, such as
#   `cdist`, `pdist` and `distance_matrix` of SciPy or `pairwise_distances` and `euclidean_distances` of scikit-learn.
#   The checks look.
# - **Memory:** never an array of shape `(n_a, n_b, n_features)`. The checks measure 900 and 700 rows in 60 dimensions
#   and allow 64 MiB; the table itself takes 5 MiB, the three-axis array would take 288.
# - Rounding can push a square just below zero. A distance is never `nan` and never negative.
# - Integers of any width are welcome (in a `uint8`, 200² wraps around), either table may have no rows, and neither is
#   written to.
# - Different numbers of columns are a mistake: raise a `ValueError` whose message holds both numbers and the word
#   *columns*. (`@` would complain too, but of "core dimensions", which means little to your caller.)
#
# A distance may miss by an absolute 1e-6 plus a relative 1e-6. The exception are large tables with equal rows, in which
# every coordinate is near 1,000. Squared lengths are then near 6·10⁷, which `float64` knows to an absolute 10⁻⁷ or
# so, and a distance that should be 0 may come out as 0.0003. There an absolute 0.01 is allowed.
#
# <details><summary>Hint 1 · the idea</summary>Expand the square:
# <code>‖a − b‖² = ‖a‖² + ‖b‖² − 2 a·b</code>. Two of the terms need one number per row; the third, for all pairs at
# once, is a matrix product.</details>
# <details><summary>Hint 2 · the direction</summary>The squared lengths of the rows of <code>A</code> have shape
# <code>(n_a,)</code>. Which axis must they gain so that they can be added to an <code>(n_a, n_b)</code> table? And
# those of <code>B</code>?</details>
# <details><summary>Hint 3 · almost the code</summary>With both tables in <code>float64</code>, the squared lengths are
# <code>(A**2).sum(axis=1)</code>. Before you take the root, <code>np.maximum(…, 0.0)</code> lifts what slipped below
# zero.</details>
#
# <!-- worked out: 5 MiB = 900 * 700 * 8 / 2**20; 288 = 900 * 700 * 60 * 8 / 2**20; 0.0003 = sqrt(10**-7) -->


# %% nbgrader={"grade": false, "grade_id": "w01-q2-pairwise", "locked": false, "schema_version": 3, "solution": true, "task": false}
def pairwise_distances(A: NDArray[np.number], B: NDArray[np.number]) -> NDArray[np.floating]:
    """Euclidean distance between every row of ``A`` and every row of ``B``.

    Parameters
    ----------
    A : array of shape (n_a, n_features)
        Integers of any width or floats; ``n_a`` may be 0.
    B : array of shape (n_b, n_features)
        In the unit of ``A``; ``n_b`` may be 0.

    Returns
    -------
    array of floats of shape (n_a, n_b)
        In the same unit. No value is negative or ``nan``.

    Raises
    ------
    ValueError
        If the numbers of columns differ; the message holds both and the word *columns*.

    Examples
    --------
    >>> pairwise_distances(np.array([[0.0, 0.0]]), np.array([[3.0, 4.0], [0.0, 1.0]]))
    array([[5., 1.]])
    """
    ### BEGIN SOLUTION
    if A.shape[1] != B.shape[1]:
        raise ValueError(f"A has {A.shape[1]} columns and B has {B.shape[1]}: they must agree")
    A, B = A.astype(np.float64), B.astype(np.float64)  # new arrays; small integers would wrap around when squared
    squared = (A**2).sum(axis=1)[:, None] + (B**2).sum(axis=1)[None, :] - 2.0 * (A @ B.T)
    return np.sqrt(np.maximum(squared, 0.0))
    ### END SOLUTION


# %% tags=["only-draws"]
shops, customers = np.array([[1, 1], [4, 5]]), np.array([[1, 1], [7, 9], [4, 1]])
wanted = np.array([[0.0, 10.0, 3.0], [5.0, 5.0, 4.0]])
plotting.target_against_yours(wanted, attempt(pairwise_distances, shops, customers), title="2 shops, 3 customers")

# %% nbgrader={"grade": true, "grade_id": "w01-q2-pairwise-test", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
A, B = np.array([[1, 1], [4, 5]]), np.array([[1, 1], [7, 9], [4, 1]])
check.array(
    pairwise_distances(A, B),
    [[0.0, 10.0, 3.0], [5.0, 5.0, 4.0]],
    of="pairwise_distances(A, B)",
    shape="(n_a, n_b)",
    rtol=1e-6,
    atol=1e-6,
    causes={
        "this is the sum of the absolute differences, not the Euclidean distance": [[0.0, 14.0, 3.0], [7.0, 7.0, 4.0]],
        "this is the largest difference, not the Euclidean distance": [[0.0, 8.0, 3.0], [4.0, 4.0, 4.0]],
        "these are squared distances: take the root": [[0.0, 100.0, 9.0], [25.0, 25.0, 16.0]],
    },
)
check.array(pairwise_distances(A[:0], B), np.zeros((0, 3)), of="distances from no rows to three", shape="(n_a, n_b)")
check.array(pairwise_distances(A, B[:0]), np.zeros((2, 0)), of="distances from two rows to none", shape="(n_a, n_b)")
A, B = np.array([[0, 0], [200, 100]], dtype=np.uint8), np.array([[30, 40], [200, 220], [3, 4]], dtype=np.uint8)
check.array(
    pairwise_distances(A, B),
    [[50.0, np.sqrt(88_400.0), 5.0], [np.sqrt(32_500.0), 120.0, np.sqrt(48_025.0)]],
    of="pairwise_distances of two tables of uint8",
    rtol=1e-6,
    atol=1e-6,
    causes={
        "bytes were squared as bytes, and a byte ends at 255": [
            [14.0, np.sqrt(80.0), 5.0],
            [np.sqrt(244.0), 8.0, 0.0],
        ],
        "bytes were subtracted and squared as bytes, and a byte ends at 255": [
            [14.0, np.sqrt(80.0), 5.0],
            [np.sqrt(244.0), 8.0, np.sqrt(153.0)],
        ],
    },
)
check.raises(ValueError, pairwise_distances, np.zeros((2, 3)), np.zeros((2, 4)), mentions=["3", "4", "columns"])
### BEGIN HIDDEN TESTS
from scipy.spatial.distance import cdist  # noqa: E402

rng = np.random.default_rng(102)
# contract: "the Euclidean distance from every row of `A` to every row of `B`"
for n_a, n_b, n_features in [(1, 1, 1), (5, 3, 2), (4, 4, 3), (40, 60, 7), (3, 2, 50)]:
    P, Q = rng.normal(size=(n_a, n_features)), rng.normal(loc=1.0, size=(n_b, n_features))
    check.array(
        pairwise_distances(P, Q),
        cdist(P, Q),
        of=f"distances of {n_a} and {n_b} random rows in {n_features} dimensions",
        shape="(n_a, n_b)",
        rtol=1e-6,
        atol=1e-6,
    )
# contract: "Integers of any width are welcome (in a `uint8`, 200² wraps around), either table may have no rows, and
# contract: neither is written to."
for dtype, low, high in [(np.uint8, 0, 256), (np.int8, -128, 128), (np.int16, -30_000, 30_000), (np.int64, -50, 50)]:
    P, Q = (rng.integers(low, high, size=(n, 4)).astype(dtype) for n in (6, 5))
    name = f"distances of tables of {np.dtype(dtype)}"
    check.array(pairwise_distances(P, Q), cdist(P, Q), of=name, rtol=1e-6, atol=1e-6)
check.array(pairwise_distances(P + 0.5, Q), cdist(P + 0.5, Q), of="floats against integers", rtol=1e-6, atol=1e-6)
check.array(pairwise_distances(P[:0], Q), np.zeros((0, 5)), of="distances from no rows to five", shape="(n_a, n_b)")
check.array(pairwise_distances(P, Q[:0]), np.zeros((6, 0)), of="distances from six rows to none", shape="(n_a, n_b)")
P, Q = rng.normal(size=(6, 4)), rng.normal(size=(5, 4))
P_before, Q_before = P.copy(), Q.copy()
pairwise_distances(P, Q)
check.unchanged(P, P_before, of="A")
check.unchanged(Q, Q_before, of="B")
# contract: "raise a `ValueError` whose message holds both numbers and the word *columns*"
for n_a, n_b, left, right in [(2, 3, 17, 5), (4, 4, 1, 6), (0, 3, 8, 9), (2, 2, 31, 1)]:
    columns = [str(left), str(right), "columns"]
    check.raises(ValueError, pairwise_distances, np.ones((n_a, left)), np.ones((n_b, right)), mentions=columns)
### END HIDDEN TESTS

# %% nbgrader={"grade": true, "grade_id": "w01-q2-pairwise-limits", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
ready_made = {"cdist", "pdist", "distance_matrix", "pairwise_distances", "euclidean_distances"}
ready_made |= {"nan_euclidean_distances", "pairwise_distances_chunked", "sparse_distance_matrix", "apply", "map"}
check.no_loops(
    pairwise_distances,
    hint="let operations on whole arrays visit the pairs; a function that calls itself is a loop too",
    also=ready_made,
)
rng = np.random.default_rng(7)
A, B = rng.normal(loc=1e3, size=(900, 60)), rng.normal(loc=1e3, size=(700, 60))
B[:50] = A[:50]  # fifty rows stand in both tables: rounding is at its worst where the distance is 0
with check.peak_memory(mib=64, hint="an array of shape (n_a, n_b, n_features) hides in your expression"):
    D = pairwise_distances(A, B)
check.that(
    type(D) is np.ndarray and D.shape == (900, 700),
    "distances of 900 and 700 rows: expected an array of shape (n_a, n_b) = (900, 700), "
    f"got a {type(D).__name__} of shape {np.shape(D)}",
)
check.that(not np.isnan(D).any(), "some distances are nan: a square slipped below zero before the root was taken")
check.array(np.diagonal(D)[:50].copy(), np.zeros(50), of="distances between rows that are equal", atol=0.01)
### BEGIN HIDDEN TESTS
from scipy.spatial.distance import cdist  # noqa: E402

# contract: "The exception are large tables with equal rows, in which every coordinate is near 1,000. […] There an
# contract: absolute 0.01 is allowed."
check.array(D, cdist(A, B), of="distances of 900 and 700 rows", shape="(n_a, n_b)", rtol=0.0, atol=0.01)
# contract: "A distance is never `nan` and never negative."
for seed in (17, 27):
    rng = np.random.default_rng(seed)
    P = rng.normal(loc=1e3, size=(80, 30))
    D = pairwise_distances(P, P)
    check.array(D, cdist(P, P), of="distances of a table to itself", shape="(n_a, n_a)", rtol=0.0, atol=0.01)
    check.that(bool((D >= 0.0).all()), "a distance is negative")
# contract: "**Memory:** never an array of shape `(n_a, n_b, n_features)`."
A, B = rng.normal(size=(700, 60)), rng.normal(size=(900, 60))
with check.peak_memory(mib=64, hint="an array of shape (n_a, n_b, n_features) hides in your expression"):
    D = pairwise_distances(A, B)
check.array(D, cdist(A, B), of="distances of 700 and 900 rows", shape="(n_a, n_b)", rtol=1e-6, atol=1e-6)
### END HIDDEN TESTS

# %% [markdown]
# ## 3 · A window that slides ●●○ · 20 min · 3 points
#
# Smoothing a noisy series, building lag features and the convolution inside an image model are one idea: the same
# small window, looked through at every position.
#
# Write `moving_average(values, window)`: entry $i$ of the result is the mean of `values[i : i + window]`.
#
# - **Only whole windows count:** $n$ values give $n - \text{window} + 1$ means, with no padding and no half-filled
#   windows at the ends.
# - The result is a new array of floats, whether `values` holds integers of any width, `float32` or `float64`, and also
#   when `window` is 1. `values` stays as it is.
# - A `nan` makes the windows that contain it `nan`, and no others.
# - `window` is an `int` from 1 to `len(values)`. For any other `int`, raise a `ValueError` whose message holds both
#   the window and the number of values. No window fits an empty `values`.
# - **Forbidden:** Python loops (`for`, `while`, comprehensions, recursion) and what hides one, such as `map`,
#   `filter`, `reduce`, `np.vectorize`, `np.apply_along_axis`, pandas' `apply` and `map` or SciPy's `generic_filter`.
#   The checks look.
# - **Memory:** do not copy the windows. The checks slide a window of 300 over 100,000 values and allow 16 MiB; a
#   table of all windows would take 228 MiB, a *view* of them takes nothing.
#
# Means are compared to a relative and absolute 1e-5, which leaves room for `float32` and for running sums.
#
# <details><summary>Hint 1 · the idea</summary>A window is not a copy: it is the same memory, read from another start.
# Strides can describe all windows at once as an array with two axes.</details>
# <details><summary>Hint 2 · the direction</summary>Look up <code>np.lib.stride_tricks.sliding_window_view</code>:
# which shape does it give for <code>n</code> values, and along which axis lie the members of one window?</details>
# <details><summary>Hint 3 · almost the code</summary>Check the window before you do anything else. Then one reduction
# over the view is enough, and it already returns floats. (With <code>np.convolve</code> instead, choose the mode that
# keeps whole windows only.)</details>
#
# <!-- worked out: 228 MiB = (100_000 - 300 + 1) * 300 * 8 / 2**20 -->


# %% nbgrader={"grade": false, "grade_id": "w01-q3-moving-average", "locked": false, "schema_version": 3, "solution": true, "task": false}
def moving_average(values: NDArray[np.number], window: int) -> NDArray[np.floating]:
    """Mean of every ``window`` neighbouring values.

    Parameters
    ----------
    values : array of shape (n,)
        Integers of any width, float32 or float64, possibly with ``nan``. Left as it is.
    window : int
        Number of values in a window, from 1 to n.

    Returns
    -------
    array of floats of shape (n - window + 1,)
        In the unit of `values`; entry i is the mean of ``values[i : i + window]``.

    Raises
    ------
    ValueError
        If `window` is below 1 or above n; the message holds the window and n.

    Examples
    --------
    >>> moving_average(np.array([2, 4, 6, 8, 1]), 2)
    array([3. , 5. , 7. , 4.5])
    """
    ### BEGIN SOLUTION
    n_values = len(values)
    if window < 1 or window > n_values:
        raise ValueError(f"a window of {window} does not fit {n_values} values")
    return np.lib.stride_tricks.sliding_window_view(values, window).mean(axis=1)
    ### END SOLUTION


# %% tags=["only-draws"]
rough = np.array([3.0, 9.0, 6.0, 0.0, 6.0, 9.0, np.nan, 3.0, 6.0, 3.0])
wanted = np.array([6.0, 5.0, 4.0, 5.0, np.nan, np.nan, np.nan, 4.0])
plotting.target_against_yours(wanted, attempt(moving_average, rough, 3), title="moving_average(rough, 3)")

# %% nbgrader={"grade": true, "grade_id": "w01-q3-moving-average-test", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
values = np.array([2, 4, 6, 8, 1])
check.array(
    moving_average(values, 2),
    [3.0, 5.0, 7.0, 4.5],
    of="moving_average([2, 4, 6, 8, 1], 2)",
    shape="(n - window + 1,)",
    rtol=1e-5,
    atol=1e-5,
    causes={
        "this averages over the windows instead of inside each of them": [5.0, 4.75],
        "the ends are padded with zeros: keep whole windows only": [1.0, 3.0, 5.0, 7.0, 4.5],
        "both ends are padded with zeros: keep whole windows only": [1.0, 3.0, 5.0, 7.0, 4.5, 0.5],
        "the last window is missing: n - window + 1 windows fit": [3.0, 5.0, 7.0],
        "these windows hold three values: the slice values[i : i + window] holds window of them": [4.0, 6.0, 5.0],
        "these are the sums: divide by the window": [6.0, 10.0, 14.0, 9.0],
    },
)
gapped = np.array([3.0, np.nan, 6.0, 0.0, 6.0])
check.array(
    moving_average(gapped, 2),
    [np.nan, np.nan, 3.0, 3.0],
    of="moving_average([3, nan, 6, 0, 6], 2)",
    shape="(n - window + 1,)",
    rtol=1e-5,
    atol=1e-5,
    causes={
        "the nan has spread to every later window, as it does through a running sum (cumsum)": [np.nan] * 4,
        "the nan was skipped: a window that contains one must be nan": [3.0, 6.0, 3.0, 3.0],
        "the nan was counted as zero: a window that contains one must be nan": [1.5, 3.0, 3.0, 3.0],
    },
)
check.array(moving_average(values, 1), [2.0, 4.0, 6.0, 8.0, 1.0], of="moving_average(values, 1)", rtol=1e-5, atol=1e-5)
check.array(moving_average(values, 5), [4.2], of="moving_average(values, 5), one window", rtol=1e-5, atol=1e-5)
check.array(
    moving_average(np.array([200, 100, 60], dtype=np.uint8), 2),
    [150.0, 80.0],
    of="moving_average of the bytes 200, 100, 60, window 2",
    rtol=1e-5,
    atol=1e-5,
    causes={"bytes were summed as bytes, and a byte ends at 255": [22.0, 80.0]},
)
check.raises(ValueError, moving_average, values, 0, mentions=["0", "5"])
check.raises(ValueError, moving_average, values, -2, mentions=["-2", "5"])
check.raises(ValueError, moving_average, values, 6, mentions=["6", "5"])
### BEGIN HIDDEN TESTS
rng = np.random.default_rng(103)
# contract: "entry $i$ of the result is the mean of `values[i : i + window]`"
for n_values, window in [(1, 1), (2, 2), (10, 3), (10, 9), (11, 4), (60, 52)]:
    series = rng.normal(loc=350.0, scale=20.0, size=n_values)
    reference = np.array([series[i : i + window].mean() for i in range(n_values - window + 1)])
    check.array(
        moving_average(series, window),
        reference,
        of=f"moving average of {n_values} random values, window {window}",
        shape="(n - window + 1,)",
        rtol=1e-5,
        atol=1e-5,
    )
# contract: "The result is a new array of floats, whether `values` holds integers of any width, `float32` or `float64`,
# contract: and also when `window` is 1."
for dtype in (np.uint8, np.int8, np.int32, np.int64, np.float32, np.float64):
    series = rng.integers(60, 120, size=12).astype(dtype)
    reference = [series[i : i + 4].astype(float).mean() for i in range(9)]
    check.array(moving_average(series, 4), reference, of=f"moving average of {dtype.__name__}", rtol=1e-5, atol=1e-5)
    alone = moving_average(series, 1)
    check.array(alone, series.astype(float), of=f"moving average of {dtype.__name__}, window 1", rtol=1e-5, atol=1e-5)
    check.new_array(alone, series, of="moving_average(values, 1)")
# contract: "A `nan` makes the windows that contain it `nan`, and no others."
series = rng.normal(loc=350.0, size=30)
series[[0, 11, 12]] = np.nan
before = series.copy()
reference = [series[i : i + 5].mean() for i in range(26)]
check.array(moving_average(series, 5), reference, of="moving average of values with nan", rtol=1e-5, atol=1e-5)
# contract: "`values` stays as it is."
check.unchanged(series, before, of="values")
# contract: "For any other `int`, raise a `ValueError` whose message holds both the window and the number of values."
check.raises(ValueError, moving_average, np.arange(27.0), 28, mentions=["28", "27"])
check.raises(ValueError, moving_average, np.arange(27.0), 400, mentions=["400", "27"])
check.raises(ValueError, moving_average, np.arange(27.0), 0, mentions=["0", "27"])
check.raises(ValueError, moving_average, np.arange(27.0), -3, mentions=["-3", "27"])
# contract: "No window fits an empty `values`."
check.raises(ValueError, moving_average, np.zeros(0), 1, mentions=["1", "0"])
check.raises(ValueError, moving_average, np.zeros(0), 0, mentions=["0"])
### END HIDDEN TESTS

# %% nbgrader={"grade": true, "grade_id": "w01-q3-moving-average-limits", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
hidden_loops = {"apply", "map", "generic_filter", "generic_filter1d"}
check.no_loops(moving_average, hint="let operations on whole arrays visit the windows", also=hidden_loops)
values = np.random.default_rng(13).normal(loc=350.0, size=100_000)
with check.peak_memory(mib=16, hint="all windows were copied into a table of their own"):
    smooth = moving_average(values, 300)
check.that(
    type(smooth) is np.ndarray and smooth.shape == (99_701,),
    "100,000 values, window 300: expected an array of shape (99701,), "
    f"got a {type(smooth).__name__} of shape {np.shape(smooth)}",
)
check.number(float(smooth[-1]), values[-300:].mean(), of="the last mean", rtol=1e-5)
### BEGIN HIDDEN TESTS
# contract: "The checks slide a window of 300 over 100,000 values and allow 16 MiB"
reference = np.convolve(values, np.full(300, 1 / 300), mode="valid")
check.array(smooth, reference, of="moving average of 100,000 values, window 300", rtol=1e-5, atol=1e-5)
values = np.random.default_rng(23).integers(0, 256, size=100_000).astype(np.uint8)
with check.peak_memory(mib=16, hint="all windows were copied into a table of their own"):
    smooth = moving_average(values, 300)
reference = np.convolve(values.astype(float), np.full(300, 1 / 300), mode="valid")
check.array(smooth, reference, of="moving average of 100,000 bytes, window 300", rtol=1e-5, atol=1e-5)
### END HIDDEN TESTS

# %% [markdown]
# ## 4 · One column per category ●○○ · 15 min · 2 points
#
# A linear model cannot use product number 7 as a *number*, for 7 is not more than 3; it can use the answer to "is it
# 7?", one column per category.
#
# Write `one_hot(labels, categories=None)`: entry $(i, j)$ is 1 where label $i$ is category $j$, else 0.
#
# - Without `categories`, the columns are the distinct labels in increasing order. With `categories`, they are those
#   categories **in the order given**, whatever that order is. A category that no label uses keeps its column of
#   zeros: tomorrow's batch must have today's columns.
# - Labels are any integers: negative, with gaps, as large as 10¹⁵. They are names, not positions.
# - The dtype is `np.uint8`, one byte per entry: a million labels in 50 categories take 48 MiB, not the 381 of
#   `float64`.
# - A label that is not among `categories` is a mistake: raise a `ValueError` whose message holds such a label. Never
#   a silent row of zeros.
# - No labels give an array with no rows. Its columns are still those of `categories`; without `categories` there are
#   none, and the shape is `(0, 0)`.
#
# `categories` holds no duplicates. Results are compared exactly. Loops are allowed.
#
# <details><summary>Hint 1 · the idea</summary>The result is the answer to one question asked of every pair (label,
# category): are they equal?</details>
# <details><summary>Hint 2 · the direction</summary>Broadcasting asks every pair at once, if one array gains an axis
# on the right and the other on the left. <code>np.unique</code> gives distinct values in increasing order.</details>
# <details><summary>Hint 3 · almost the code</summary>In the table of answers every row should hold exactly one
# <code>True</code>. What does a row without one tell you about its label? Raise first, convert the dtype
# last.</details>
#
# <!-- worked out: 48 MiB = 10**6 * 50 / 2**20; 381 = 10**6 * 50 * 8 / 2**20 -->


# %% nbgrader={"grade": false, "grade_id": "w01-q4-one-hot", "locked": false, "schema_version": 3, "solution": true, "task": false}
def one_hot(labels: NDArray[np.integer], categories: NDArray[np.integer] | None = None) -> NDArray[np.uint8]:
    """Turn labels into one 0/1 column per category.

    Parameters
    ----------
    labels : array of integers of shape (n,)
        Any integers; n may be 0.
    categories : array of integers of shape (n_categories,), optional
        The columns, in this order, without duplicates. By default the distinct labels in increasing order.

    Returns
    -------
    array of uint8 of shape (n, n_categories)
        Exactly one 1 in every row.

    Raises
    ------
    ValueError
        If a label is not among `categories`; the message holds such a label.

    Examples
    --------
    >>> one_hot(np.array([30, 10, 30]))
    array([[0, 1],
           [1, 0],
           [0, 1]], dtype=uint8)
    """
    ### BEGIN SOLUTION
    columns = np.unique(labels) if categories is None else categories
    matches = labels[:, None] == columns[None, :]
    unknown = labels[~matches.any(axis=1)]
    if unknown.size:
        raise ValueError(f"not among the categories: {unknown}")
    return matches.astype(np.uint8)
    ### END SOLUTION


# %% tags=["only-draws"]
basket = np.array([30, -7, 30, 10])
wanted = np.array([[1, 0, 0, 0], [0, 0, 1, 0], [1, 0, 0, 0], [0, 0, 0, 1]], dtype=np.uint8)
yours = attempt(one_hot, basket, np.array([30, 99, -7, 10]))
plotting.target_against_yours(wanted, yours, title="labels 30, −7, 30, 10 in categories 30, 99, −7, 10")

# %% nbgrader={"grade": true, "grade_id": "w01-q4-one-hot-test", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check.array(
    one_hot(np.array([4, 0, 2])),
    [[0, 0, 1], [1, 0, 0], [0, 1, 0]],
    of="one_hot([4, 0, 2])",
    shape="(n, n_categories)",
    dtype=np.uint8,
    causes={
        "the label was used as the number of its column, but labels are names": np.eye(5)[[4, 0, 2]],
        "the columns stand in the order of first appearance: without categories they are sorted": np.eye(3),
    },
)
labels = np.array([30, -7, 30, 10**15, 10**15 + 1])
check.array(
    one_hot(labels),
    [[0, 1, 0, 0], [1, 0, 0, 0], [0, 1, 0, 0], [0, 0, 1, 0], [0, 0, 0, 1]],
    of="one_hot([30, -7, 30, 10**15, 10**15 + 1])",
    shape="(n, n_categories)",
    dtype=np.uint8,
    causes={
        "10**15 and 10**15 + 1 were taken for one label, as they are in float32": [
            [0, 1, 0, 0],
            [1, 0, 0, 0],
            [0, 1, 0, 0],
            [0, 0, 1, 1],
            [0, 0, 1, 1],
        ],
    },
)
no_labels = np.array([], dtype=np.int64)
check.array(one_hot(no_labels), np.zeros((0, 0)), of="one_hot of no labels", shape="(n, n_categories)", dtype=np.uint8)
### BEGIN HIDDEN TESTS
rng = np.random.default_rng(104)
# contract: "Without `categories`, the columns are the distinct labels in increasing order."
# contract: "Labels are any integers: negative, with gaps, as large as 10¹⁵."
for dtype, low, high, n_labels in [
    (np.int8, -100, 100, 9),
    (np.uint8, 0, 200, 7),
    (np.int32, -3, 4, 50),
    (np.int64, -(10**15), 10**15, 12),
    (np.int64, 5, 6, 4),
]:
    drawn = rng.integers(low, high, size=n_labels).astype(dtype)
    distinct = sorted(set(drawn.tolist()))
    reference = [[int(label == category) for category in distinct] for label in drawn.tolist()]
    check.array(
        one_hot(drawn),
        reference,
        of=f"one_hot of {n_labels} labels of {np.dtype(dtype)}",
        shape="(n, n_categories)",
        dtype=np.uint8,
    )
### END HIDDEN TESTS

# %% nbgrader={"grade": true, "grade_id": "w01-q4-one-hot-categories", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
labels, categories = np.array([30, -7, 30, 10]), np.array([30, 99, -7, 10])
check.array(
    one_hot(labels, categories),
    [[1, 0, 0, 0], [0, 0, 1, 0], [1, 0, 0, 0], [0, 0, 0, 1]],
    of="one_hot([30, -7, 30, 10], categories=[30, 99, -7, 10])",
    shape="(n, n_categories)",
    dtype=np.uint8,
    causes={
        "the categories were sorted: keep the order given": [[0, 0, 1, 0], [1, 0, 0, 0], [0, 0, 1, 0], [0, 1, 0, 0]],
        "the category 99, which no label uses, lost its column": [[1, 0, 0], [0, 1, 0], [1, 0, 0], [0, 0, 1]],
    },
)
check.array(one_hot(labels[:0], categories), np.zeros((0, 4)), of="one_hot of no labels, 4 categories", dtype=np.uint8)
check.raises(ValueError, one_hot, np.array([30, 12, -7]), categories, mentions=["12"])
check.raises(ValueError, one_hot, np.array([30, 500, -7]), categories, mentions=["500"])
### BEGIN HIDDEN TESTS
rng = np.random.default_rng(114)
# contract: "With `categories`, they are those categories **in the order given**, whatever that order is."
# contract: "A category that no label uses keeps its column of zeros"
for n_categories, n_labels in [(1, 3), (6, 4), (5, 40), (30, 2)]:
    given = rng.permutation(np.arange(-500, 500, 7))[:n_categories] * 10**6
    drawn = rng.choice(given, size=n_labels)
    reference = [[int(label == category) for category in given.tolist()] for label in drawn.tolist()]
    check.array(
        one_hot(drawn, given),
        reference,
        of=f"one_hot of {n_labels} labels in {n_categories} given categories",
        shape="(n, n_categories)",
        dtype=np.uint8,
    )
# contract: "raise a `ValueError` whose message holds such a label"
check.raises(ValueError, one_hot, np.array([4, 2, -641]), np.array([2, 4, 8]), mentions=["-641"])
check.raises(ValueError, one_hot, np.array([4, 3, 2]), np.array([8, 4, 2]), mentions=["3"])
check.raises(ValueError, one_hot, np.array([977, 2]), np.array([2, 4]), mentions=["977"])
check.raises(ValueError, one_hot, np.array([0, 1]), np.array([1, 2]), mentions=["0"])
check.raises(ValueError, one_hot, np.array([55]), np.array([], dtype=np.int64), mentions=["55"])
# contract: "No labels give an array with no rows. Its columns are still those of `categories`"
check.array(one_hot(np.array([], dtype=int), given[:7]), np.zeros((0, 7)), of="one_hot of no labels", dtype=np.uint8)
### END HIDDEN TESTS

# %% [markdown]
# ## 5 · The planet breathes ●●○ · 20 min · 3 points
#
# Every real sensor has gaps, and a mean that trips over them, or silently counts them as zero, has misled many a
# dashboard.
#
# The air at Mauna Loa in Hawaii has been sampled for carbon dioxide (in ppm, parts per million) since 1958. Write
# `seasonal_mean(values, months)`: the mean of the values of each calendar month, over all years; entry $m - 1$
# belongs to month $m$.
#
# - A `nan` is a week without a measurement: leave it out of the sum *and* out of the count. Every other week counts
#   the same. Values may be negative (departures from a trend, below).
# - A month without any measurement is `nan`, **without a warning**; so no values at all give twelve `nan`. A warning
#   that is expected soon teaches everyone to ignore warnings. You may quieten one inside a `with` block (`np.errstate`,
#   `warnings.catch_warnings`), but not for the rest of the program (`np.seterr`, `warnings.filterwarnings`).
# - Weeks come in any order. Neither input is written to.
# - Different lengths are a mistake: raise a `ValueError` whose message holds both.
#
# `months` holds only 1 to 12. Results are compared to 0.01 ppm, a tenth of the last digit of the record. A loop over
# the twelve months is allowed.
#
# <details><summary>Hint 1 · the idea</summary>A mean is a sum divided by a count. Both are easy once you have a
# boolean array of the weeks that belong.</details>
# <details><summary>Hint 2 · the direction</summary>A week belongs to month 5 if its month is 5 <em>and</em> its value
# is not <code>nan</code>: combine two masks with <code>&amp;</code>. <code>np.nanmean</code> skips gaps too, but what
# does it do when nothing is left?</details>
# <details><summary>Hint 3 · almost the code</summary>Start from <code>np.full(12, np.nan)</code> and fill in only the
# months whose mask has a <code>True</code> in it. Month <code>m</code> lives at position
# <code>m - 1</code>.</details>


# %% nbgrader={"grade": false, "grade_id": "w01-q5-seasonal-mean", "locked": false, "schema_version": 3, "solution": true, "task": false}
def seasonal_mean(values: NDArray[np.floating], months: NDArray[np.integer]) -> NDArray[np.floating]:
    """Mean of the values of each calendar month, leaving out what is missing.

    Parameters
    ----------
    values : array of floats of shape (n,)
        One measurement a week, ``nan`` where there is none. Left as it is.
    months : array of integers of shape (n,)
        The month of each measurement, 1 (January) to 12 (December).

    Returns
    -------
    array of floats of shape (12,)
        In the unit of `values`, January first; ``nan`` for a month without any measurement.

    Raises
    ------
    ValueError
        If the lengths differ; the message holds both.

    Examples
    --------
    >>> seasonal_mean(np.array([10.0, np.nan, 30.0]), np.array([1, 1, 3]))[:3]
    array([10., nan, 30.])
    """
    ### BEGIN SOLUTION
    if values.shape != months.shape:
        raise ValueError(f"there are {values.size} values but {months.size} months: give one month for each value")
    present = ~np.isnan(values)
    sums = np.bincount(months[present] - 1, weights=values[present], minlength=12)
    counts = np.bincount(months[present] - 1, minlength=12)
    return np.divide(sums, counts, out=np.full(12, np.nan), where=counts > 0)
    ### END SOLUTION


# %% tags=["only-draws"]
weeks = np.array([10.0, np.nan, 20.0, 32.0, np.nan, 40.0])
wanted = np.array([10.0, np.nan, 26.0, np.nan, np.nan, np.nan, np.nan, np.nan, np.nan, np.nan, np.nan, 40.0])
yours = attempt(seasonal_mean, weeks, np.array([1, 1, 3, 3, 6, 12]))
plotting.target_against_yours(wanted, yours, title="weeks in January (2), March (2), June and December")

# %% nbgrader={"grade": true, "grade_id": "w01-q5-seasonal-mean-test", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
values, months = np.array([40.0, 10.0, np.nan, 20.0, 32.0, np.nan]), np.array([12, 1, 1, 3, 3, 6])
before = values.copy()
with warnings.catch_warnings(record=True) as caught, np.errstate(divide="warn", over="warn", invalid="warn"):
    warnings.simplefilter("always")
    settings = np.geterr()
    means = seasonal_mean(values, months)
    warned = {str(warning.message) for warning in caught}
    warnings.warn("is anyone listening?", RuntimeWarning, stacklevel=1)
    heard = len(caught) > 0 and str(caught[-1].message) == "is anyone listening?" and np.geterr() == settings
gap, quiet = np.nan, [np.nan] * 8  # from April to November nothing was measured
check.array(
    means,
    [10.0, gap, 26.0, *quiet, 40.0],
    of="seasonal_mean(values, months)",
    rtol=0.0,
    atol=0.01,
    causes={
        "a gap was counted: leave it out of the sum and of the count": [5.0, gap, 26, gap, gap, 0, *quiet[3:], 40.0],
        "nan took over the mean of January: leave missing weeks out": [gap, gap, 26.0, *quiet, 40.0],
        "a month without a measurement is nan, not 0": [10.0, 0, 26.0, 0, 0, 0, 0, 0, 0, 0, 0, 40.0],
        "month m belongs at position m - 1": [40.0, 10.0, gap, 26.0, *quiet],
    },
)
check.that(not warned, f"a month without measurements must not warn, but NumPy said {warned}")
check.that(
    heard,
    "seasonal_mean: expected warnings to work as before after the call, but they stay switched off for the rest of "
    "the program",
)
check.unchanged(values, before, of="values")
check.array(
    seasonal_mean(np.array([-2.0, 1.0, 0.0]), np.array([4, 4, 7])),
    [gap, gap, gap, -0.5, gap, gap, 0.0, gap, gap, gap, gap, gap],
    of="seasonal_mean of departures from a trend, −2 and 1 in April and 0 in July",
    rtol=0.0,
    atol=0.01,
    causes={
        "values below 0 were left out": [gap, gap, gap, 1.0, gap, gap, 0.0, gap, gap, gap, gap, gap],
        "values that are 0 or below were left out": [gap, gap, gap, 1.0, *[gap] * 8],
        "a mean of 0 was taken for a month without measurements": [gap, gap, gap, -0.5, *[gap] * 8],
    },
)
check.raises(ValueError, seasonal_mean, np.zeros(4), np.ones(3, dtype=int), mentions=["4", "3"])
### BEGIN HIDDEN TESTS
import pandas as pd  # noqa: E402

rng = np.random.default_rng(105)
samples = [
    (1, 0.0, 350.0, np.float64),
    (30, 0.3, 350.0, np.float64),
    (25, 0.3, -2.0, np.float64),
    (400, 0.1, 350.0, np.float32),
]
for n_weeks, share_missing, level, dtype in samples:
    drawn = rng.normal(loc=level, scale=20.0, size=n_weeks).astype(dtype)
    drawn[rng.random(n_weeks) < share_missing] = np.nan
    when = rng.integers(1, 13, size=n_weeks)
    before, when_before = drawn.copy(), when.copy()
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        means = seasonal_mean(drawn, when)
    # contract: "the mean of the values of each calendar month, over all years"
    # contract: "leave it out of the sum *and* out of the count"
    reference = pd.Series(drawn.astype(float)).groupby(when).mean().reindex(range(1, 13)).to_numpy()
    check.array(means, reference, of=f"seasonal mean of {n_weeks} random weeks", rtol=0.0, atol=0.01)
    # contract: "A month without any measurement is `nan`, **without a warning**"
    warned = {str(warning.message) for warning in caught}
    check.that(not warned, f"a month without measurements must not warn, but NumPy said {warned}")
    # contract: "Neither input is written to."
    check.unchanged(drawn, before, of="values")
    check.unchanged(when, when_before, of="months")
# contract: "no values at all give twelve `nan`"
for drawn, when in [(np.zeros(0), np.zeros(0, dtype=int)), (np.full(5, np.nan), np.arange(1, 6))]:
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        means = seasonal_mean(drawn, when)
    check.array(means, np.full(12, np.nan), of="seasonal mean without any measurement")
    warned = {str(warning.message) for warning in caught}
    check.that(not warned, f"no measurements at all must not warn, but NumPy said {warned}")
# contract: "Different lengths are a mistake: raise a `ValueError` whose message holds both."
check.raises(ValueError, seasonal_mean, np.ones(52), np.ones(61, dtype=int), mentions=["52", "61"])
check.raises(ValueError, seasonal_mean, np.ones(61), np.ones(1, dtype=int), mentions=["61", "1"])
check.raises(ValueError, seasonal_mean, np.ones(1), np.ones(61, dtype=int), mentions=["1", "61"])
### END HIDDEN TESTS

# %% nbgrader={"grade": true, "grade_id": "w01-q5-seasonal-mean-record", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
record = load("co2", quiet=True)
ppm, month = record["co2"].to_numpy(), record.index.month.to_numpy()
measured = ~np.isnan(ppm)
means = seasonal_mean(ppm, month)
check.that(
    type(means) is np.ndarray and means.shape == (12,),
    "seasonal mean of the record: expected an array of shape (12,), "
    f"got a {type(means).__name__} of shape {np.shape(means)}",
)
check.that(np.isfinite(means).all(), "every month has measurements in the record, and yet a mean is nan")
highest, lowest = int(means.argmax()) + 1, int(means.argmin()) + 1
check.that(highest == 5, f"the highest mean of the record is that of month 5, May; yours is that of month {highest}")
check.that(lowest == 10, f"the lowest mean of the record is that of month 10, October; yours is that of month {lowest}")
weeks = np.array([np.sum(month[measured] == number) for number in range(1, 13)])
together = float((means * weeks).sum() / weeks.sum())
check.number(together, ppm[measured].mean(), of="the mean of your means, weighted by their weeks", rtol=0.0, atol=0.01)
### BEGIN HIDDEN TESTS
# contract: "the mean of the values of each calendar month, over all years; entry $m - 1$ belongs to month $m$"
early = record[record.index.year < 1970]
for part, name in [(record, "the whole record"), (early, "1958 to 1969"), (record.iloc[::-1], "the record reversed")]:
    reference = part["co2"].groupby(part.index.month).mean().to_numpy()
    means = seasonal_mean(part["co2"].to_numpy(), part.index.month.to_numpy())
    check.array(means, reference, of=f"seasonal mean of {name}", rtol=0.0, atol=0.01)
### END HIDDEN TESTS

# %% [markdown]
# **Worth keeping.** The record rises every year, so first we take the long-term trend away (a parabola fitted to the
# measured weeks); what is left, averaged by your function, is the season. In spring the air holds most carbon
# dioxide; then the forests of the northern hemisphere come into leaf and draw about 6 ppm out of the whole sky, every
# year.

# %% tags=["only-draws"]
record = load("co2")
ppm, month = record["co2"].to_numpy(), record.index.month.to_numpy()
measured = ~np.isnan(ppm)
elapsed = (record.index - record.index[0]).days.to_numpy() / 365.25
trend = np.polyval(np.polyfit(elapsed[measured], ppm[measured], deg=2), elapsed)
season = attempt(seasonal_mean, ppm - trend, month)

fig, (long, short) = plt.subplots(1, 2, figsize=(11, 4), width_ratios=[3, 2])
long.plot(record.index, ppm, color=plotting.PALETTE["sky"], linewidth=1, label="weekly measurement")
long.plot(record.index, trend, color=plotting.PALETTE["black"], linewidth=1.5, label="trend (parabola)")
long.set(title="Carbon dioxide over Mauna Loa", xlabel="year", ylabel="CO₂ (ppm)")
long.legend()
if season is None:
    leave_room(short, "your season will stand here")
else:
    colours = np.where(season > 0, plotting.PALETTE["orange"], plotting.PALETTE["green"])
    short.bar_label(short.bar(range(1, 13), season, color=colours), fmt="%.1f", padding=2, fontsize=8)
    short.axhline(0.0, color=plotting.PALETTE["grey"], linewidth=1)
    short.margins(y=0.1)
swing = "" if season is None else f": a swing of {np.ptp(season):.1f} ppm"
short.set(title=f"The season{swing}", xlabel="month", ylabel="departure from the trend (ppm)")
short.set_xticks(range(1, 13), list("JFMAMJJASOND"))
plt.show()

# %% [markdown]
# ## 6 · A thumbnail, pixel by pixel ●●○ · 25 min · 3 points
#
# An image model rarely sees the photograph: it sees it cropped, recoloured and shrunk, and when that goes wrong the
# model is blamed for it.
#
# Write `thumbnail(photo, block)`, which takes a colour photograph of bytes and does three things in this order:
#
# 1. **Crop** the central square. Its side is the largest multiple of `block` that fits into both height and width; it
#    begins at row `(height - side) // 2` and column `(width - side) // 2`.
# 2. **Grey:** the plain mean of the three colour channels.
# 3. **Shrink:** every `block` × `block` tile of the square becomes one pixel, the mean of the tile.
#
# - Round **once, at the end, to the nearest integer**, and return bytes (`np.uint8`) of shape
#   `(side // block, side // block)`. The checks hold no exact halves, so it does not matter which way you round
#   those.
# - Arrays of bytes overflow silently: `np.uint8([200]) + np.uint8([100])` is `[44]`. Whatever you sum in must hold the
#   sum of a whole tile, and `block` may be large.
# - `block` is an `int` from 1 to the shorter side. For any other `int`, raise a `ValueError` whose message holds the
#   block and the shorter side.
# - The photograph is not written to (it may be read-only). Loops are allowed. Pixels are compared exactly.
#
# <details><summary>Hint 1 · the idea</summary>Give every tile an axis of its own: a square of <code>k·b</code> by
# <code>k·b</code> pixels is also an array of shape <code>(k, b, k, b)</code>.</details>
# <details><summary>Hint 2 · the direction</summary>In that shape, which two axes count tiles, and which two count
# pixels inside a tile? A mean can be taken over several axes at once: <code>axis=(…, …)</code>.</details>
# <details><summary>Hint 3 · almost the code</summary><code>.mean</code> of bytes already computes in floats, whereas
# <code>+</code> of two byte arrays does not. <code>.astype(np.uint8)</code> cuts the decimals off, so
# <code>np.rint</code> has to come before it.</details>


# %% nbgrader={"grade": false, "grade_id": "w01-q6-thumbnail", "locked": false, "schema_version": 3, "solution": true, "task": false}
def thumbnail(photo: NDArray[np.uint8], block: int) -> NDArray[np.uint8]:
    """Crop the central square, turn it grey and shrink it by a whole factor.

    Parameters
    ----------
    photo : array of uint8 of shape (height, width, 3)
        Red, green and blue, 0 to 255. Left as it is.
    block : int
        Side of the tiles that become one pixel, in pixels of `photo`; from 1 to the shorter side.

    Returns
    -------
    array of uint8 of shape (side // block, side // block)
        ``side`` is the largest multiple of `block` that fits into height and width.

    Raises
    ------
    ValueError
        If `block` is below 1 or above the shorter side; the message holds both.

    Examples
    --------
    >>> thumbnail(np.array([[[10, 11, 11], [255, 255, 255]]], dtype=np.uint8), 1)
    array([[11]], dtype=uint8)
    """
    ### BEGIN SOLUTION
    height, width, _ = photo.shape
    shorter = min(height, width)
    if block < 1 or block > shorter:
        raise ValueError(f"block is {block}: choose from 1 to the shorter side, {shorter}")
    tiles = shorter // block
    side = tiles * block
    top, left = (height - side) // 2, (width - side) // 2
    square = photo[top : top + side, left : left + side]
    means = square.reshape(tiles, block, tiles, block, 3).mean(axis=(1, 3, 4))
    return np.rint(means).astype(np.uint8)
    ### END SOLUTION


# %% [markdown]
# The little picture below was made backwards, from its thumbnail: every grey value became a tile of 3 × 3 coloured
# pixels that average to it, and a black frame was added for the crop to remove: one pixel above and below, two on the
# left and three on the right.

# %% tags=["only-draws"]
grey = np.array([[40, 90, 200], [90, 200, 120], [210, 90, 60]])
texture = np.tile([[9, -9, 0], [-9, 0, 9], [0, 9, -9]], (3, 3))
colours = (np.kron(grey, np.ones((3, 3), dtype=int)) + texture)[:, :, None] + np.array([30, 0, -30])
picture = np.pad(colours, [(1, 1), (2, 3), (0, 0)]).astype(np.uint8)
plotting.target_against_yours(grey.astype(np.uint8), attempt(thumbnail, picture, 3), title="thumbnail(picture, 3)")

# %% nbgrader={"grade": true, "grade_id": "w01-q6-thumbnail-test", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
grey = np.array([[40, 90, 200], [90, 200, 120], [210, 90, 60]])
texture = np.tile([[9, -9, 0], [-9, 0, 9], [0, 9, -9]], (3, 3))
colours = (np.kron(grey, np.ones((3, 3), dtype=int)) + texture)[:, :, None] + np.array([30, 0, -30])
picture = np.pad(colours, [(1, 1), (2, 3), (0, 0)]).astype(np.uint8)
before = picture.copy()
check.array(
    thumbnail(picture, 3),
    grey,
    of="thumbnail(picture, 3)",
    shape="(side // block, side // block)",
    dtype=np.uint8,
    causes={
        "one pixel was picked from each tile: take the mean of the tile": grey + 9,
        "the tiles were mixed: pixels of several tiles ended up in one mean": [
            [110, 110, 110],
            [137, 137, 137],
            [120, 120, 120],
        ],
        "bytes were added as bytes, and a byte ends at 255: overflow": [[40, 33, 29], [33, 29, 35], [39, 33, 60]],
        "the square was cut at the corner: it begins at column (width - side) // 2": [
            [9, 38, 84],
            [24, 103, 158],
            [57, 156, 111],
        ],
    },
)
check.array(thumbnail(picture.transpose(1, 0, 2), 3), grey.T, of="thumbnail of the picture on its side", dtype=np.uint8)
check.unchanged(picture, before, of="photo")
speckled = np.full((3, 3, 3), 10, dtype=np.uint8)
speckled.reshape(9, 3)[:5, 1:] = 11  # five pixels with mean 10.67 and four with mean 10: together 10.37
check.array(
    thumbnail(speckled, 3),
    [[10]],
    of="thumbnail of nine pixels with mean 10.37",
    dtype=np.uint8,
    causes={"the grey picture was rounded before the mean of the tile was taken: round once, at the end": [[11]]},
)
two_pixels = np.array([[[10, 11, 11], [255, 255, 255]]], dtype=np.uint8)
check.array(
    thumbnail(two_pixels, 1),
    [[11]],
    of="thumbnail of one pixel with mean 10.67",
    dtype=np.uint8,
    causes={"the decimals were cut off instead of rounded": [[10]], "this is the right pixel, not the left": [[255]]},
)
check.raises(ValueError, thumbnail, picture, 0, mentions=["0", "11"])
check.raises(ValueError, thumbnail, picture, -1, mentions=["-1", "11"])
check.raises(ValueError, thumbnail, picture, 12, mentions=["12", "11"])
### BEGIN HIDDEN TESTS
rng = np.random.default_rng(106)
# An odd block makes every mean a fraction with an odd denominator (3·block²): an exact half cannot occur.
sizes = [(5, 5, 1), (5, 9, 5), (9, 5, 3), (16, 22, 5), (31, 17, 7), (12, 25, 3), (8, 8, 5), (14, 9, 9)]
for height, width, block in sizes:
    drawn = rng.integers(0, 256, size=(height, width, 3)).astype(np.uint8)
    tiles = min(height, width) // block
    top, left = (height - tiles * block) // 2, (width - tiles * block) // 2
    reference = [
        [round(drawn[top + r * block :, left + c * block :][:block, :block].astype(float).mean()) for c in range(tiles)]
        for r in range(tiles)
    ]
    before = drawn.copy()
    drawn.flags.writeable = False
    # contract: "Its side is the largest multiple of `block` that fits into both height and width"
    # contract: "Round **once, at the end, to the nearest integer**, and return bytes (`np.uint8`)"
    # contract: "The photograph is not written to (it may be read-only)."
    check.array(
        thumbnail(drawn, block),
        reference,
        of=f"thumbnail of {height}×{width} random pixels, block {block}",
        shape="(side // block, side // block)",
        dtype=np.uint8,
    )
    check.unchanged(drawn, before, of="photo")
# contract: "raise a `ValueError` whose message holds the block and the shorter side"
for height, width, block in [(23, 40, 24), (40, 23, 24), (23, 40, 0), (40, 23, -2), (23, 40, 41)]:
    drawn = np.zeros((height, width, 3), dtype=np.uint8)
    check.raises(ValueError, thumbnail, drawn, block, mentions=[str(block), "23"])
### END HIDDEN TESTS

# %% nbgrader={"grade": true, "grade_id": "w01-q6-thumbnail-photo", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
photo = load("flower", quiet=True)
small = thumbnail(photo, 7)
check.that(
    type(small) is np.ndarray and small.shape == (61, 61),
    "427 × 640 pixels, block 7: expected an array of shape (61, 61), "
    f"got a {type(small).__name__} of shape {np.shape(small)}",
)
middle = photo[:, 106:533].mean()  # 427 = 61 · 7 rows are all kept, columns from (640 - 427) // 2 = 106
check.that(
    abs(small.mean() - middle) < 0.1,
    f"the thumbnail should be as bright as the central square, {middle:.1f} on average, and has {small.mean():.1f}: "
    "is it cut from the middle, averaged tile by tile, and rounded rather than cut off?",
)
tiny = thumbnail(photo, 61)
check.that(
    type(tiny) is np.ndarray and tiny.shape == (7, 7) and abs(tiny.mean() - middle) < 0.5,
    f"with block 61 the same square becomes 7 × 7 pixels, {middle:.1f} on average; yours are a {type(tiny).__name__} of "
    f"shape {np.shape(tiny)}, {np.mean(tiny):.1f} on average: can what you sum in hold 3 · 61 · 61 bytes?",
)
### BEGIN HIDDEN TESTS
# contract: "every `block` × `block` tile of the square becomes one pixel, the mean of the tile"
for name, block in [("flower", 7), ("china", 7), ("flower", 31), ("china", 61)]:
    photo = load(name, quiet=True)
    tiles = 427 // block
    top, left = (427 - tiles * block) // 2, (640 - tiles * block) // 2
    reference = [
        [round(photo[top + r * block :, left + c * block :][:block, :block].mean()) for c in range(tiles)]
        for r in range(tiles)
    ]
    check.array(thumbnail(photo, block), reference, of=f"thumbnail of the {name}, block {block}", dtype=np.uint8)
### END HIDDEN TESTS

# %% [markdown]
# **Worth keeping.** Your function makes the icon below from the photograph beside it. Try it on a picture of your
# own: `plt.imread("me.jpg")` returns bytes of shape `(height, width, 3)`.

# %% tags=["only-draws"]
photo = load("flower")
icon = attempt(thumbnail, photo, 7)
fig, (before, after) = plt.subplots(1, 2, figsize=(9, 4), width_ratios=[640, 427])
before.imshow(photo)
before.set(title="the photograph: 427 × 640 × 3 bytes", xlabel="column", ylabel="row")
after.set(title="the thumbnail: 61 × 61 bytes", xlabel="column", ylabel="row")
if icon is None:
    leave_room(after, "your thumbnail will stand here")
else:
    after.imshow(icon, cmap="gray", vmin=0, vmax=255)
for axes in (before, after):
    axes.grid(visible=False)
plt.show()

# %% [markdown]
# ## 7 · Five hundred walks and a square root ●●● · 35 min · 4 points
#
# Share prices, diffusing molecules and the noise of a training run are first modelled as random walks, and simulating
# thousands of them at once shows a law that a page of algebra only promises.
#
# Write two functions. **`random_walks(rng, n_walks, n_steps)`** simulates walks on the whole numbers:
#
# - One walk per row, one moment per column, shape `(n_walks, n_steps + 1)`. **Every walk starts at 0**, which is
#   column 0. Each step adds +1 or −1 with equal chance, independently of all other steps and of all other walks.
# - The dtype is an integer type that can hold ±`n_steps` (`int8` ends at 127, `int16` at 32,767).
# - **All chance comes from `rng`**: generators with equal seeds give equal walks. Where there are steps to draw, other
#   seeds give other walks, and so does a second call with the same generator. NumPy's global state (`np.random.seed`
#   and friends) is left alone.
# - `n_steps` or `n_walks` may be 0: one column of zeros, or no rows.
#
# **`first_passage(walks, level)`** returns, for every walk, the step at which it first stands at `level`, as integers
# of shape `(n_walks,)`; −1 if it never does. The dtype must hold `n_steps`. `level` is any `int`, negative ones
# included. Every walk stands at level 0 at step 0. `walks` may have no rows, and is not written to.
#
# **Forbidden** in both: Python loops (`for`, `while`, comprehensions, recursion) and what hides one, such as `map`,
# `filter`, `reduce`, `np.vectorize`, `np.apply_along_axis` or pandas' `apply`. The checks look.
#
# Chance is checked by statistics, which may miss by six standard errors: a right answer fails for fewer than one seed
# in 100,000.
#
# <details><summary>Hint 1 · the idea</summary>A walk is the running sum of its steps. Draw all the steps of all the
# walks as one array, then think about which axis is time.</details>
# <details><summary>Hint 2 · the direction</summary><code>cumsum</code> along time gives the moments 1 to
# <code>n_steps</code>; the zeros of moment 0 need a place in front. For the passage: <code>argmax</code> of a boolean
# array returns the position of the first <code>True</code>…</details>
# <details><summary>Hint 3 · almost the code</summary>…and 0 if there is none, which cannot be told from "at step 0".
# Ask <code>any</code> as well, and let <code>np.where</code> decide. For the start, allocate all
# <code>n_steps + 1</code> columns as zeros and fill all but the first.</details>
#
# <!-- worked out: 127 = 2**7 - 1; 32,767 = 2**15 - 1 -->
# <!-- fact: 100,000; the tails beyond six standard errors, of the squares' sum too, add up to less than 10**-5 -->


# %% nbgrader={"grade": false, "grade_id": "w01-q7-random-walks", "locked": false, "schema_version": 3, "solution": true, "task": false}
def random_walks(rng: np.random.Generator, n_walks: int, n_steps: int) -> NDArray[np.integer]:
    """Simulate independent random walks with steps of +1 or -1.

    Parameters
    ----------
    rng : numpy.random.Generator
        Where all chance comes from.
    n_walks : int
        Number of walks, 0 or more.
    n_steps : int
        Number of steps of each walk, 0 or more.

    Returns
    -------
    array of integers of shape (n_walks, n_steps + 1)
        Position of every walk at every moment; column 0 is all 0.

    Examples
    --------
    >>> random_walks(np.random.default_rng(0), 3, 0)
    array([[0],
           [0],
           [0]])
    """
    ### BEGIN SOLUTION
    steps = rng.choice([-1, 1], size=(n_walks, n_steps))
    walks = np.zeros((n_walks, n_steps + 1), dtype=np.int64)
    walks[:, 1:] = steps.cumsum(axis=1)
    return walks
    ### END SOLUTION


def first_passage(walks: NDArray[np.integer], level: int) -> NDArray[np.integer]:
    """Find the step at which each walk first stands at a level.

    Parameters
    ----------
    walks : array of integers of shape (n_walks, n_steps + 1)
        One walk per row, one moment per column. Left as it is.
    level : int
        The position to be reached; may be negative or 0.

    Returns
    -------
    array of integers of shape (n_walks,)
        The first column that holds `level`, or -1 for a walk that never stands there.

    Examples
    --------
    >>> first_passage(np.array([[0, 1, 2, 1], [0, -1, 0, 1], [0, -1, -2, -3]]), 1)
    array([ 1,  3, -1])
    """
    ### BEGIN SOLUTION
    there = walks == level
    return np.where(there.any(axis=1), there.argmax(axis=1), -1)
    ### END SOLUTION


# %% tags=["only-draws"]
three_walks = np.array([[0, 1, 2, 1, 2], [0, -1, 0, 1, 2], [0, -1, -2, -1, 0]])
wanted = np.array([2, 4, -1])
plotting.target_against_yours(
    wanted, attempt(first_passage, three_walks, 2), title="first passage of three walks at +2"
)

# %% nbgrader={"grade": true, "grade_id": "w01-q7-random-walks-test", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
check.function(random_walks, name="random_walks", parameters=["rng", "n_walks", "n_steps"])
check.no_loops(random_walks, hint="let operations on whole arrays visit the walks and the steps", also={"apply", "map"})
walks = random_walks(np.random.default_rng(1), 6, 300)
check.that(
    type(walks) is np.ndarray and np.issubdtype(walks.dtype, np.integer),
    f"random_walks: expected an array of integers, got {getattr(walks, 'dtype', type(walks).__name__)}",
)
check.that(
    walks.shape == (6, 301),
    f"6 walks of 300 steps: expected shape (n_walks, n_steps + 1) = (6, 301), got {walks.shape}",
)
check.that(np.iinfo(walks.dtype).max >= 300, f"a walk of 300 steps may reach 300, too far for {walks.dtype}")
starts, steps = walks[:, 0].astype(np.int64), np.diff(walks.astype(np.int64), axis=1)
check.that(
    not (np.abs(starts) == 1).all(),
    "the start of every walk: expected 0, got a first step of ±1; column 0 is the moment before any step",
)
check.array(starts, np.zeros(6, dtype=int), of="the start of every walk")
check.that(
    np.abs(steps).max() <= 1,
    f"the length of every step: expected 1, got up to {np.abs(steps).max()}; does the running sum follow time, or does "
    "it run from walk to walk?",
)
check.that(
    not (steps == 0).any(),
    f"the length of every step: expected 1, got 0 in {np.mean(steps == 0):.0%} of them; "
    "which values can your draw return? It must be −1 or +1",
)
check.array(np.abs(steps), np.ones((6, 300), dtype=int), of="the length of every step")
check.same_given_seed(random_walks, n_walks=6, n_steps=300, of="random_walks(rng, 6, 300)", seed=1)
check.array(random_walks(np.random.default_rng(1), 3, 0), np.zeros((3, 1), dtype=int), of="three walks of no steps")
np.random.bytes(1)  # noqa: NPY002 - moves NumPy's global state on, so that seeding it would show
state_before = np.random.get_state()[1:3]  # noqa: NPY002
random_walks(np.random.default_rng(1), 2, 3)
state_after = np.random.get_state()[1:3]  # noqa: NPY002
check.that(
    state_before[1] == state_after[1] and np.array_equal(state_before[0], state_after[0]),
    "random_walks: expected NumPy's global random state to be left alone, but the call changed it",
)
long_walk = random_walks(np.random.default_rng(1), 1, 40_000)
room = np.iinfo(long_walk.dtype).max if long_walk.dtype.kind in "iu" else np.inf
check.that(room >= 40_000, f"a walk of 40,000 steps may reach 40,000, too far for {long_walk.dtype}")
### BEGIN HIDDEN TESTS
# contract: "One walk per row, one moment per column, shape `(n_walks, n_steps + 1)`."
for n_walks, n_steps, seed in [(1, 1, 11), (2, 5, 12), (40, 3, 13), (1, 70_000, 14)]:
    walks = random_walks(np.random.default_rng(seed), n_walks, n_steps)
    check.that(type(walks) is np.ndarray and walks.dtype.kind in "iu", "random_walks: expected an array of integers")
    check.that(
        walks.shape == (n_walks, n_steps + 1),
        f"{n_walks} walks of {n_steps} steps: expected shape {(n_walks, n_steps + 1)}, got {walks.shape}",
    )
    # contract: "**Every walk starts at 0**, which is column 0."
    check.array(walks[:, 0].copy(), np.zeros(n_walks, dtype=int), of="the start of every walk")
    # contract: "The dtype is an integer type that can hold ±`n_steps`"
    room = np.iinfo(walks.dtype)
    check.that(
        room.min <= -n_steps and n_steps <= room.max, f"a walk of {n_steps} steps may go too far for {walks.dtype}"
    )
    # contract: "Each step adds +1 or −1"
    lengths = np.abs(np.diff(walks.astype(np.int64), axis=1))
    check.array(lengths, np.ones((n_walks, n_steps), dtype=int), of="the length of every step")
# contract: "`n_steps` or `n_walks` may be 0: one column of zeros, or no rows."
check.array(random_walks(np.random.default_rng(2), 5, 0), np.zeros((5, 1), dtype=int), of="five walks of no steps")
check.array(random_walks(np.random.default_rng(2), 0, 4), np.zeros((0, 5), dtype=int), of="no walks of four steps")
# contract: "generators with equal seeds give equal walks. Where there are steps to draw, other seeds give other walks,
# contract: and so does a second call with the same generator. NumPy's global state (`np.random.seed` and friends) is
# contract: left alone."
check.same_given_seed(random_walks, n_walks=9, n_steps=80, of="random_walks(rng, 9, 80)", seed=21)
rng = np.random.default_rng(21)
first, second = random_walks(rng, 9, 80), random_walks(rng, 9, 80)
check.that(not np.array_equal(first, second), "a second call with the same rng gave the same walks: draw from rng")
### END HIDDEN TESTS

# %% nbgrader={"grade": true, "grade_id": "w01-q7-random-walks-passage", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check.no_loops(
    first_passage, hint="let operations on whole arrays visit the walks and the steps", also={"apply", "map"}
)
walks = np.array([[0, 1, 2, 1, 2], [0, -1, 0, 1, 2], [0, -1, -2, -1, 0]])
check.array(
    first_passage(walks, 2),
    [2, 4, -1],
    of="first_passage(walks, 2)",
    shape="(n_walks,)",
    causes={
        "a walk that never stands there came out as 0, which means: at the start": [2, 4, 0],
        "a walk that never stands there is −1, an integer, not nan": [2.0, 4.0, np.nan],
        "the start is step 0, so these are one too large": [3, 5, -1],
        "this is the last time at the level: the first is asked for": [4, 4, -1],
    },
)
check.array(
    first_passage(walks, 0),
    [0, 0, 0],
    of="first_passage(walks, 0): every walk starts there",
    causes={"position 0 was taken for 'never'": [-1, -1, -1], "the start counts too": [-1, 2, 4]},
)
check.array(
    first_passage(walks, -1),
    [-1, 1, 1],
    of="first_passage(walks, -1)",
    causes={"at −1 is asked for, and this counts walks above it too": [0, 0, 0]},
)
climb = np.arange(40_001)[None, :]
check.array(
    first_passage(climb, 40_000),
    [40_000],
    of="first passage at 40,000 of a walk that only climbs",
    causes={"40,000 does not fit into an int8": [64], "40,000 does not fit into an int16": [-25_536]},
)
### BEGIN HIDDEN TESTS
rng = np.random.default_rng(117)
for n_walks, n_steps in [(1, 1), (3, 0), (8, 30), (300, 40), (40, 900)]:
    walks = np.zeros((n_walks, n_steps + 1), dtype=np.int32)
    walks[:, 1:] = np.cumsum(1 - 2 * rng.integers(0, 2, size=(n_walks, n_steps)), axis=1)
    before = walks.copy()
    # contract: "the step at which it first stands at `level`, as integers of shape `(n_walks,)`; −1 if it never does"
    # contract: "The dtype must hold `n_steps`."
    # contract: "`level` is any `int`, negative ones included."
    for level in (-4, -1, 0, 1, 2, 5, 20, 1_000):
        reference = [row.index(level) if level in row else -1 for row in walks.tolist()]
        got = first_passage(walks, level)
        check.array(got, reference, of=f"first passage of {n_walks} walks at {level}", shape="(n_walks,)")
    # contract: "`walks` may have no rows, and is not written to."
    check.unchanged(walks, before, of="walks")
check.array(first_passage(np.zeros((0, 6), dtype=int), 1), np.zeros(0, dtype=int), of="first passage of no walks")
### END HIDDEN TESTS

# %% nbgrader={"grade": true, "grade_id": "w01-q7-random-walks-statistics", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
n_walks, n_steps = 4_000, 400
walks = random_walks(np.random.default_rng(3), n_walks, n_steps)
check.that(
    type(walks) is np.ndarray and walks.shape == (n_walks, n_steps + 1),
    "4,000 walks of 400 steps: expected an array of shape (n_walks, n_steps + 1) = (4000, 401), "
    f"got a {type(walks).__name__} of shape {np.shape(walks)}",
)
walks = walks.astype(float)
check.that(
    not (walks == walks[0]).all(),
    "all 4,000 walks are one and the same: every walk steps independently of all the others",
)
drift, allowed = walks[:, -1].mean(), 6 * np.sqrt(n_steps / n_walks)
check.that(
    abs(drift) < allowed,
    f"the mean final position should be 0 ± {allowed:.1f} and is {drift:.1f}: are +1 and −1 equally likely?",
)
# The mean of S² over n walks is t, give or take t·√(2/n).
spread, allowed = (walks[:, -1] ** 2).mean(), 6 * n_steps * np.sqrt(2 / n_walks)
check.that(
    abs(spread - n_steps) < allowed,
    f"after 400 steps the mean squared position should be 400 ± {allowed:.0f} and is {spread:.0f}: "
    "is every step independent of the earlier ones of its walk?",
)
# The sum of n simultaneous steps has a mean square of n, give or take n·√(2/t) over t moments.
together, allowed = (np.diff(walks, axis=1).sum(axis=0) ** 2).mean(), 6 * n_walks * np.sqrt(2 / n_steps)
check.that(
    abs(together - n_walks) < allowed,
    f"the sum of 4,000 simultaneous steps should have a mean square of 4000 ± {allowed:.0f} and has {together:.0f}: "
    "is every walk independent of the others?",
)
### BEGIN HIDDEN TESTS
for seed, n_walks, n_steps in [(31, 5_000, 100), (32, 300, 3_000)]:
    walks = random_walks(np.random.default_rng(seed), n_walks, n_steps)
    # contract: "One walk per row, one moment per column, shape `(n_walks, n_steps + 1)`."
    check.that(
        type(walks) is np.ndarray and walks.shape == (n_walks, n_steps + 1),
        f"{n_walks} walks of {n_steps} steps: expected shape {(n_walks, n_steps + 1)}, "
        f"got a {type(walks).__name__} of shape {np.shape(walks)}",
    )
    steps = np.diff(walks.astype(float), axis=1)
    # contract: "Each step adds +1 or −1 with equal chance"
    check.that(
        abs(steps.mean()) < 6 / np.sqrt(steps.size),
        f"steps of +1 and −1 should be equally frequent, but their mean is {steps.mean():.4f}",
    )
    # contract: "independently of all other steps and of all other walks"
    for name, left, right in [
        ("a step and the next", steps[:, :-1], steps[:, 1:]),
        ("a step and the tenth after it", steps[:, :-10], steps[:, 10:]),
        ("a walk and the next", steps[:-1], steps[1:]),
        ("the first walk and the others", steps[:1], steps[1:]),
    ]:
        products = left * right
        check.that(
            abs(products.mean()) < 6 / np.sqrt(products.size),
            f"{name} should not be correlated, but their correlation is {products.mean():.4f}",
        )
    togetherness, allowed = (steps.sum(axis=0) ** 2).mean() / n_walks, 6 * np.sqrt(2 / n_steps)
    check.that(
        abs(togetherness - 1.0) < allowed,
        f"the walks should step independently of each other, but the sum of {n_walks} simultaneous steps has a mean "
        f"square of {togetherness * n_walks:.0f} instead of {n_walks}",
    )
    for moment in (1, 10, n_steps // 2, n_steps):
        spread = (walks[:, moment].astype(float) ** 2).mean()
        allowed = 6 * moment * np.sqrt(2 / n_walks) + 1e-9
        check.that(
            abs(spread - moment) < allowed,
            f"after {moment} steps the mean squared position should be {moment} ± {allowed:.1f} and is {spread:.1f}",
        )
### END HIDDEN TESTS

# %% [markdown]
# **Worth keeping.** Five hundred walks, and the envelope that the algebra promises: after $t$ steps a walk stands
# within $\sqrt t$ of the start in about 68 % of cases, and within $2\sqrt t$ in about 95 %. The title counts yours.
# On the right, the same walks seen through your second function: how long it takes to stand at +10 for the first
# time. Most arrive early, yet some are still on their way at the end: every walk gets there one day, but the mean
# waiting time is infinite.
#
# <!-- worked out: 68 % = erf(sqrt(0.5)); 95 % = erf(sqrt(2)) -->

# %% tags=["only-draws"]
n_walks, n_steps, level = 500, 1_000, 10
walks = attempt(random_walks, np.random.default_rng(2024), n_walks, n_steps)
passage = None if walks is None else attempt(first_passage, walks, level)
root = np.sqrt(np.arange(n_steps + 1))

fig, (fan, wait) = plt.subplots(1, 2, figsize=(12, 4.5), width_ratios=[3, 2])
title = "Random walks and their envelope"
if walks is not None:
    fan.plot(walks.T, color=plotting.PALETTE["sky"], linewidth=0.6, alpha=0.15)
    inside = [np.mean(np.abs(walks[:, -1]) <= width * root[-1]) for width in (1, 2)]
    title = f"{inside[0]:.0%} of {n_walks} walks end within √t, {inside[1]:.0%} within 2√t"
for width, dashes, name in [(1, "-", "±√t"), (2, "--", "±2√t")]:
    fan.plot(width * root, color=plotting.PALETTE["vermillion"], linestyle=dashes, label=name)
    fan.plot(-width * root, color=plotting.PALETTE["vermillion"], linestyle=dashes)
fan.set(title=title, xlabel="step t", ylabel="position")
fan.legend(loc="upper left")
if passage is None:
    leave_room(wait, "your waiting times will stand here")
else:
    wait.hist(passage[passage >= 0], bins=np.arange(0, n_steps + 1, 50), color=plotting.PALETTE["blue"])
    half = np.median(np.where(passage < 0, n_steps + 1, passage))
    words = f"half have been there by step {half:.0f}\n{np.sum(passage < 0)} of {n_walks} never got there"
    wait.annotate(words, (0.97, 0.9), xycoords="axes fraction", ha="right", va="top")
wait.set(title=f"When a walk first stands at +{level}", xlabel="step", ylabel="walks per 50 steps")
plt.show()

# %% [markdown]
# ## 8 · Review a colleague's pull request ●●○ · 30 min · 3 points
#
# Most of what decides the cost of numerical code is decided in review, by someone who can count bytes without running
# it.
#
# The product search holds two million items, each described by 384 numbers in `float32`. Queries arrive 256 at a
# time. A colleague proposes:
#
# ```python
# def nearest(queries, catalogue):              # (256, 384) and (2_000_000, 384), both float32
#     best = []
#     for query in queries:
#         difference = catalogue.astype(np.float64) - query
#         best.append(np.argmin((difference**2).sum(axis=1)))
#     return np.array(best)
# ```
#
# and writes: *"I first vectorised it away with `catalogue[None] - queries[:, None]`, and the machine died. So here
# the loop is simply the right choice, and `float64` is safer."* The server has 32 GiB of memory, reads or writes it at
# 20 GB/s, does 800 billion operations a second in `float32` (half as many in `float64`), and must answer each batch
# of 256 within a second.
#
# **Decide what you would merge, and say why** to a colleague who is no fool. Cover:
#
# - how many bytes the vectorised attempt asked for, how many the loop writes into new arrays for *every* query, and
#   what that makes for a batch;
# - where you would use a view, where a copy is unavoidable, and which dtype you would compute in;
# - what you would do instead of both, what that costs, and which measurement would make you change your mind.
#
# 200–350 words. No code is needed; numbers are.

# %% [markdown] nbgrader={"grade": true, "grade_id": "w01-q8-decision", "locked": false, "points": 3, "schema_version": 3, "solution": true, "task": false}
# **My review:**
#
# ### BEGIN SOLUTION
# Neither version should be merged. The broadcast attempt asked for 256 × 2,000,000 × 384 × 4 B ≈ 786 GB, more than
# twenty times the server, so its death says nothing about vectorisation in general, only about the third axis.
#
# The loop survives but is slow. The catalogue is 3.1 GB. For every query `astype` writes a 6.1 GB copy of it, the
# subtraction a second 6.1 GB and the square a third: 18 GB written, 40 GB moved if reading counts too. Times 256, some
# 4.7 TB written: four minutes a batch at 20 GB/s, and eight with the reading. And the conversion does not even depend
# on the query.
#
# I would expand the square. The query's own length does not change which item is nearest, so `‖c‖² − 2 q·c` is
# enough, and the root is not needed either. `‖c‖²` is computed once, when the catalogue is loaded (8 MB). The
# products come from a matrix product over blocks of 50,000 items: each block is a slice, thus a view, and nothing of
# the catalogue is copied. The only new array is the 256 × 50,000 table of scores, 51 MB, and a running best per
# query. A loop over 40 blocks costs next to nothing: the loop was never the problem, the traffic was. The batch is
# 2 × 256 × 2,000,000 × 384 ≈ 4·10¹¹ operations, half a second; reading the catalogue once takes 0.15 s more.
#
# I would stay in `float32`: in `float64` the arithmetic alone takes the whole second, and the traffic doubles. The
# risk is cancellation, where two items are almost equally near or the vectors lie far from the origin (then centre
# them first). So I would measure how often `float32` and `float64` name different items on 1,000 real queries, and
# how much farther the other item is. If that matters, re-score the best ten in `float64`; if the second is missed,
# use an approximate index.
# ### END SOLUTION

# %% [markdown] nbgrader={"grade": false, "grade_id": "w01-q8-decision-rubric", "locked": true, "schema_version": 3, "solution": false, "task": false}
# Marked by a person: one point for the bytes, one for views, copies and dtype, one for a decision with its cost and
# its test.
#
# <!-- BEGIN MARK SCHEME -->
#
# **1 point · bytes.** About 786 GB (732 GiB) for the broadcast attempt, *and* the cost of the loop for every query,
# counted in any of these ways: about 6.1 GB (5.7 GiB) for each of three `float64` temporaries (`astype`, the
# difference, the square); 18 GB written; 40 GB moved, reading included. The batch (4.7 TB written, or 10 TB moved:
# four to eight minutes) need not be exact. A slip of a factor of two with the right reasoning still earns the point.
# No point for "too much memory" without a number for both.
#
# **1 point · views, copies, dtype.** Basic slices of rows are views, so blocks cost nothing; `astype` and arithmetic
# always allocate; computes in `float32`, or converts once outside the loop, for a reason that is about digits *and*
# about traffic. No point for calling slices copies, for `float64` as if it were free, or for a dtype without a
# reason.
#
# **1 point · decision.** Names what to merge: the expanded square and a matrix product over blocks of rows, or an
# equivalent (one product for the whole batch is 2 GB of scores: fine if the headroom is argued). Says what it costs
# (4·10¹¹ operations, half a second, or the bytes that are left), and names a measurement that could overturn it: agreement of `float32` with `float64`, time per batch, recall of an
# approximate index. No point for "vectorise it" or "use a library" without cost or test, or for keeping the loop over
# queries as it is.
#
# Half points are allowed. A defended choice other than the model answer's (an approximate index, normalising first, a
# GPU) earns full points if its memory and its error are counted. Do not mark style or length.
#
# <!-- END MARK SCHEME -->
