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
# # Week 3 · Vectors, matrices and the geometry of data: the assignment
#
# Seven pieces of numerical linear algebra and one decision. Every one of them sits under a tool you will use for years:
# vector search, regression, page ranking, dimension reduction, compression. You write each from the geometry up, and
# each must survive the data on which the textbook version breaks. You keep a search by image, a scree plot that names
# the number of components, and a compressor that holds the error you promise.
#
# | | exercise | difficulty | minutes | points |
# |---|---|---|---|---|
# | 1 | Search by angle | ●○○ | 15 | 3 |
# | 2 | Right angles, guaranteed | ●●○ | 30 | 4 |
# | 3 | The shadow on any subspace | ●●○ | 20 | 3 |
# | 4 | Least squares that keeps its digits | ●●○ | 25 | 3 |
# | 5 | The direction that wins | ●●○ | 25 | 3 |
# | 6 | What the digits have in common | ●●○ | 35 | 4 |
# | 7 | As small as the error allows | ●●● | 30 | 3 |
# | 8 | Merge the shortcut? (written) | ●●○ | 30 | 3 |
# | | **together** | | **3 h 30 min** | **26** |

# %% [markdown]
# ## How to work on it
#
# **Answer** in the cells that hold `# YOUR CODE HERE`; the text above each is its contract, edge cases included.
# **Check** with the cell below: no ✘ means passed (loading data prints a line), and a sentence with ✘ says what was
# expected, what came and the likely cause. `course check week03` in a terminal runs everything and counts your points. Grading tests the same
# contract on other numbers, sizes and dtypes; it asks for nothing that the text does not say.
#
# The exercises do not depend on each other. Loops are welcome everywhere this week. Where a library call would *be* the
# exercise it is forbidden: the exercise says so, and its checks look. What no exercise forbids is allowed.
#
# **Signs are free.** A singular vector, an eigenvector or a principal component may point either way, and all checks
# accept both. Where directions tie, so that any rotation of them would do, the checks compare what does not rotate:
# the projector $VV^{\mathsf T}$ or the product.

# %%
from collections.abc import Callable
from fractions import Fraction
from typing import Any, NamedTuple

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


# %% [markdown]
# ## 1 · Search by angle ●○○ · 15 min · 3 points
#
# Search by embedding, recommendations and retrieval for language models all ask one question of millions of vectors:
# which point most nearly in this direction?
#
# Write `cosine_search(query, items, k)`: the positions of the `k` rows of `items` most similar to `query`, and their
# similarities
#
# $$\cos\theta_i = \frac{x_i \cdot q}{\lVert x_i\rVert\,\lVert q\rVert} .$$
#
# - Most similar first. Rows whose similarities differ by less than 1e-5 may come in either order.
# - No row comes twice. With fewer than `k` rows you return all of them; with no rows, two empty arrays.
# - A vector of zeros has no direction: its similarity to anything is 0, never `nan`, whether it is a row or the query.
# - Both hold integers of any width (in a `uint8`, 200 · 200 wraps around; in an `int64`, the square of 4·10¹² does),
#   `float32` or `float64`, in any unit: values near 1e-60 or 1e60 are as good as others. Neither is written to.
# - `k` below 1 raises a `ValueError` whose message holds `k`. Different numbers of features raise a `ValueError` whose
#   message holds both numbers and the word *features*, also where there are no rows.
# - **Forbidden:** ready-made similarities, distances and neighbours, such as scikit-learn's `cosine_similarity` or SciPy's
#   `cdist`.
#
# Similarities are compared to an absolute 1e-5, which leaves room for `float32`.
#
# <details><summary>Hint 1 · the idea</summary>One matrix product gives all the dot products. The lengths are one number
# for each row, and one for the query.</details>
# <details><summary>Hint 2 · the direction</summary>Convert to <code>float64</code> first. Where a product of lengths is
# 0 the dot product is 0 too, so any other divisor will do.</details>
# <details><summary>Hint 3 · almost the code</summary><code>np.argsort(-similarities)[:k]</code> gives the positions;
# index the similarities with them.</details>


# %% nbgrader={"grade": false, "grade_id": "w03-q1-cosine", "locked": false, "schema_version": 3, "solution": true, "task": false}
def cosine_search(
    query: NDArray[np.number], items: NDArray[np.number], k: int
) -> tuple[NDArray[np.integer], NDArray[np.floating]]:
    """Find the rows that point most nearly in the direction of a query.

    Parameters
    ----------
    query : array of shape (n_features,)
        Integers of any width, float32 or float64. Left as it is.
    items : array of shape (n_items, n_features)
        As `query`; ``n_items`` may be 0. Left as it is.
    k : int
        How many rows to return, 1 or more.

    Returns
    -------
    positions : array of integers of shape (min(k, n_items),)
        Rows of `items`, most similar first.
    similarities : array of floats of shape (min(k, n_items),)
        Their cosines, between -1 and 1; 0 where a vector is all zeros.

    Raises
    ------
    ValueError
        If `k` is below 1 (the message holds it), or the numbers of features differ (the message holds both and the
        word *features*).

    Examples
    --------
    >>> cosine_search(np.array([1, 0]), np.array([[0, 2], [3, 0], [4, 3]]), 2)
    (array([1, 2]), array([1. , 0.8]))
    """
    ### BEGIN SOLUTION
    if k < 1:
        raise ValueError(f"k is {k}: ask for at least one row")
    if len(query) != items.shape[1]:
        raise ValueError(f"the query has {len(query)} features and the items have {items.shape[1]}")
    query, items = query.astype(np.float64), items.astype(np.float64)
    lengths = np.linalg.norm(items, axis=1) * np.linalg.norm(query)
    similarities = np.divide(items @ query, lengths, out=np.zeros(len(items)), where=lengths > 0.0)
    positions = np.argsort(-similarities)[:k]
    return positions, similarities[positions]
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "w03-q1-cosine-test", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
ready_made = [f"sklearn.metrics.pairwise.{name}" for name in ("cosine_similarity", "cosine_distances")]
ready_made += ["sklearn.metrics.pairwise_distances", "sklearn.neighbors.NearestNeighbors"]
ready_made += ["scipy.spatial.distance.cdist", "scipy.spatial.distance.cosine", "scipy.spatial.KDTree"]
import scipy.spatial.distance  # noqa: E402, F401 - so that its names can be watched
import sklearn.metrics  # noqa: E402, F401
import sklearn.neighbors  # noqa: E402, F401


def check_search(query, items, k, *, of, causes=None):
    """Check positions and similarities; rows that tie may come in either order."""
    kept = query.copy(), items.copy()
    with check.not_called(*ready_made, hint="dot products and lengths are all it takes"):
        result = cosine_search(query, items, k)
    check.unchanged(items, kept[1], of="items")
    check.unchanged(query, kept[0], of="query")
    check.that(
        type(result) is tuple and len(result) == 2,
        f"{of}: expected a pair (positions, similarities), got a {type(result).__name__}",
    )
    positions, similarities = result
    wide, asked = items.astype(np.longdouble), query.astype(np.longdouble)
    lengths = np.sqrt((wide**2).sum(axis=1)) * np.sqrt((asked**2).sum())
    every = ((wide * asked).sum(axis=1) / np.where(lengths == 0, 1, lengths)).astype(np.float64)
    best = np.sort(every)[::-1][:k]
    check.array(similarities, best, of=f"{of}: similarities", shape="(min(k, n_items),)", atol=1e-5, causes=causes)
    check.that(
        type(positions) is np.ndarray and positions.dtype.kind in "iu" and positions.shape == best.shape,
        f"{of}: expected positions as an integer array of shape {best.shape}, got "
        f"a {type(positions).__name__} of shape {np.shape(positions)} and dtype {getattr(positions, 'dtype', 'none')}",
    )
    inside = bool(((positions >= 0) & (positions < len(items))).all()) and len(set(positions.tolist())) == len(best)
    check.that(inside, f"{of}: positions must be distinct rows from 0 to {len(items) - 1}, got {positions[:6]}")
    check.array(every[positions], best, of=f"{of}: cosines of the rows at your positions", atol=1e-5)


query, items = np.array([3.0, 4.0]), np.array([[4.0, 3.0], [0.0, 0.0], [-6.0, -8.0], [0.6, 0.8], [40.0, -30.0]])
check_search(
    query,
    items,
    2,
    of="cosine_search([3, 4], items, 2)",
    causes={
        "these are dot products: divide by both lengths": [24.0, 5.0],
        "divided by the length of the query only": [4.8, 1.0],
        "these are the least similar rows": [-1.0, 0.0],
        "these are distances, not similarities": [np.sqrt(2.0), 4.0],
    },
)
positions, similarities = cosine_search(query, items, 9)
check.array(similarities, [1.0, 0.96, 0.0, 0.0, -1.0], of="cosine_search([3, 4], items, 9): similarities", atol=1e-5)
check.array(positions[[0, 1, 4]], [3, 0, 2], of="positions 0, 1 and 4 of cosine_search([3, 4], items, 9)")
check_search(np.zeros(2), items, 3, of="search with a query of zeros")
check_search(query, items[:0], 3, of="search among no rows")
check_search(
    np.array([200, 100], dtype=np.uint8),
    np.array([[200, 100], [100, 200]], dtype=np.uint8),
    2,
    of="search among bytes",
)
whole = np.array([[4, 3], [0, 0], [-6, -8], [3, 4], [40, -30]]) * 10**12
check_search(np.array([3, 4]) * 10**12, whole, 5, of="search among integers near 10**12")
check_search(query * 1e-60, items * 1e-60, 4, of="search in a small unit")
check_search(query * 1e60, items * 1e60, 4, of="search in a large unit")
check.raises(ValueError, cosine_search, query, items, 0, mentions=["0"])
check.raises(ValueError, cosine_search, np.ones(3), items, 1, mentions=["3", "2", "features"])
check.raises(ValueError, cosine_search, np.ones(1), items, 1, mentions=["1", "2", "features"])
check.raises(ValueError, cosine_search, np.ones(3), items[:0], 1, mentions=["3", "2", "features"])
### BEGIN HIDDEN TESTS
rng = np.random.default_rng(301)
for n_items, n_features, k in [(1, 1, 1), (7, 3, 2), (40, 12, 40), (30, 5, 1), (12, 64, 11), (5, 2, 100)]:
    rows, asked = rng.normal(size=(n_items, n_features)), rng.normal(size=n_features)
    rows *= np.geomspace(0.01, 100, n_items)[:, None]
    name = f"search for {k} of {n_items} random rows"
    # contract: "Most similar first."
    check_search(asked, rows, k, of=name)
    # contract: "in any unit: values near 1e-60 or 1e60 are as good as others"
    for unit in (1e-60, 1e-12, 1e12, 1e60):
        check_search(asked * unit, rows * unit, k, of=f"{name} near {unit:g}")
    # contract: "`float32` or `float64`"
    check_search(asked.astype(np.float32), rows.astype(np.float32), k, of=name + " in float32")
# contract: "integers of any width (in a `uint8`, 200 · 200 wraps around; in an `int64`, the square of 4·10¹² does)"
ranges = [(np.uint8, 0, 256), (np.int8, -128, 128), (np.int16, -30_000, 30_000), (np.int32, -9, 9)]
for dtype, low, high in [*ranges, (np.int64, -9 * 10**12, 9 * 10**12)]:
    rows, asked = rng.integers(low, high, size=(20, 6)).astype(dtype), rng.integers(low, high, size=6).astype(dtype)
    check_search(asked, rows, 8, of=f"search among {np.dtype(dtype)}")
# contract: "its similarity to anything is 0, never `nan`, whether it is a row or the query"
rows = rng.normal(size=(9, 4))
rows[[2, 5]] = 0.0
check_search(rows[3].copy(), rows, 9, of="search with two rows of zeros")
check_search(np.zeros(4, dtype=int), rows, 4, of="search with a query of zeros")
# contract: "With fewer than `k` rows you return all of them; with no rows, two empty arrays."
check_search(rows[0].copy(), rows[:3], 4, of="search for four among three rows")
check_search(rows[0].copy(), rows[:0], 1, of="search among no rows")
# contract: "`k` below 1 raises a `ValueError` whose message holds `k`."
check.raises(ValueError, cosine_search, asked, rows, -7, mentions=["-7"])
# contract: "Different numbers of features raise a `ValueError` whose message holds both numbers and the word
# contract: *features*, also where there are no rows."
check.raises(ValueError, cosine_search, np.ones(1), np.ones((5, 23)), 2, mentions=["1", "23", "features"])
check.raises(ValueError, cosine_search, np.ones(23), np.ones((0, 17)), 2, mentions=["17", "23", "features"])
### END HIDDEN TESTS

# %% [markdown]
# **On real digits.** The first hundred are printed with a third of their ink, and each looks for its three nearest
# relatives among the others. The check compares with the definition; the figure shows five searches. In one of them the
# angle is sure and wrong: shape is not meaning.

# %% nbgrader={"grade": true, "grade_id": "w03-q1-cosine-digits", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
digits = load("digits")
pixels, labels = digits.drop(columns="digit").to_numpy(), digits["digit"].to_numpy()
for faint, label in zip(pixels[:100] / 3, labels[:100], strict=True):
    positions, similarities = cosine_search(faint, pixels[100:], 3)
    directions = pixels[100:] / np.linalg.norm(pixels[100:], axis=1, keepdims=True)
    cosines = directions @ faint / np.linalg.norm(faint)
    best = np.sort(cosines)[::-1][:3]
    check.array(similarities, best, of=f"similarities of a faint {label} to its nearest digits", atol=1e-5)
    check.array(cosines[positions], best, of=f"cosines of the digits found for a faint {label}", atol=1e-5)
### BEGIN HIDDEN TESTS
# contract: "the positions of the `k` rows of `items` most similar to `query`"
for faint in pixels[1_000:1_020] / 5:
    positions, _ = cosine_search(faint, pixels[:1_000], 5)
    directions = pixels[:1_000] / np.linalg.norm(pixels[:1_000], axis=1, keepdims=True)
    cosines = directions @ faint / np.linalg.norm(faint)
    check.array(cosines[positions], np.sort(cosines)[::-1][:5], of="cosines at the positions found", atol=1e-5)
# contract: "Neither is written to."
check.unchanged(pixels, load("digits").drop(columns="digit").to_numpy(), of="the digits")
### END HIDDEN TESTS

# %% tags=["only-draws"]
fig, axes = plt.subplots(5, 4, figsize=(6.4, 8.2))
for row, i in zip(axes, (249, 5, 92, 20, 4), strict=True):
    found = attempt(cosine_search, pixels[i] / 3, np.delete(pixels, i, axis=0), 3)
    row[0].imshow((pixels[i] / 3).reshape(8, 8), cmap="gray_r", vmin=0, vmax=16)
    row[0].set_title(f"query: {labels[i]}")
    for ax, j in zip(row[1:], [] if found is None else found[0], strict=False):
        ax.imshow(np.delete(pixels, i, axis=0)[j].reshape(8, 8), cmap="gray_r", vmin=0, vmax=16)
        ax.set_title(f"found: {np.delete(labels, i)[j]}")
    for ax in row:
        ax.set(xticks=[], yticks=[])
fig.suptitle("Faint digits and what your search finds")
plt.show()

# %% [markdown]
# ## 2 · Right angles, guaranteed ●●○ · 30 min · 4 points
#
# Perpendicular unit columns make every later step safe, and the recipe everybody learns for them loses its right
# angles exactly when they are needed.
#
# Write `orthonormalise(A)`: the factors of $A = QR$.
#
# - $Q$ has the shape of $A$, $(m, n)$, and perpendicular columns of length 1: $Q^{\mathsf T}Q = I$. $R$ has shape
#   $(n, n)$, zeros below the diagonal (exactly 0.0), and **a positive diagonal**. That makes the answer unique.
# - Both are `float64`, also for integers and `float32`. `A` is left as it is, and has at least one column.
# - **It must hold on hard data.** For condition numbers up to 1e10 the entries of $Q^{\mathsf T}Q - I$ are at most
#   1e-12 in size, and those of $A - QR$ at most 1e-12 times the length of the longest column. Gram and Schmidt's
#   formula as printed in textbooks misses this by many orders of magnitude; so does a Cholesky factor of
#   $A^{\mathsf T}A$.
# - The scale of a column does not matter: multiply one by 1e-20 or 1e20 and only $R$ changes.
# - A column is *dependent* if less than 1e-13 of its length is left after subtracting all that lies along the earlier
#   ones; a column of zeros is dependent, too. Raise a `ValueError` whose message holds the position of the first such
#   column, from 0, and the word *dependent*. With more columns than rows there always is one.
# - **Forbidden:** ready-made factorisations, such as `qr`, `cholesky`, `svd`, `eigh` or `orth` of NumPy and SciPy.
#
# <details><summary>Hint 1 · the idea</summary>Column by column: subtract from a copy of the column its shadows on the
# unit columns you have; what is left, divided by its length, is the next one.</details>
# <details><summary>Hint 2 · the direction</summary>If little is left, rounding errors are a large part of it, and they
# are <em>not</em> perpendicular. They are shadows too. What would a second round of subtracting do to them?</details>
# <details><summary>Hint 3 · almost the code</summary>For each column, twice: <code>shadow = Q[:, :j].T @ rest</code>,
# then <code>rest -= Q[:, :j] @ shadow</code>, and add the shadow to column <code>j</code> of <code>R</code> each time.
# Kahan: "twice is enough".</details>


# %% nbgrader={"grade": false, "grade_id": "w03-q2-qr", "locked": false, "schema_version": 3, "solution": true, "task": false}
def orthonormalise(A: NDArray[np.number]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Factor a matrix into perpendicular unit columns and a triangle.

    Parameters
    ----------
    A : array of shape (m, n)
        Integers of any width or floats, at least one column. Left as it is.

    Returns
    -------
    Q : float64 array of shape (m, n)
        Perpendicular columns of length 1.
    R : float64 array of shape (n, n)
        Upper triangular with a positive diagonal; ``Q @ R`` is `A`.

    Raises
    ------
    ValueError
        If a column depends on the earlier ones; the message holds the position of the first and the word *dependent*.

    Examples
    --------
    >>> orthonormalise(np.array([[3, 1], [4, 3]]))
    (array([[ 0.6, -0.8],
           [ 0.8,  0.6]]), array([[5., 3.],
           [0., 1.]]))
    """
    ### BEGIN SOLUTION
    m, n = A.shape
    Q, R = np.zeros((m, n)), np.zeros((n, n))
    for j in range(n):
        rest = A[:, j].astype(np.float64)
        length = np.linalg.norm(rest)
        for _ in range(2):  # the second round removes what rounding left of the first
            shadow = Q[:, :j].T @ rest
            rest -= Q[:, :j] @ shadow
            R[:j, j] += shadow
        R[j, j] = np.linalg.norm(rest)
        if R[j, j] <= 1e-13 * length:
            raise ValueError(f"column {j} is dependent on the columns before it")
        Q[:, j] = rest / R[j, j]
    return Q, R
    ### END SOLUTION


# %% tags=["only-draws"]
triple = np.array([[3.0, 1.0, 1.0], [4.0, 3.0, 2.0], [0.0, 0.0, -2.0]])
factors = attempt(orthonormalise, triple)
wanted = np.array([[5.0, 3.0, 2.2], [0.0, 1.0, 0.4], [0.0, 0.0, 2.0]])
plotting.target_against_yours(wanted, None if factors is None else factors[1], title="R of a matrix by hand")

# %% nbgrader={"grade": true, "grade_id": "w03-q2-qr-test", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
factorisations = [
    f"{home}.linalg.{name}" for home in ("numpy", "scipy") for name in ("qr", "cholesky", "svd", "eigh", "eig")
]
factorisations += ["scipy.linalg.orth", "scipy.linalg.rq", "scipy.linalg.qr_multiply", "scipy.linalg.polar"]
factorisations += [f"scipy.linalg.lapack.{name}" for name in ("dgeqrf", "dgeqp3", "dpotrf", "get_lapack_funcs")]
import scipy.linalg  # noqa: E402, F401 - so that its names can be watched


def factors_of(A, *, of):
    """Call the answer without ready-made factorisations; check what it hands over."""
    before = A.copy()
    with check.not_called(*factorisations, hint="this exercise builds it from dot products"):
        result = orthonormalise(A)
    check.unchanged(A, before, of="A")
    check.that(
        type(result) is tuple and len(result) == 2, f"{of}: expected a pair (Q, R), got a {type(result).__name__}"
    )
    (m, n), names = A.shape, ("Q", "R")
    for name, factor, shape in zip(names, result, ((m, n), (n, n)), strict=True):
        check.that(
            type(factor) is np.ndarray and factor.shape == shape and factor.dtype == np.float64,
            f"{of}: expected {name} as a float64 array of shape {shape}, got a {type(factor).__name__} of shape "
            f"{np.shape(factor)} and dtype {getattr(factor, 'dtype', 'none')}",
        )
    return result


A = np.array([[3, 1, 1], [4, 3, 2], [0, 0, -2]])
factors_of(A.astype(np.float64), of="orthonormalise of floats")
Q, R = factors_of(A, of="orthonormalise(A)")
check.array(
    R,
    [[5.0, 3.0, 2.2], [0.0, 1.0, 0.4], [0.0, 0.0, 2.0]],
    of="R of orthonormalise(A)",
    shape="(n, n)",
    atol=1e-12,
    causes={
        "the signs are those of Householder or LAPACK: the text asks for a positive diagonal": [
            [-5.0, -3.0, -2.2],
            [0.0, 1.0, 0.4],
            [0.0, 0.0, -2.0],
        ],
        "each shadow was added twice although the second round finds next to nothing": [
            [5.0, 6.0, 4.4],
            [0.0, 1.0, 0.8],
            [0.0, 0.0, 2.0],
        ],
        "only the diagonal is filled: the shadows belong above it": np.diag([5.0, 1.0, 2.0]),
    },
)
check.array(
    Q,
    [[0.6, -0.8, 0.0], [0.8, 0.6, 0.0], [0.0, 0.0, -1.0]],
    of="Q of orthonormalise(A)",
    shape="(m, n)",
    atol=1e-12,
    causes={
        "the columns are scaled but not made perpendicular": A / np.sqrt([25.0, 10.0, 9.0]),
        "the columns are perpendicular but not of length 1": [[3.0, -0.8, 0.0], [4.0, 0.6, 0.0], [0.0, 0.0, -2.0]],
    },
)
### BEGIN HIDDEN TESTS
rng = np.random.default_rng(302)
for m, n in [(1, 1), (4, 4), (9, 3), (30, 7), (50, 1), (12, 11)]:
    P = rng.normal(size=(m, n)) + 0.3
    name = f"random {m} × {n} matrix"
    q, r = np.linalg.qr(P)
    signs = np.sign(np.diag(r))
    # contract: "**a positive diagonal**. That makes the answer unique."
    Q, R = factors_of(P, of=name)
    check.array(R, r * signs[:, None], of=f"R of a {name}", shape="(n, n)", atol=1e-10)
    check.array(Q, q * signs, of=f"Q of a {name}", shape="(m, n)", atol=1e-10)
    # contract: "zeros below the diagonal (exactly 0.0)"
    check.array(np.tril(R, -1), np.zeros((n, n)), of=f"R below the diagonal, {name}", rtol=0, atol=0)
# contract: "Both are `float64`, also for integers and `float32`."
for dtype in (np.uint8, np.int16, np.int64, np.float32):
    P = rng.integers(0, 120, size=(8, 4)).astype(dtype)
    q, r = np.linalg.qr(P.astype(np.float64))
    Q, R = factors_of(P, of=f"matrix of {np.dtype(dtype)}")
    check.array(Q, q * np.sign(np.diag(r)), of=f"Q of a matrix of {np.dtype(dtype)}", atol=1e-10)
    check.array(R, r * np.sign(np.diag(r))[:, None], of=f"R of a matrix of {np.dtype(dtype)}", atol=1e-8)
### END HIDDEN TESTS


# %% nbgrader={"grade": true, "grade_id": "w03-q2-qr-stable", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
def check_factors(A, *, of):
    """Check right angles, the product and the triangle."""
    Q, R = factors_of(A, of=of)
    n, longest = A.shape[1], np.linalg.norm(A.astype(float), axis=0).max()
    tilt = np.abs(Q.T @ Q - np.eye(n)).max()
    check.that(
        bool(tilt <= 1e-12),
        f"{of}: entries of QᵀQ − I should be at most 1e-12, the largest is {tilt:.1e}; likely cause: rounding errors "
        "are not perpendicular, and nothing has removed them",
    )
    gap = np.abs(A - Q @ R).max() / longest
    check.that(bool(gap <= 1e-12), f"{of}: A − QR should be at most 1e-12 of the longest column, got {gap:.1e}")
    check.that(
        bool((np.diag(R) > 0).all() and (np.tril(R, -1) == 0).all()),
        f"{of}: R needs a positive diagonal and zeros below it",
    )


economy = load("longley").drop(columns="employed").to_numpy(float)
check_factors(np.column_stack([np.ones(16), economy]), of="a column of ones and Longley's table (κ near 5e9)")
tiny = 1e-8
check_factors(np.vstack([np.ones(3), tiny * np.eye(3)]), of="three columns that differ by 1e-8")
check_factors(np.array([[1.0, 1e-20], [1.0, -2e-20], [0.0, 1e-20]]), of="a column with numbers near 1e-20")
check_factors(np.array([[1.0, 1.0], [0.0, 1e-12]]), of="two columns that differ by 1e-12")
check_factors(np.array([[3, 1], [1, 2], [4, 1]], dtype=np.float32), of="a matrix of float32")
for columns, position in [
    ([[1.0, 1.0], [0.0, 1e-14]], 1),
    ([[1, 2, 3], [2, 4, 5]], 1),
    ([[1, 0], [2, 0], [3, 0]], 1),
    ([[1, 2, 3], [4, 5, 9], [7, 8, 15]], 2),
    ([[0.0, 1], [0, 2]], 0),
]:
    check.raises(ValueError, orthonormalise, np.array(columns), mentions=["dependent", str(position)])
check.raises(ValueError, orthonormalise, np.array([[1.0, 2.0, 3.0], [4.0, 5.0, 7.0]]), mentions=["dependent", "2"])
### BEGIN HIDDEN TESTS
rng = np.random.default_rng(312)
# contract: "For condition numbers up to 1e10 the entries of $Q^{\mathsf T}Q - I$ are at most 1e-12 in size"
for m, n, kappa in [(20, 5, 1e6), (40, 8, 1e8), (15, 15, 1e9), (60, 6, 1e10), (12, 2, 1e10)]:
    left, right = np.linalg.qr(rng.normal(size=(m, n)))[0], np.linalg.qr(rng.normal(size=(n, n)))[0]
    check_factors(left * np.geomspace(1, 1 / kappa, n) @ right.T, of=f"{m} × {n} matrix with κ = {kappa:.0e}")
check_factors(np.vander(np.linspace(0, 1, 30), 12), of="powers of 30 numbers between 0 and 1")
check_factors(1 / (np.arange(8)[:, None] + np.arange(7) + 1.0), of="a slice of Hilbert's matrix")
# contract: "The scale of a column does not matter: multiply one by 1e-20 or 1e20 and only $R$ changes."
P = rng.normal(size=(9, 4))
for scale in ([1e-9, 1, 1, 1], [1, 1, 1, 1e-20], [1, 1e20, 1, 1], [1e9, 1, 1e-9, 1]):
    check_factors(P * scale, of="columns of very different scale")
    check.array(factors_of(P * scale, of="Q")[0], factors_of(P, of="Q")[0], of="Q of scaled columns", atol=1e-10)
# contract: "A column is *dependent* if less than 1e-13 of its length is left after subtracting all that lies along the
# contract: earlier ones"
u, v = np.linalg.qr(rng.normal(size=(9, 2)))[0].T
for small in (1e-8, 1e-10, 1e-12):
    check_factors(np.column_stack([u, u + small * v]), of=f"two columns that differ by {small:g}")
for small in (1e-14, 1e-15):
    columns = np.column_stack([u, u + small * v])
    check.raises(ValueError, orthonormalise, columns, mentions=["dependent", "1"])
check.raises(ValueError, orthonormalise, np.column_stack([P, 1e6 * P[:, 1]]), mentions=["dependent", "4"])
check.raises(ValueError, orthonormalise, np.column_stack([P, P @ [1, 2, 3, 4], v]), mentions=["dependent", "4"])
# contract: "a column of zeros is dependent, too"
check.raises(ValueError, orthonormalise, P * [1, 0, 1, 1], mentions=["dependent", "1"])
check.raises(ValueError, orthonormalise, np.zeros((5, 2), dtype=int), mentions=["dependent", "0"])
# contract: "With more columns than rows there always is one."
check.raises(ValueError, orthonormalise, rng.normal(size=(3, 7)), mentions=["dependent", "3"])
check.raises(ValueError, orthonormalise, np.ones((1, 2)), mentions=["dependent", "1"])
### END HIDDEN TESTS

# %% [markdown]
# ## 3 · The shadow on any subspace ●●○ · 20 min · 3 points
#
# The matrix that turns observations into fitted values, which statisticians call the hat matrix, is a projection, and
# its diagonal says how much each observation pulls the fit towards itself.
#
# Write `projection_matrix(A)`: the symmetric $P$ for which $Pb$ is the point nearest to $b$ among all combinations of
# the columns of $A$.
#
# - The textbook formula $A(A^{\mathsf T}A)^{-1}A^{\mathsf T}$ needs independent columns. Yours does not: columns may
#   repeat, depend on each other or be zero, and there may be more columns than rows. A matrix of zeros has the
#   projection of zeros.
# - **What counts as a direction:** those of singular values above 1e-12 times the largest. Smaller ones are rounding.
#   Multiplying all of `A` by any number except 0 changes nothing.
# - $P$ is a `float64` array of shape $(m, m)$ for every dtype of `A`. `A` is left as it is.
# - $P$ does not depend on which basis of the subspace you find: signs and rotations cancel in it.
#
# Entries of $P$, $P - P^{\mathsf T}$ and $P^2 - P$ may miss by an absolute 1e-6, since the checks go to condition numbers
# of 1e8 and rounding limits a subspace to $\varepsilon\kappa$. Everything is permitted here.
#
# <details><summary>Hint 1 · the idea</summary>With perpendicular unit columns <code>U</code> that span the same
# subspace, the formula loses its inverse: <code>UᵀU</code> is the identity.</details>
# <details><summary>Hint 2 · the direction</summary>The SVD hands you such columns, sorted by how much of the matrix
# they carry. Some of them must go.</details>
# <details><summary>Hint 3 · almost the code</summary><code>keep = s &gt; 1e-12 * s[0]</code> is a mask for the columns
# of <code>U</code>. Convert to <code>float64</code> before you factorise.</details>


# %% nbgrader={"grade": false, "grade_id": "w03-q3-projection", "locked": false, "schema_version": 3, "solution": true, "task": false}
def projection_matrix(A: NDArray[np.number]) -> NDArray[np.float64]:
    """Matrix that projects at right angles onto the space spanned by the columns of ``A``.

    Parameters
    ----------
    A : array of shape (m, n)
        Integers of any width or floats; at least one row and column, of any rank. Left as it is.

    Returns
    -------
    float64 array of shape (m, m)
        Symmetric, equal to its own square; its trace is the rank of `A`.

    Examples
    --------
    >>> projection_matrix(np.array([[2], [1]]))
    array([[0.8, 0.4],
           [0.4, 0.2]])
    """
    ### BEGIN SOLUTION
    U, s, _ = np.linalg.svd(A.astype(np.float64), full_matrices=False)
    U = U[:, s > 1e-12 * s[0]]
    return U @ U.T
    ### END SOLUTION


# %% tags=["only-draws"]
plotting.target_against_yours(
    np.array([[0.8, 0.4], [0.4, 0.2]]), attempt(projection_matrix, np.array([[2], [1]])), title="The shadow on (2, 1)"
)


# %% nbgrader={"grade": true, "grade_id": "w03-q3-projection-test", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
def check_projection(A, expected, *, of, causes=None):
    """Check the values of P, and the two properties that make it a projection."""
    before = A.copy()
    P = projection_matrix(A)
    check.unchanged(A, before, of="A")
    check.array(P, expected, of=of, shape="(m, m)", dtype=np.float64, rtol=0, atol=1e-6, causes=causes)
    check.that(bool(np.abs(P - P.T).max() <= 1e-6), f"{of}: P should be symmetric to 1e-6")
    check.that(bool(np.abs(P @ P - P).max() <= 1e-6), f"{of}: projecting twice should change nothing, to 1e-6")
    return P


A = np.array([[1, 0], [1, 1], [1, 2]])
P = np.array([[5.0, 2.0, -1.0], [2.0, 2.0, 2.0], [-1.0, 2.0, 5.0]]) / 6
check_projection(
    A,
    P,
    of="projection_matrix(A)",
    causes={
        "this projects onto the rows of A: its columns are meant": np.eye(2),
        "this projects onto what is perpendicular to the columns": np.eye(3) - P,
        "this is A Aᵀ: it projects only where the columns are perpendicular and of length 1": A @ A.T,
    },
)
check_projection(np.array([[3.0], [4.0]]), [[0.36, 0.48], [0.48, 0.64]], of="the projection on (3, 4)")
check_projection(np.array([[2.0, 1.0], [1.0, 1.0]]), np.eye(2), of="the projection on the whole plane")
for scale in (1e-20, -1e20):
    check_projection(A * scale, P, of=f"projection_matrix(A * {scale:g})")
longley = load("longley")
employed, table = longley["employed"].to_numpy(), longley.drop(columns="employed").to_numpy(float)
scaled = np.column_stack([np.ones(16), (table - table.mean(axis=0)) / table.std(axis=0)])
q = np.linalg.qr(scaled)[0]
P = check_projection(scaled, q @ q.T, of="the hat matrix of Longley's table")
check.number(float(np.trace(P)), 7.0, of="trace of the hat matrix: the rank", atol=1e-6)
check.array(
    scaled.T @ (employed - P @ employed) / np.linalg.norm(employed),
    np.zeros(7),
    of="products of the residual with the columns, over the length of b",
    atol=1e-6,
)
### BEGIN HIDDEN TESTS
rng = np.random.default_rng(303)
# contract: "$Pb$ is the point nearest to $b$ among all combinations of the columns of $A$"
for m, n in [(1, 1), (2, 1), (5, 2), (30, 6), (7, 7), (80, 3)]:
    B = rng.normal(size=(m, n))
    q = np.linalg.qr(B)[0]
    check_projection(B, q @ q.T, of=f"projection for a random {m} × {n} matrix")
# contract: "$P$ is a `float64` array of shape $(m, m)$ for every dtype of `A`."
for dtype in (np.uint8, np.int8, np.int64, np.float32):
    B = rng.integers(0, 100, size=(9, 3)).astype(dtype)
    q = np.linalg.qr(B.astype(float))[0]
    check_projection(B, q @ q.T, of=f"projection for a matrix of {np.dtype(dtype)}")
# contract: "Multiplying all of `A` by any number except 0 changes nothing."
B = rng.normal(size=(8, 3))
q = np.linalg.qr(B)[0]
for scale in (1e-20, 1e-9, -1.0, 1e9, 1e20):
    check_projection(B * scale, q @ q.T, of=f"projection for a matrix times {scale:g}")
# contract: "the checks go to condition numbers of 1e8"
left, right = np.linalg.qr(rng.normal(size=(30, 5)))[0], np.linalg.qr(rng.normal(size=(5, 5)))[0]
for kappa in (1e3, 1e6, 1e8):
    hard = left * np.geomspace(1, 1 / kappa, 5) @ right.T
    check_projection(hard, left @ left.T, of=f"projection for a matrix with κ = {kappa:.0e}")
### END HIDDEN TESTS

# %% nbgrader={"grade": true, "grade_id": "w03-q3-projection-rank", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
line = np.array([[0.2, 0.4], [0.4, 0.8]])
for dependent, expected, name in [
    (np.array([[1.0, 2.0, 3.0], [2.0, 4.0, 6.0]]), line, "three multiples of (1, 2)"),
    (np.array([[1.0, 0.0], [2.0, 0.0]]), line, "(1, 2) and a column of zeros"),
    (np.zeros((3, 2)), np.zeros((3, 3)), "a matrix of zeros"),
    (np.array([[1, 2, 3], [4, 5, 7]]), np.eye(2), "more columns than rows"),
    (np.diag([1.0, 1e-8]), np.eye(2), "singular values 1 and 1e-8"),
    (np.diag([1.0, 1e-11]), np.eye(2), "singular values 1 and 1e-11"),
    (np.diag([1.0, 1e-13]), np.diag([1.0, 0.0]), "singular values 1 and 1e-13, which is rounding"),
    (np.diag([1e9, 1e-6]), np.diag([1.0, 0.0]), "singular values 1e9 and 1e-6, which is rounding"),
]:
    check_projection(dependent, expected, of=f"projection for {name}")
counted = np.array([[1, 2, 3], [4, 5, 6], [7, 8, 9]], dtype=np.float32)
plane = np.array([[5.0, 2.0, -1.0], [2.0, 2.0, 2.0], [-1.0, 2.0, 5.0]]) / 6
check_projection(counted, plane, of="projection for 1 to 9 in float32, of rank 2")
both = np.column_stack([scaled, scaled[:, 1] + scaled[:, 2], scaled[:, 3]])
q = np.linalg.qr(scaled)[0]
check_projection(both, q @ q.T, of="the hat matrix with two columns that depend on the others")
### BEGIN HIDDEN TESTS
rng = np.random.default_rng(313)
# contract: "columns may repeat, depend on each other or be zero, and there may be more columns than rows"
for m, n, rank in [(6, 6, 3), (20, 9, 4), (5, 30, 2), (12, 4, 1), (3, 8, 3)]:
    basis = rng.normal(size=(m, rank))
    q = np.linalg.qr(basis)[0]
    P = check_projection(basis @ rng.normal(size=(rank, n)), q @ q.T, of=f"projection for {m} × {n}, rank {rank}")
    check.number(float(np.trace(P)), rank, of="trace of the projection", atol=1e-6)
repeated = rng.integers(-9, 10, size=(7, 2))
q = np.linalg.qr(repeated.astype(float))[0]
check_projection(np.hstack([repeated, 0 * repeated, repeated[:, ::-1]]), q @ q.T, of="projection for repeated columns")
# contract: "A matrix of zeros has the projection of zeros."
check_projection(np.zeros((4, 9), dtype=int), np.zeros((4, 4)), of="projection for integer zeros")
check_projection(np.zeros((1, 1)), np.zeros((1, 1)), of="projection for a single zero")
# contract: "those of singular values above 1e-12 times the largest. Smaller ones are rounding."
u, v = np.linalg.qr(rng.normal(size=(9, 2)))[0].T
for small, kept in [(1e-9, 2), (2e-11, 2), (1e-13, 1), (1e-15, 1)]:
    P = projection_matrix(np.column_stack([u, small * v]))
    check.number(float(np.trace(P)), kept, of=f"rank kept with singular values 1 and {small:g}", atol=1e-3)
### END HIDDEN TESTS

# %% [markdown]
# ## 4 · Least squares that keeps its digits ●●○ · 25 min · 3 points
#
# In 1967 James Longley fitted sixteen years of employment with the regression programs of his day and found that some
# returned not one correct digit; the formula they used is the one many people still type.
#
# Write two functions. **`solve_upper(R, c)`** solves $Rx = c$ from the last row up, for an upper triangular $R$:
#
# $$x_i = \frac{1}{R_{ii}}\Bigl(c_i - \sum_{j > i} R_{ij}\,x_j\Bigr), \qquad i = n-1, \dots, 0.$$
#
# - What stands below the diagonal is not read: it may be anything, even `nan`.
# - A zero anywhere on the diagonal raises a `ValueError` whose message holds the word *singular*. A small number is not
#   zero: entries near 1e-120 are divided by like others.
#
# **`least_squares(A, b)`** returns the $x$ that makes $\lVert Ax - b\rVert$ smallest, by $A = QR$ and
# $Rx = Q^{\mathsf T}b$.
#
# - `A` has independent columns and at least as many rows; integers, `float32` and `float64` are welcome in both
#   functions, and the result is `float64`. Nothing given is written to.
# - Different numbers of rows in `A` and `b` raise a `ValueError` whose message holds both numbers and the word *rows*.
# - **Accuracy:** each coefficient is within a relative 1e-8 of the solution in exact fractions, on real tables with
#   condition numbers up to 4e12. On the hardest of them, which grading alone tries, QR misses by less than 1e-9, the
#   normal equations by more than 1e-5; on the quadratic that you see, by about 3e-6.
# - **Allowed:** `np.linalg.qr`. **Forbidden:** solvers and inverses, such as `solve`, `solve_triangular`, `inv`, `pinv`
#   and `lstsq` of NumPy and SciPy.
#
# <details><summary>Hint 1 · the idea</summary>The last equation of a triangle has one unknown. Once it is known, the
# one above has one unknown left.</details>
# <details><summary>Hint 2 · the direction</summary>Run <code>i</code> from the last row to row 0. The part of the row
# right of the diagonal meets the part of <code>x</code> you already know: a dot product of two slices.</details>
# <details><summary>Hint 3 · almost the code</summary><code>R[i, i + 1 :] @ x[i + 1 :]</code> is that dot product, 0 for
# the last row. In the second function: factorise, multiply, and call the first.</details>
#
# <!-- fact: 4e12; the condition number of Longley's columns with the year squared, measured as 3.7e12 -->
# <!-- fact: 1e-5; the normal equations miss by 4e-4 there, the inverse by 9e-4, QR by 2e-10, all measured -->
# <!-- fact: 3e-6; measured as 2.6e-6 by solve and 2.7e-6 by inv -->


# %% nbgrader={"grade": false, "grade_id": "w03-q4-least-squares", "locked": false, "schema_version": 3, "solution": true, "task": false}
def solve_upper(R: NDArray[np.number], c: NDArray[np.number]) -> NDArray[np.float64]:
    """Solve an upper triangular system from the last equation up.

    Parameters
    ----------
    R : array of shape (n, n)
        Only the diagonal and what stands above it are read.
    c : array of shape (n,)
        Right-hand side.

    Returns
    -------
    float64 array of shape (n,)
        The x with ``R @ x`` equal to `c`.

    Raises
    ------
    ValueError
        If a diagonal entry is 0; the message holds the word *singular*.

    Examples
    --------
    >>> solve_upper(np.array([[2, 1], [0, 4]]), np.array([4, 8]))
    array([1., 2.])
    """
    ### BEGIN SOLUTION
    if (np.diag(R) == 0).any():
        raise ValueError("the triangle is singular: there is a 0 on its diagonal")
    x = np.zeros(len(c))
    for i in range(len(c) - 1, -1, -1):
        x[i] = (c[i] - R[i, i + 1 :] @ x[i + 1 :]) / R[i, i]
    return x
    ### END SOLUTION


def least_squares(A: NDArray[np.number], b: NDArray[np.number]) -> NDArray[np.float64]:
    """Coefficients of the combination of columns that comes nearest to ``b``.

    Parameters
    ----------
    A : array of shape (m, n)
        Independent columns, m at least n. Left as it is.
    b : array of shape (m,)
        What to come near to. Left as it is.

    Returns
    -------
    float64 array of shape (n,)
        One coefficient for each column.

    Raises
    ------
    ValueError
        If `A` and `b` have different numbers of rows; the message holds both and the word *rows*.

    Examples
    --------
    >>> least_squares(np.array([[1, 0], [1, 1], [1, 2]]), np.array([1, 2, 6])).round(6)
    array([0.5, 2.5])
    """
    ### BEGIN SOLUTION
    if len(A) != len(b):
        raise ValueError(f"A has {len(A)} rows and b has {len(b)}: they must agree")
    Q, R = np.linalg.qr(A.astype(np.float64))
    return solve_upper(R, Q.T @ b.astype(np.float64))
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "w03-q4-least-squares-test", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
solvers = [f"{home}.linalg.{name}" for home in ("numpy", "scipy") for name in ("solve", "inv", "pinv", "lstsq")]
solvers += ["scipy.linalg.solve_triangular", "scipy.optimize.lsq_linear", "numpy.linalg.tensorsolve"]
solvers += ["numpy.linalg.tensorinv", "numpy.polyfit", "scipy.linalg.lu_solve", "scipy.linalg.cho_solve"]
solvers += [f"scipy.linalg.lapack.{name}" for name in ("dtrtrs", "dtrtri", "dgels", "dgesv", "get_lapack_funcs")]
import scipy.linalg  # noqa: E402, F401 - so that its names can be watched
import scipy.optimize  # noqa: E402, F401


def without_solvers(function, matrix, right_side):
    """Call a function while solvers and inverses are watched; what it is given must stay as it is."""
    kept = matrix.copy(), right_side.copy()
    with check.not_called(*solvers, hint="back substitution is a loop of one line"):
        result = function(matrix, right_side)
    check.unchanged(matrix, kept[0], of="the matrix given")
    check.unchanged(right_side, kept[1], of="the right-hand side given")
    return result


R, c = np.array([[2, 1, -1], [0, 4, 2], [0, 0, 5]]), np.array([3, 14, 15])
check.array(
    without_solvers(solve_upper, R, c),
    [2.0, 2.0, 3.0],
    of="solve_upper(R, c)",
    shape="(n,)",
    dtype=np.float64,
    rtol=1e-9,
    causes={
        "nothing known was subtracted: start from the last equation, the only one with one unknown": [1.5, 3.5, 3.0],
        "what is known was added instead of subtracted": [6.5, 5.0, 3.0],
    },
)
junk = R + np.tril(np.full((3, 3), np.nan), -1)
check.array(
    without_solvers(solve_upper, junk, c), [2.0, 2.0, 3.0], of="solve_upper with nan below the diagonal", rtol=1e-9
)
without_solvers(solve_upper, R.astype(np.float64), c.astype(np.float64))
check.array(
    without_solvers(solve_upper, np.array([[3, 1], [0, 7]], dtype=np.float32), np.array([1, 1], dtype=np.float32)),
    [2 / 7, 1 / 7],
    of="solve_upper of float32",
    dtype=np.float64,
    rtol=1e-9,
    causes={"computed in float32: convert before dividing": np.array([2 / 7, 1 / 7], dtype=np.float32)},
)
for entries in ([1e-20, 1.0, 1.0], [1.0, 1.0, 1e-20], [1e-120, 1e-120, 1e-120]):
    try:
        x = without_solvers(solve_upper, np.diag(entries), np.array(entries) * [1.0, 2.0, 3.0])
    except ValueError as error:
        check.that(
            False, f"solve_upper(diag({entries})): expected [1, 2, 3], got {error!r:.80}; a small number is not zero"
        )
    check.array(x, [1.0, 2.0, 3.0], of=f"solve_upper(diag({entries}))", rtol=1e-9)
for triangle in ([[1.0, 2.0], [0.0, 0.0]], [[0.0, 2.0], [0.0, 1.0]], [[1.0, 1.0, 1.0], [0.0, 0.0, 1.0], [0, 0, 1]]):
    check.raises(ValueError, solve_upper, np.array(triangle), np.ones(len(triangle)), mentions=["singular"])
A, b = np.array([[1, 0], [1, 1], [1, 2]]), np.array([1, 2, 6])
check.array(
    without_solvers(least_squares, A, b),
    [0.5, 2.5],
    of="least_squares(A, b)",
    shape="(n,)",
    dtype=np.float64,
    rtol=1e-9,
    causes={
        "the line was put through the first two points: all three count": [1.0, 1.0],
        "this is Aᵀb: the triangle has not been solved": [9.0, 14.0],
    },
)
check.raises(ValueError, least_squares, A, np.ones(4), mentions=["3", "4", "rows"])
check.raises(ValueError, least_squares, A, np.ones(2), mentions=["3", "2", "rows"])
### BEGIN HIDDEN TESTS
rng = np.random.default_rng(304)
# contract: "solves $Rx = c$ from the last row up, for an upper triangular $R$"
for n in (1, 2, 5, 20):
    R = np.triu(rng.normal(size=(n, n))) + np.diag(rng.choice([-4.0, 4.0], size=n))
    x = rng.normal(size=n)
    c = R @ x
    check.array(without_solvers(solve_upper, R, c), x, of=f"solve_upper, {n} unknowns", rtol=1e-8, atol=1e-9)
    # contract: "What stands below the diagonal is not read: it may be anything, even `nan`."
    for junk in (np.nan, 7.0, np.inf):
        filled = R + np.where(np.tri(n, k=-1, dtype=bool), junk, 0.0)
        check.array(solve_upper(filled, c), x, of=f"solve_upper with {junk} below the diagonal", rtol=1e-8, atol=1e-9)
# contract: "A zero anywhere on the diagonal raises a `ValueError` whose message holds the word *singular*."
for place in range(3):
    R = np.triu(rng.normal(size=(3, 3))) + 3.0 * np.eye(3)
    R[place, place] = 0.0
    check.raises(ValueError, solve_upper, R, np.ones(3), mentions=["singular"])
# contract: "A small number is not zero: entries near 1e-120 are divided by like others."
small = np.array([3e-120, -1e-119, 1.0, 2e-110])
check.array(solve_upper(np.diag(small), 2.0 * small), np.full(4, 2.0), of="solve_upper, small diagonal", rtol=1e-9)
# contract: "returns the $x$ that makes $\lVert Ax - b\rVert$ smallest"
for m, n in [(1, 1), (3, 3), (12, 2), (40, 7), (200, 3)]:
    A, b = rng.normal(size=(m, n)) + np.eye(m, n) * 2.0, rng.normal(size=m)
    expected = np.linalg.lstsq(A, b, rcond=None)[0]
    x = without_solvers(least_squares, A, b)
    check.array(x, expected, of=f"least_squares of a random {m} × {n} matrix", shape="(n,)", rtol=1e-8, atol=1e-9)
# contract: "integers, `float32` and `float64` are welcome in both functions, and the result is `float64`"
for dtype in (np.uint8, np.int16, np.int64, np.float32):
    A, b = rng.integers(0, 200, size=(15, 3)).astype(dtype), rng.integers(0, 200, size=15).astype(dtype)
    expected = np.linalg.lstsq(A.astype(float), b.astype(float), rcond=None)[0]
    name = f"least_squares of {np.dtype(dtype)}"
    check.array(least_squares(A, b), expected, of=name, dtype=np.float64, rtol=1e-8, atol=1e-10)
    triangle, c = np.triu(rng.integers(1, 9, size=(4, 4))).astype(dtype), rng.integers(0, 9, size=4).astype(dtype)
    expected = np.linalg.solve(triangle.astype(float), c.astype(float))
    name = f"solve_upper of {np.dtype(dtype)}"
    check.array(solve_upper(triangle, c), expected, of=name, dtype=np.float64, rtol=1e-8, atol=1e-10)
# contract: "Different numbers of rows in `A` and `b` raise a `ValueError` whose message holds both numbers and the word
# contract: *rows*."
check.raises(ValueError, least_squares, np.eye(17, 2), np.ones(2), mentions=["17", "2", "rows"])
check.raises(ValueError, least_squares, np.eye(5, 5), np.ones(31), mentions=["5", "31", "rows"])
### END HIDDEN TESTS

# %% [markdown]
# **On Longley's table.** The check solves the same problem in exact fractions, without any rounding, and compares each
# coefficient.


# %% nbgrader={"grade": true, "grade_id": "w03-q4-least-squares-longley", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
def exactly(A, b):
    """Least squares in exact fractions, where the normal equations do no harm."""
    columns = [[Fraction(float(value)) for value in column] for column in [*A.T, b]]
    rows = [[sum(x * y for x, y in zip(one, two, strict=True)) for two in columns] for one in columns[:-1]]
    for i in range(len(rows)):
        pivot = [value / rows[i][i] for value in rows[i]]
        rows = [[x - row[i] * y for x, y in zip(row, pivot, strict=True)] for row in rows]
        rows[i] = pivot
    return np.array([float(row[-1]) for row in rows])


def check_digits(A, b, *, of):
    """Compare each coefficient with the exact one."""
    x, exact = without_solvers(least_squares, A, b), exactly(A, b)
    check.that(
        type(x) is np.ndarray and x.shape == exact.shape,
        f"{of}: expected an array of shape {exact.shape}, got a {type(x).__name__} of shape {np.shape(x)}",
    )
    worst = float(np.abs(x / exact - 1.0).max())
    check.that(
        worst <= 1e-8,
        f"{of}: each coefficient should be right to a relative 1e-8, the worst is off by {worst:.1e}; likely cause: "
        "AᵀA was formed, which squares the condition number, or the arithmetic ran in float32",
    )


longley = load("longley")
employed = longley["employed"].to_numpy()
year, others = longley["year"].to_numpy(float), longley.drop(columns=["employed", "year"]).to_numpy()
table = np.column_stack([np.ones(16), others, year])
check_digits(table, employed, of="employment by Longley's six columns and a constant")
check_digits(np.vander(year, 3), employed, of="employment by a quadratic in the year")
### BEGIN HIDDEN TESTS
# contract: "each coefficient is within a relative 1e-8 of the solution in exact fractions, on real tables with
# contract: condition numbers up to 4e12"
check_digits(np.column_stack([table, year**2]), employed, of="employment by Longley's columns and the year squared")
check_digits(np.vander(year, 3), longley["population"].to_numpy(), of="population by a quadratic in the year")
patients = load("diabetes")
bmi, progression = patients["bmi"].to_numpy(), patients["progression"].to_numpy()
check_digits(np.vander(bmi[:120], 6), progression[:120], of="progression by powers of the body-mass index")
### END HIDDEN TESTS

# %% [markdown]
# ## 5 · The direction that wins ●●○ · 25 min · 3 points
#
# The largest curvature of a loss is found like this, and Google first ranked the web by the same iteration (on a matrix
# that is not symmetric): multiply, normalise, repeat, with no more than a matrix–vector product at hand.
#
# Write `power_iteration(A, rng, tol=1e-9, max_iterations=10_000)` for a symmetric `A`: the eigenvalue of largest
# absolute value, **with its sign**, and an eigenvector of length 1.
#
# - **Start in a random direction drawn from `rng`.** One that you choose yourself, all ones, say, may be at a right
#   angle to the answer and then never finds it. Equal seeds give equal results.
# - For a unit vector $v$ the best guess at the eigenvalue is $\lambda = v^{\mathsf T}\!A\,v$. **Stop** as soon as
#   $\lVert Av - \lambda v\rVert \le \text{tol} \cdot |\lambda|$; what you return fulfils that (to within a factor of 2, for
#   rounding). Do not wait for $v$ to stand still: for a negative eigenvalue it turns around at every step.
# - If that takes more than `max_iterations` products with `A`, the one that measures the residual included, raise a
#   `RuntimeError` whose message holds `max_iterations` and the word *converge*. So it must be for eigenvalues $3$ and
#   $-3$ that tie; if an eigenvalue is merely repeated, any unit vector of its plane is right.
# - A matrix of zeros has the eigenvalue 0, and every unit vector is right. Entries may be near 1e100 or 1e-100:
#   normalise at every step.
# - `A` holds integers or floats and is not written to.
# - **Forbidden:** ready-made decompositions and powers, such as `eig`, `eigh`, `eigvalsh`, `svd`, `matrix_power` or
#   SciPy's `eigsh`.
#
# <details><summary>Hint 1 · the idea</summary>Each product with <code>A</code> makes the winning direction a larger
# share of the vector. All you add is the bookkeeping.</details>
# <details><summary>Hint 2 · the direction</summary>One product serves twice: <code>w = A @ v</code> gives the
# eigenvalue and the residual of the current <code>v</code>, and, divided by its length, the next
# <code>v</code>.</details>
# <details><summary>Hint 3 · almost the code</summary>Inside <code>for _ in range(max_iterations)</code>: product,
# <code>v @ w</code>, compare the residual and return, else <code>v = w / np.linalg.norm(w)</code>. Raise after the
# loop.</details>


# %% nbgrader={"grade": false, "grade_id": "w03-q5-power", "locked": false, "schema_version": 3, "solution": true, "task": false}
def power_iteration(
    A: NDArray[np.number], rng: np.random.Generator, tol: float = 1e-9, max_iterations: int = 10_000
) -> tuple[float, NDArray[np.float64]]:
    """Find the dominant eigenvalue of a symmetric matrix and its direction.

    Parameters
    ----------
    A : array of shape (n, n)
        Symmetric; integers or floats. Left as it is.
    rng : numpy.random.Generator
        Where the start comes from.
    tol : float
        Largest length of ``A @ v - eigenvalue * v``, as a share of the eigenvalue's size.
    max_iterations : int
        Largest number of products with `A`, 1 or more.

    Returns
    -------
    eigenvalue : float
        The one of largest absolute value, with its sign.
    v : float64 array of shape (n,)
        An eigenvector of length 1, of either sign.

    Raises
    ------
    RuntimeError
        If `max_iterations` products were not enough; the message holds their number and the word *converge*.

    Examples
    --------
    >>> value, v = power_iteration(np.array([[2, 1], [1, 2]]), np.random.default_rng(0))
    >>> round(value, 6), np.abs(v).round(6)
    (3.0, array([0.707107, 0.707107]))
    """
    ### BEGIN SOLUTION
    v = rng.normal(size=len(A))
    v /= np.linalg.norm(v)
    for _ in range(max_iterations):
        w = A @ v
        eigenvalue = float(v @ w)
        if np.linalg.norm(w - eigenvalue * v) <= tol * abs(eigenvalue):
            return eigenvalue, v
        v = w / np.linalg.norm(w)
    raise RuntimeError(f"the power iteration did not converge within {max_iterations} products")
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "w03-q5-power-test", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
decompositions = [
    f"numpy.linalg.{name}" for name in ("eig", "eigh", "eigvals", "eigvalsh", "svd", "matrix_power", "svdvals")
]
decompositions += [f"scipy.linalg.{name}" for name in ("eig", "eigh", "eigvals", "eigvalsh", "svd", "expm")]
decompositions += ["scipy.sparse.linalg.eigs", "scipy.sparse.linalg.eigsh", "scipy.sparse.linalg.svds"]
import scipy.linalg  # noqa: E402, F401 - so that its names can be watched
import scipy.sparse.linalg  # noqa: E402, F401


def check_eigenpair(A, expected, *, of, seed=5, tol=None, limit=10_000, hint="", causes=None):
    """Check the eigenvalue, the length of the vector and the residual; return the vector."""
    before = A.copy()
    room = {"max_iterations": limit} if tol is None else {"tol": tol, "max_iterations": limit}
    with check.not_called(*decompositions, hint="products of A with a vector are all it takes"):
        try:
            result = power_iteration(A, np.random.default_rng(seed), **room)
        except NotImplementedError:
            raise  # a RuntimeError by descent: the exercise is still to be written
        except RuntimeError as error:
            check.that(
                False, f"{of}: expected an eigenvalue within {limit:,} products, got RuntimeError: {error!s:.80}{hint}"
            )
    check.unchanged(A, before, of="A")
    check.that(
        type(result) is tuple and len(result) == 2,
        f"{of}: expected a pair (eigenvalue, vector), got a {type(result).__name__}",
    )
    eigenvalue, v = result
    room = max(1e-8, 2 * (tol or 0))
    check.number(eigenvalue, expected, of=f"{of}: eigenvalue", rtol=room, causes=causes)
    check.that(
        type(v) is np.ndarray and v.shape == (len(A),) and v.dtype == np.float64,
        f"{of}: expected the vector as a float64 array of shape ({len(A)},), got a {type(v).__name__} of shape "
        f"{np.shape(v)}",
    )
    check.number(float(np.linalg.norm(v)), 1.0, of=f"{of}: length of the vector", rtol=1e-9)
    left_over = float(np.linalg.norm(A @ v - eigenvalue * v))
    allowed = 2 * (tol or 1e-9) * abs(expected)
    check.that(
        left_over <= allowed,
        f"{of}: |Av − λv| should be at most tol·|λ| and is {left_over:.1e}, more than {allowed:.1e}; likely cause: the "
        "loop stopped when the eigenvalue stood still, and the vector comes later, or it has a tol of its own",
    )
    return v


v = check_eigenpair(np.array([[2, 1], [1, 2]]), 3.0, of="[[2, 1], [1, 2]]")
check.array(np.outer(v, v), [[0.5, 0.5], [0.5, 0.5]], of="v vᵀ, which does not know the sign", atol=1e-7)
check_eigenpair(
    np.array([[-5.0, 1.0], [1.0, 2.0]]),
    -(3 + np.sqrt(53)) / 2,
    of="a matrix whose dominant eigenvalue is negative",
    causes={
        "that is its size: the sign counts": (3 + np.sqrt(53)) / 2,
        "that is the largest eigenvalue, but not the one of largest size": (np.sqrt(53) - 3) / 2,
    },
)
check_eigenpair(
    np.array([[2, -1], [-1, 2]]),
    3.0,
    of="a matrix whose answer is at a right angle to (1, 1)",
    causes={"a start of all ones never leaves its own eigenvector: draw the start from rng": 1.0},
)
slowly = np.diag([1.0, 0.9, -0.5])
check_eigenpair(slowly, 1.0, of="diag(1, 0.9, −0.5) with tol = 1e-11", tol=1e-11)
early = "; likely cause: the given tol is not used, and a smaller one takes longer"
check_eigenpair(slowly, 1.0, of="diag(1, 0.9, −0.5) with tol = 0.01", tol=0.01, limit=90, hint=early)
one = "; likely cause: the start is the answer here, and its product is the first"
check_eigenpair(3.0 * np.eye(2), 3.0, of="3 I within one product", limit=1, hint=one)
check.raises(
    RuntimeError,
    power_iteration,
    np.diag([3.0, -3.0]),
    np.random.default_rng(1),
    max_iterations=200,
    mentions=["200", "converge"],
)
check.same_given_seed(power_iteration, np.diag([4.0, 1.0, -2.0]), of="power_iteration(A, rng)", seed=3)
### BEGIN HIDDEN TESTS
rng = np.random.default_rng(305)
# contract: "the eigenvalue of largest absolute value, **with its sign**, and an eigenvector of length 1"
for n, dominant in [(1, 4.0), (1, -4.0), (2, 7.0), (5, -7.0), (30, 6.0), (12, -3.5)]:
    turn = np.linalg.qr(rng.normal(size=(n, n)))[0]
    values = np.append(dominant, rng.uniform(-0.9, 0.9, size=n - 1) * abs(dominant))
    A = turn * values @ turn.T
    v = check_eigenpair((A + A.T) / 2, dominant, of=f"random symmetric {n} × {n} matrix")
    check.array(np.outer(v, v), np.outer(turn[:, 0], turn[:, 0]), of="v vᵀ", atol=1e-6)
# contract: "One that you choose yourself, all ones, say, may be at a right angle to the answer and then never finds it."
for winner in np.eye(4):
    A = np.diag(2.0 + 3.0 * winner)
    check_eigenpair(A, 5.0, of="a diagonal matrix")
hat = np.eye(6) - np.full((6, 6), 1 / 6)
hat[:2, :2] += 4 * np.array([[1, -1], [-1, 1]])
check_eigenpair(hat, 9.0, of="a matrix that sends all ones to zero")
# contract: "Stop** as soon as $\lVert Av - \lambda v\rVert \le \text{tol} \cdot |\lambda|$; what you return fulfils that"
slow = np.diag([1.0, 0.97, -0.5])
for tol in (1e-3, 1e-6, 1e-11):
    check_eigenpair(slow, 1.0, of=f"diag(1, 0.97, −0.5) with tol = {tol:g}", tol=tol)
calls = [power_iteration(slow, np.random.default_rng(2), tol=tol, max_iterations=150)[0] for tol in (0.05, 1e-3)]
check.array(np.array(calls), [1.0, 1.0], of="eigenvalues within 150 products", atol=0.1)
# contract: "if an eigenvalue is merely repeated, any unit vector of its plane is right"
check_eigenpair(np.diag([3.0, 3.0, 1.0]), 3.0, of="a repeated eigenvalue")
check_eigenpair(4 * np.eye(3, dtype=int), 4.0, of="a multiple of the identity")
# contract: "Equal seeds give equal results."
for seed in (1, 2):
    check.same_given_seed(power_iteration, slow, of="power_iteration(A, rng)", seed=seed)
### END HIDDEN TESTS

# %% nbgrader={"grade": true, "grade_id": "w03-q5-power-limits", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
pixels = load("digits").drop(columns="digit").to_numpy()
covariance = np.cov(pixels, rowvar=False)
v = check_eigenpair(covariance, np.linalg.eigvalsh(covariance)[-1], of="the covariance of 64 pixels of digits")
check_eigenpair(np.array([[2e-100, 1e-100], [1e-100, 2e-100]]), 3e-100, of="numbers near 1e-100")
check_eigenpair(np.array([[2e100, 1e100], [1e100, 2e100]]), 3e100, of="numbers near 1e100")
nothing = "; likely cause: the residual 0 was not allowed to equal tol · |λ|, which is 0 as well"
check_eigenpair(np.zeros((3, 3)), 0.0, of="a matrix of zeros", hint=nothing)
for limit, matrix in [(5, np.diag([1.0, 0.99])), (40, np.diag([1.0, 0.99])), (1, np.diag([1.0, 0.0]))]:
    check.raises(
        RuntimeError,
        power_iteration,
        matrix,
        np.random.default_rng(4),
        max_iterations=limit,
        mentions=[str(limit), "converge"],
    )
### BEGIN HIDDEN TESTS
# contract: "Start in a random direction drawn from `rng`."
starts = [power_iteration(np.eye(5), np.random.default_rng(seed))[1] for seed in range(4)]
tops = np.abs(np.array(starts) @ np.array(starts).T - np.eye(4)).max()
check.that(bool(tops < 0.999), "other seeds should give another start: for the identity every start is the answer")
# contract: "Entries may be near 1e100 or 1e-100"
rng = np.random.default_rng(315)
turn = np.linalg.qr(rng.normal(size=(6, 6)))[0]
A = turn * np.array([-1.0, 0.9, 0.5, 0.2, 0.1, 0.0]) @ turn.T
A = (A + A.T) / 2
for scale in (1e-100, 1e-30, 1e30, 1e100):
    check_eigenpair(A * scale, -scale, of=f"numbers near {scale:g}")
# contract: "A matrix of zeros has the eigenvalue 0, and every unit vector is right."
for n in (1, 7):
    check_eigenpair(np.zeros((n, n), dtype=int), 0.0, of="a matrix of integer zeros", seed=n)
# contract: "If that takes more than `max_iterations` products with `A`, the one that measures the residual included,
# contract: raise a `RuntimeError` whose message holds `max_iterations` and the word *converge*."
check.raises(RuntimeError, power_iteration, A, np.random.default_rng(1), max_iterations=17, mentions=["17", "converge"])
check.raises(RuntimeError, power_iteration, A, np.random.default_rng(1), max_iterations=1, mentions=["1", "converge"])
check.raises(
    RuntimeError,
    power_iteration,
    -np.diag([2.0, -2.0, 1.0]),
    np.random.default_rng(9),
    max_iterations=333,
    mentions=["333"],
)
value, _ = power_iteration(3.0 * np.eye(2), np.random.default_rng(1), max_iterations=1)
check.number(value, 3.0, of="eigenvalue when one product is enough", rtol=1e-9)
with check.not_called(*decompositions, hint="products of A with a vector are all it takes"):
    value, _ = power_iteration(covariance[:40, :40], np.random.default_rng(6), tol=1e-7)
check.number(value, np.linalg.eigvalsh(covariance[:40, :40])[-1], of="eigenvalue for forty pixels", rtol=1e-7)
### END HIDDEN TESTS

# %% [markdown]
# ## 6 · What the digits have in common ●●○ · 35 min · 4 points
#
# Before a model sees 64 pixels, or thousands of genes, somebody asks how many independent things vary in them; PCA is the
# first answer, and its variance shares are the evidence.
#
# Write two functions. **`pca(X, k)`** returns a `PCA` (defined below) with the first `k` principal components of the
# rows of `X`, from the SVD of the centred table $X_c = USV^{\mathsf T}$:
#
# - `mean`: the column means, shape `(n_features,)`. `components`: the first `k` rows of $V^{\mathsf T}$, shape
#   `(k, n_features)`; each may point either way.
# - `variances`: $\sigma_i^2 / (n - 1)$, shape `(k,)`, from the largest down. `shares`: each variance as a share of the
#   variance of **all** components, kept or not; they are 0 where all rows are equal, never `nan`. So they are in a table
#   full of 0.1, too, although rounding puts its mean beside 0.1.
# - `X` has at least two rows; integers of any width, `float32` or `float64`; it is not written to. There may be more
#   columns than rows. The unit does not matter: values near 1e-60 or 1e60 are as good as others.
# - `k` runs from 1 to the smaller of the two sides of `X`; anything else raises a `ValueError` whose message holds `k`
#   and that limit.
# - **Small components count.** Deviations along one direction may be 1e-9 as large as along another, and each variance
#   must be right to a relative 1e-3 nevertheless. A covariance matrix has lost it: 1e-18 is below its rounding.
# - **Memory:** nothing square on the longer side of `X`. The checks take 4,000 × 6 and allow 32 MiB; a full $U$ alone
#   would need 122 MiB.
# - Not allowed: `PCA` and its kin of scikit-learn.
#
# **`draw_shares(X, goal)`** returns a matplotlib figure, your evidence:
#
# - a line: the cumulative share (from 0 to 1) over the number of components 1, 2, …, up to the smaller side of `X` (other
#   lines, one at `goal`, say, are welcome);
# - one scattered point at $(k^*, \text{its cumulative share})$, where $k^*$ is the **smallest number of components
#   whose cumulative share is at least `goal`** ($0 < \text{goal} < 1$);
# - a title that contains $k^*$, an x label that contains *components*, a y label that contains *variance*, and a y axis
#   that starts at 0.
#
# Values are compared to a relative 1e-6, components through what does not know their sign; `float32` data may be
# computed in `float32` or in `float64`. In the checks no cumulative share comes nearer than 1e-9 to `goal`, so rounding
# decides nothing.
#
# <details><summary>Hint 1 · the idea</summary>Everything asked for is in one SVD: the rows of <code>Vt</code>, and the
# singular values.</details>
# <details><summary>Hint 2 · the direction</summary>Use <code>full_matrices=False</code>. Divide by the sum over all
# singular values, not over the first <code>k</code>. Whether anything varies, ask the rows (is each equal to the
# first?), not the rounded sums. <code>draw_shares</code> can call <code>pca</code> with the largest
# <code>k</code>.</details>
# <details><summary>Hint 3 · almost the code</summary><code>np.cumsum(shares) &gt;= goal</code> is a row of
# <code>False</code> and then <code>True</code>; <code>argmax</code> finds the first <code>True</code>, and positions
# begin at 0 where numbers of components begin at 1.</details>
#
# <!-- worked out: 122 MiB = 4_000 * 4_000 * 8 / 2**20 -->


# %%
class PCA(NamedTuple):
    """The principal components of a table."""

    mean: NDArray[np.floating]
    components: NDArray[np.floating]
    variances: NDArray[np.floating]
    shares: NDArray[np.floating]


# %% nbgrader={"grade": false, "grade_id": "w03-q6-pca", "locked": false, "schema_version": 3, "solution": true, "task": false}
def pca(X: NDArray[np.number], k: int) -> PCA:
    """First principal components of the rows of a table.

    Parameters
    ----------
    X : array of shape (n_samples, n_features)
        Integers of any width, float32 or float64; at least two rows. Left as it is.
    k : int
        Number of components, from 1 to ``min(n_samples, n_features)``.

    Returns
    -------
    PCA
        ``mean`` of shape (n_features,), ``components`` of shape (k, n_features), ``variances`` and ``shares`` of shape
        (k,), from the largest variance down.

    Raises
    ------
    ValueError
        If `k` is out of range; the message holds `k` and the limit.

    Examples
    --------
    >>> result = pca(np.array([[1, 0], [3, 0], [5, 0]]), 1)
    >>> result.mean, np.abs(result.components), result.variances, result.shares
    (array([3., 0.]), array([[1., 0.]]), array([4.]), array([1.]))
    """
    ### BEGIN SOLUTION
    if not 1 <= k <= min(X.shape):
        raise ValueError(f"k is {k}: it must be between 1 and {min(X.shape)}")
    mean = X.mean(axis=0)
    _, s, Vt = np.linalg.svd(X - mean, full_matrices=False)
    varies = np.ptp(X, axis=0).any()  # the values say so, for rounding may have moved the mean
    shares = s**2 / (s**2).sum() if varies else np.zeros_like(s)
    return PCA(mean, Vt[:k], s[:k] ** 2 / (len(X) - 1), shares[:k])
    ### END SOLUTION


# %% nbgrader={"grade": false, "grade_id": "w03-q6-pca-figure", "locked": false, "schema_version": 3, "solution": true, "task": false}
def draw_shares(X: NDArray[np.number], goal: float) -> Figure:
    """Draw the cumulative share of variance and mark the smallest number of components that reaches a goal.

    Parameters
    ----------
    X : array of shape (n_samples, n_features)
        At least two rows, in which something varies.
    goal : float
        Share of the variance to reach, between 0 and 1.

    Returns
    -------
    Figure
        One line, one scattered point, a title with the number, both labels; the y axis starts at 0.
    """
    ### BEGIN SOLUTION
    reached = np.cumsum(pca(X, min(X.shape)).shares)
    number = int(np.argmax(reached >= goal)) + 1
    fig, ax = plt.subplots()
    ax.plot(np.arange(1, len(reached) + 1), reached)
    ax.scatter(number, reached[number - 1])
    ax.set(title=f"{number} of {len(reached)} components keep {goal:.0%} of the variance")
    ax.set(xlabel="number of components", ylabel="cumulative share of the variance")
    ax.set_ylim(bottom=0)
    return fig
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "w03-q6-pca-test", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
import sklearn.decomposition  # noqa: E402, F401 - so that its names can be watched

pca_classes = [f"sklearn.decomposition.{name}" for name in ("PCA", "IncrementalPCA", "TruncatedSVD", "KernelPCA")]


def check_pca(X, k, *, of, rtol=1e-6, atol=1e-9, causes=None):
    """Check all four parts against the definition; components through the projector on them."""
    before = X.copy()
    with check.not_called(*pca_classes, hint="one SVD of the centred table holds it all"):
        result = pca(X, k)
    check.unchanged(X, before, of="X")
    check.that(type(result) is PCA, f"{of}: expected a PCA(mean, components, variances, shares)")
    wide = X.astype(np.float64)
    centred = np.where((wide == wide[0]).all(axis=0), 0.0, wide - wide.mean(axis=0))
    _, s, Vt = np.linalg.svd(centred, full_matrices=False)
    largest = float(np.abs(wide).max())
    room = {"rtol": rtol, "atol": atol * largest}
    check.array(result.mean, wide.mean(axis=0), of=f"{of}: mean", shape="(n_features,)", **room)
    variances = s**2 / (len(X) - 1)
    expected = {
        "this divides by n instead of n − 1": variances[:k] * (len(X) - 1) / len(X),
        "these are standard deviations: square them": np.sqrt(variances[:k]),
        "these are the singular values: square them and divide by n − 1": s[:k],
        "the columns were not centred": np.linalg.svd(wide, compute_uv=False)[:k] ** 2 / (len(X) - 1),
    }
    top = float(variances[0])
    check.array(
        result.variances,
        variances[:k],
        of=f"{of}: variances",
        shape="(k,)",
        rtol=rtol,
        atol=1e-9 * top + (1e-15 * largest) ** 2,
        causes=expected,
    )
    shares = variances / variances.sum() if top else np.zeros_like(variances)
    lonely = {"shares of the k kept components only: all of them count": shares[:k] / max(shares[:k].sum(), 1e-300)}
    check.array(result.shares, shares[:k], of=f"{of}: shares", shape="(k,)", rtol=rtol, atol=1e-9, causes=lonely)
    C = result.components
    check.that(
        type(C) is np.ndarray and C.shape == (k, X.shape[1]) and C.dtype.kind == "f",
        f"{of}: expected components as floats of shape (k, n_features) = {(k, X.shape[1])}, got a "
        f"{type(C).__name__} of shape {np.shape(C)}; likely cause: components are rows of Vᵀ, not columns of U or V",
    )
    check.array(C @ C.T, np.eye(k), of=f"{of}: dot products of the components", atol=1e-5, rtol=0)
    along = (centred @ C.T.astype(np.float64)).var(axis=0, ddof=1)
    check.array(along, variances[:k], of=f"{of}: variance measured along each component", rtol=1e-4, atol=1e-6 * top)
    return result


X = np.array([[1, 5], [3, 9], [5, 1], [7, 5]])
result = check_pca(X, 2, of="pca(X, 2)")
check.array(result.mean, [4.0, 5.0], of="pca(X, 2).mean", rtol=1e-6)
check_pca(X, 1, of="pca(X, 1)")
pixels = load("digits").drop(columns="digit").to_numpy()
check_pca(pixels, 10, of="pca(pixels, 10)")
for wrong in (0, 3, -1):
    check.raises(ValueError, pca, X, wrong, mentions=[str(wrong), "2"])
    check.raises(ValueError, pca, X.T, wrong, mentions=[str(wrong), "2"])
### BEGIN HIDDEN TESTS
rng = np.random.default_rng(306)
# contract: "`mean`: the column means, shape `(n_features,)`"
for n, p, k in [(2, 1, 1), (2, 5, 2), (9, 4, 3), (40, 7, 7), (6, 30, 5), (60, 3, 1)]:
    P = rng.normal(size=(n, p)) @ rng.normal(size=(p, p)) + rng.normal(scale=20.0, size=p)
    result = check_pca(P, k, of=f"pca of a random {n} × {p} table, k = {k}")
    # contract: "each may point either way"
    _, _, Vt = np.linalg.svd(P - P.mean(axis=0), full_matrices=False)
    if k < n:
        turned = result.components * np.sign((result.components * Vt[:k]).sum(axis=1))[:, None]
        check.array(turned, Vt[:k], of=f"components of a random {n} × {p} table, up to sign", atol=1e-5)
# contract: "integers of any width, `float32` or `float64`"
for dtype in (np.uint8, np.int8, np.int32):
    P = rng.integers(0, 127, size=(20, 5)).astype(dtype)
    check_pca(P, 4, of=f"pca of {np.dtype(dtype)}")
check_pca(rng.normal(size=(30, 4)).astype(np.float32), 3, of="pca of float32", rtol=1e-4, atol=1e-6)
# contract: "`k` and that limit"
for n, p, k in [(5, 9, 6), (9, 5, 6), (9, 5, 0), (50, 23, -4), (12, 31, 13)]:
    check.raises(ValueError, pca, rng.normal(size=(n, p)), k, mentions=[str(k), str(min(n, p))])
### END HIDDEN TESTS

# %% nbgrader={"grade": true, "grade_id": "w03-q6-pca-edges", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
result = check_pca(np.full((5, 3), 7.0), 2, of="pca of a table in which nothing varies")
check.array(result.shares, [0.0, 0.0], of="shares where nothing varies", atol=1e-12)
check_pca(np.array([[0.0, 0.0, 2.0], [0.0, 0.0, 4.0]]), 2, of="pca of two rows")
turn = np.linalg.qr(np.random.default_rng(1).normal(size=(60, 3)))[0]
turn = np.linalg.qr(turn - turn.mean(axis=0))[0]
mix = np.array([[2.0, -1.0, 2.0], [2.0, 2.0, -1.0], [-1.0, 2.0, 2.0]]) / 3.0  # a rotation
result = pca(turn * [1.0, 1e-4, 1e-9] * np.sqrt(59.0) @ mix, 3)
check.array(
    result.variances / [1.0, 1e-8, 1e-18],
    np.ones(3),
    of="variances where deviations are 1, 1e-4 and 1e-9, over the true ones",
    rtol=1e-3,
)
tall = np.random.default_rng(2).normal(size=(4_000, 6))
with check.peak_memory(
    mib=32, hint="the SVD made square factors: full_matrices=False leaves out what is multiplied by 0"
):
    pca(tall, 2)
    pca(tall.T, 2)
for unit in (1e-60, 1e60):
    check_pca(np.array([[1, 5], [3, 9], [5, 1], [7, 5]]) * unit, 2, of=f"pca of numbers near {unit:g}")
check_pca(np.full((7, 3), 0.1), 2, of="pca of a table full of 0.1")
check_pca(np.tile([0.1, 0.7, -1.3], (7, 1)), 2, of="pca of seven equal rows")
### BEGIN HIDDEN TESTS
# contract: "they are 0 where all rows are equal, never `nan`"
equal = np.tile([0.1, 0.7, -1.3], (11, 1))
for constant in (np.zeros((2, 2)), np.full((4, 6), 3), np.full((9, 1), -2.5), equal):
    check_pca(constant, 1, of="pca of equal rows")
# contract: "The unit does not matter: values near 1e-60 or 1e60 are as good as others."
for unit in (1e-60, 1e-9, 1e9, 1e60):
    check_pca(np.random.default_rng(336).normal(size=(9, 3)) * unit, 3, of=f"pca of numbers near {unit:g}")
# contract: "There may be more columns than rows."
rng = np.random.default_rng(316)
check_pca(rng.normal(size=(3, 400)), 3, of="pca of 3 rows and 400 columns")
# contract: "Deviations along one direction may be 1e-9 as large as along another, and each variance must be right to a
# contract: relative 1e-3 nevertheless."
for deviations in ([1e-9, 1.0, 0.5], [1e-3, 1e3, 1e-6], [2.0, 1e-8, 1e-9]):
    P = turn * np.array(deviations) * np.sqrt(59.0) @ mix
    expected = np.sort(np.square(deviations))[::-1]
    result = pca(P, 3)
    check.array(result.variances / expected, np.ones(3), of="variances over the truth", rtol=1e-3)
    check.array(result.shares / expected * expected.sum(), np.ones(3), of="shares over the truth", rtol=1e-3)
### END HIDDEN TESTS


# %% nbgrader={"grade": true, "grade_id": "w03-q6-pca-shares", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
def check_shares_figure(X, goal, *, of):
    """Check the curve, the point, the words and the lower end of the y axis."""
    fig = draw_shares(X, goal)
    s = np.linalg.svd(X - X.mean(axis=0), compute_uv=False)
    reached = np.cumsum(s**2) / (s**2).sum()
    number = next(i for i, share in enumerate(reached, start=1) if share >= goal)
    check.figure(
        fig,
        title=str(number),
        x_label="components",
        y_label="variance",
        n_axes=1,
        lines=[(np.arange(1, len(reached) + 1), reached)],
        points=([number], [reached[number - 1]]),
        rtol=1e-6,
        of=of,
    )
    low = fig.axes[0].get_ylim()[0]
    check.that(abs(low) < 1e-9, f"{of}: the y axis should start at 0 and starts at {low:.3g}: ax.set_ylim(bottom=0)")
    plt.close("all")  # looked at, and shown below


pixels = load("digits").drop(columns="digit").to_numpy()
check_shares_figure(pixels, 0.9, of="draw_shares(pixels, 0.9)")
check_shares_figure(pixels, 0.5, of="draw_shares(pixels, 0.5)")
check_shares_figure(pixels[:25], 0.8, of="draw_shares of 25 digits")
### BEGIN HIDDEN TESTS
rng = np.random.default_rng(326)
# contract: "the **smallest number of components whose cumulative share is at least `goal`**"
for n, p, goal in [(30, 6, 0.75), (5, 20, 0.4), (50, 4, 0.01), (40, 9, 0.999), (8, 8, 0.6)]:
    P = rng.normal(size=(n, p)) @ rng.normal(size=(p, p))
    check_shares_figure(P, goal, of=f"draw_shares of a {n} × {p} table with goal {goal}")
# contract: "up to the smaller side of `X`"
check_shares_figure(pixels[100:140], 0.95, of="draw_shares of 40 digits")
### END HIDDEN TESTS

# %% tags=["only-draws"]
figure = attempt(draw_shares, pixels, 0.9)
figure

# %% [markdown]
# ## 7 · As small as the error allows ●●● · 30 min · 3 points
#
# A compressor that lets you choose the rank makes you guess; one that lets you choose the error keeps a promise. The
# same two thin factors shrink photographs, recommendation tables and the weight matrices of language models.
#
# Write `compress(A, max_error)`: two factors `left` of shape $(m, r)$ and `right` of shape $(r, n)$ with
#
# $$\frac{\lVert A - \text{left} \cdot \text{right}\rVert_F}{\lVert A\rVert_F} \le \text{max\_error},$$
#
# for **the smallest $r$ with which that is possible**.
#
# - $r$ may be 0: a target of 1 or more needs nothing, and neither does a matrix of zeros. The factors then have shapes
#   $(m, 0)$ and $(0, n)$; their product is all zeros.
# - **Memory:** nothing square on the longer side of `A`. The checks take 4,000 × 6 and allow 32 MiB.
# - The product is the best approximation of its rank. How you split it over the two factors is up to you.
# - `max_error` must be above 0; otherwise raise a `ValueError` whose message holds it. Targets in the checks lie between
#   1e-6 and 2, and no attainable error comes nearer than 1e-9 to them, so rounding decides nothing.
# - `A` holds integers of any width, `float32` or `float64`, of any scale from 1e-100 to 1e100, and is not written to.
#   The factors are floats. Any SVD is allowed. Rank by rank you could recompute the error; you need not.
#
# The product is compared to the best approximation with an absolute 1e-5 of the largest entry of `A`.
#
# <details><summary>Hint 1 · the idea</summary>The squared error of rank $r$ is the sum of the squares of the singular
# values you leave out: known for every $r$ before any product is formed.</details>
# <details><summary>Hint 2 · the direction</summary>You need sums of squares from the end. There is one more candidate
# than there are singular values: rank 0.</details>
# <details><summary>Hint 3 · almost the code</summary><code>np.cumsum(s[::-1] ** 2)[::-1]</code> are the tails: entry
# <code>r</code> is the squared error of rank <code>r</code>. Append a 0 for the full rank, take roots, and find the first
# that is at most <code>max_error</code> times entry 0.</details>


# %% nbgrader={"grade": false, "grade_id": "w03-q7-compress", "locked": false, "schema_version": 3, "solution": true, "task": false}
def compress(A: NDArray[np.number], max_error: float) -> tuple[NDArray[np.floating], NDArray[np.floating]]:
    """Factors of the smallest rank whose product comes as near to a matrix as asked.

    Parameters
    ----------
    A : array of shape (m, n)
        Integers of any width, float32 or float64; at least one row and column. Left as it is.
    max_error : float
        Largest norm of the difference, as a share of the norm of `A`; above 0.

    Returns
    -------
    left : array of floats of shape (m, r)
    right : array of floats of shape (r, n)
        ``left @ right`` approximates `A`; r may be 0.

    Raises
    ------
    ValueError
        If `max_error` is 0 or below; the message holds it.

    Examples
    --------
    >>> left, right = compress(np.array([[4, 0], [0, 3]]), 0.7)
    >>> left.shape, right.shape, left @ right
    ((2, 1), (1, 2), array([[4., 0.],
           [0., 0.]]))
    """
    ### BEGIN SOLUTION
    if max_error <= 0:
        raise ValueError(f"max_error is {max_error}: it must be above 0")
    U, s, Vt = np.linalg.svd(A.astype(np.float64), full_matrices=False)
    tails = np.append(np.cumsum(s[::-1] ** 2)[::-1], 0.0)  # entry r: squared error of rank r
    rank = int(np.argmax(np.sqrt(tails) <= max_error * np.sqrt(tails[0])))
    return U[:, :rank] * s[:rank], Vt[:rank]
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "w03-q7-compress-test", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
def check_compressed(A, max_error, rank, *, of):
    """Check the rank and the product against the best approximation."""
    before = A.copy()
    result = compress(A, max_error)
    check.unchanged(A, before, of="A")
    check.that(
        type(result) is tuple and len(result) == 2 and all(type(factor) is np.ndarray for factor in result),
        f"{of}: expected a pair of arrays (left, right), got a {type(result).__name__}",
    )
    left, right = result
    (m, n), found = A.shape, left.shape[-1] if left.ndim else 0
    check.that(
        left.shape == (m, found) and right.shape == (found, n) and left.dtype.kind == right.dtype.kind == "f",
        f"{of}: expected floats of shapes ({m}, r) and (r, {n}), got {left.shape} and {right.shape}",
    )
    too_many = "a smaller rank reaches the target, too" if found > rank else "the target is missed with it"
    check.that(found == rank, f"{of}: expected rank {rank}, got {found}: {too_many}")
    wide = A.astype(np.float64)
    U, s, Vt = np.linalg.svd(wide, full_matrices=False)
    best = U[:, :rank] * s[:rank] @ Vt[:rank]
    size = float(np.abs(wide).max()) or 1.0
    check.array(
        left @ right / size, best / size, of=f"{of}: left @ right, over the largest entry of A", rtol=0, atol=1e-5
    )


steps = np.diag([4.0, 3.0, 0.0])
for target, rank in [(0.7, 1), (0.59, 2), (0.01, 2), (1.5, 0)]:
    check_compressed(steps, target, rank, of=f"compress(diag(4, 3, 0), {target})")
check_compressed(np.array([[1, 2, 3], [2, 4, 6]]), 0.001, 1, of="compress of a table of rank 1")
check_compressed(np.diag([12, 4, 3]), 0.3, 2, of="compress(diag(12, 4, 3), 0.3)")
check_compressed(np.zeros((2, 4)), 0.1, 0, of="compress of zeros")
check_compressed(np.array([[2.5, 0.0], [0.0, 0.5]]), 0.1, 2, of="compress(diag(2.5, 0.5), 0.1)")
check_compressed(np.array([[3, 4]]), 0.5, 1, of="compress of a single row")
for scale in (1e-100, 1e100):
    check_compressed(np.diag([12.0, 4.0, 3.0]) * scale, 0.3, 2, of=f"compress of numbers near {scale:g}")
check_compressed((np.diag([12, 4, 3]) * 1e25).astype(np.float32), 0.3, 2, of="compress of float32 near 1e25")
for wrong in (0, -0.5):
    check.raises(ValueError, compress, steps, wrong, mentions=[str(wrong)])
### BEGIN HIDDEN TESTS
rng, cases = np.random.default_rng(307), []
# contract: "for **the smallest $r$ with which that is possible**"
for m, n in [(1, 1), (1, 6), (6, 1), (8, 8), (30, 12), (12, 30)]:
    left, right = np.linalg.qr(rng.normal(size=(m, min(m, n))))[0], np.linalg.qr(rng.normal(size=(n, min(m, n))))[0]
    s = np.geomspace(1.0, 0.002, min(m, n)) * 50
    cases += [(left * s @ right.T, s, target, f"{m} × {n}") for target in (0.8, 0.31, 0.047, 0.0033, 1e-6)]
# contract: "`A` holds integers of any width, `float32` or `float64`"
for dtype in (np.uint8, np.int16, np.int64):
    P = rng.integers(0, 120, size=(9, 7)).astype(dtype)
    s = np.linalg.svd(P.astype(float), compute_uv=False)
    cases += [(P, s, target, f"{np.dtype(dtype)}") for target in (0.4, 0.1, 0.02)]
for P, s, target, name in cases:
    enough = [np.sqrt((s[r:] ** 2).sum()) <= target * np.sqrt((s**2).sum()) for r in range(len(s) + 1)]
    check_compressed(P, target, enough.index(True), of=f"compress of {name} with target {target}")
# contract: "a target of 1 or more needs nothing, and neither does a matrix of zeros"
P = rng.normal(size=(5, 3))
check_compressed(P, 2.0, 0, of="compress with target 2")
check_compressed(P, 1.0000001, 0, of="compress with a target just above 1")
check_compressed(np.zeros((4, 4), dtype=int), 1e-6, 0, of="compress of integer zeros")
check_compressed(np.zeros((1, 3)), 1.5, 0, of="compress of a row of zeros")
# contract: "of any scale from 1e-100 to 1e100"
P = np.diag([12.0, 4.0, 3.0])
for scale in (1e-100, 1e-9, 1e9, 1e100):
    check_compressed(P * scale, 0.3, 2, of=f"compress of numbers near {scale:g}")
    check_compressed(P * scale, 0.5, 1, of=f"compress of numbers near {scale:g}")
for scale in (1e-30, 1.0, 1e30):
    check_compressed((P * scale).astype(np.float32), 0.3, 2, of=f"compress of float32 near {scale:g}")
# contract: "`max_error` must be above 0; otherwise raise a `ValueError` whose message holds it."
check.raises(ValueError, compress, P, -3.25, mentions=["-3.25"])
check.raises(ValueError, compress, np.zeros((2, 2)), 0.0, mentions=["0.0"])
### END HIDDEN TESTS


# %% nbgrader={"grade": true, "grade_id": "w03-q7-compress-photograph", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
def check_promise(A, max_error, *, of):
    """Check by measuring: the error kept, and missed with one rank less."""
    left, right = compress(A, max_error)
    wide = A.astype(np.float64)
    error = float(np.linalg.norm(wide - left @ right) / np.linalg.norm(wide))
    check.that(error <= max_error + 1e-9, f"{of}: the error should be at most {max_error:.3%} and is {error:.3%}")
    s = np.linalg.svd(wide, compute_uv=False)
    rank = left.shape[1]
    shorter = float(np.sqrt((s[rank - 1 :] ** 2).sum() / (s**2).sum())) if rank else np.inf
    check.that(shorter > max_error, f"{of}: rank {rank - 1} would do, with an error of {shorter:.3%}; got rank {rank}")


photo = load("flower")
for target in (0.2, 0.05):
    check_promise(photo[:, :, 1], target, of=f"the flower's green channel to {target:.0%}")
check_promise(load("china").reshape(427, -1), 0.1, of="the temple in all its colours to 10%")
tall = np.random.default_rng(3).normal(size=(4_000, 6))
with check.peak_memory(
    mib=32, hint="the SVD made square factors: full_matrices=False leaves out what is multiplied by 0"
):
    compress(tall, 0.5)
    compress(tall.T, 0.5)
### BEGIN HIDDEN TESTS
# contract: "for **the smallest $r$ with which that is possible**"
check_promise(photo[:, :, 0], 0.1234, of="the flower's red channel to 12.34%")
check_promise(photo[::2, ::2, 2].T, 0.031, of="the flower's blue channel, on its side, to 3.1%")
check_promise(load("digits").drop(columns="digit").to_numpy(), 0.25, of="all the digits to 25%")
### END HIDDEN TESTS

# %% [markdown]
# **Worth keeping.** Your compressor with three promises. Laid side by side, the colours of a photograph are one matrix
# of 427 rows and 1,920 columns, and all three share their left factor.
#
# <!-- worked out: 1,920 = 640 * 3 -->

# %% tags=["only-draws"]
photo, pictures = load("flower"), {}
for target in (0.2, 0.1, 0.05):
    factors = attempt(compress, photo.reshape(427, -1), target)
    if factors is not None:
        numbers = sum(factor.size for factor in factors) / photo.size
        caption = f"error ≤ {target:.0%}: rank {factors[0].shape[1]},\n{numbers:.0%} of the numbers"
        pictures[caption] = (factors[0] @ factors[1]).reshape(photo.shape).round().clip(0, 255).astype(np.uint8)
plotting.show_images({**pictures, f"original:\n{photo.size:,} numbers": photo}, title="A promise about the error")

# %% [markdown]
# ## 8 · Merge the shortcut? ●●○ · 30 min · 3 points
#
# Why should you not invert a matrix to solve a least-squares problem, and what do you do instead? The question is asked
# in interviews because it is decided in pull requests.
#
# A revenue model is refitted every night on 2 million rows and 12 columns of `float64`, among them a constant, the
# calendar year (2005 to 2024), its square, its cube and the turnover in euros. Finance reads the *coefficients*. A
# colleague proposes:
#
# ```python
# def fit(X, y):                              # (2_000_000, 12) and (2_000_000,)
#     return np.linalg.solve(X.T @ X, X.T @ y)
# ```
#
# and writes: *"Replaces `Q, R = np.linalg.qr(X)` and `np.linalg.solve(R, Q.T @ y)`: 0.06 s instead of 1.4 s. I know that
# one does not invert, so I don't. The root mean squared residual is the same to four digits, 19,980 euros, so the answer
# is the same. And `solve` raised no error, so the matrix is invertible."*
#
# You measure $\kappa(X) = 5 \cdot 10^{17}$. Most of that is units: with each column divided by its length, which changes
# nothing for QR, $\kappa = 5 \cdot 10^8$ is left. Once the mean year is subtracted *before* it is squared and cubed, and
# the columns are scaled, $\kappa = 5$. The residual is about 5% of $y$.
#
# **Decide what you would merge, and say why** to a colleague who is no fool. Cover:
#
# - how many digits of the coefficients each way can promise by the rule of the lesson, which compares $\kappa$ or
#   $\kappa^2$ with the 16 digits of a `float64`: on the columns as they are (take the $\kappa$ without units), and after
#   centring and scaling;
# - why neither the equal residuals nor the missing error is evidence;
# - what you would merge instead, what it costs, and which check you would add so that the next such column is noticed.
#
# 200–350 words. No code is needed; numbers are.
#
# <!-- fact: 0.06 s; simulated with 2 million such rows on one core, as are 1.4 s, the residuals and all three κ -->
# <!-- fact: 1.4 s; the same simulation -->
# <!-- fact: 19,980 euros; the same simulation: 19,982.5 by QR and 19,982.7 by the proposal -->
# <!-- fact: 5%; the same simulation: 0.053 -->

# %% [markdown] nbgrader={"grade": true, "grade_id": "w03-q8-decision", "locked": false, "points": 3, "schema_version": 3, "solution": true, "task": false}
# **My review:**
#
# ### BEGIN SOLUTION
# I would not merge this, but its speed can be kept.
#
# `float64` carries about 16 digits. QR works on `X` and may lose as many as κ has: with κ = 5·10⁸ it promises about
# seven. `X.T @ X` has the condition number κ² ≈ 3·10¹⁷, beyond 10¹⁶: nothing is promised. The digits are lost when
# `X.T @ X` is rounded, before `solve` even starts; `inv` or Cholesky on the same matrix would lose them too, and `inv`
# adds errors of its own. (Strictly, a residual of 5% adds a term with κ² to QR's bound as well. One more reason to
# centre.)
#
# Equal residuals prove little: over twenty years the powers of the year are almost dependent, so very different
# coefficients give almost the same predictions. That *is* what a large κ means. Finance reads coefficients, the residual
# measures predictions. And no error from `solve` only says that no pivot was exactly 0 after rounding; rounding makes
# almost every singular matrix invertible.
#
# I would merge centring and scaling first: subtract the mean year before squaring and cubing, scale the columns,
# transform the coefficients back in exact or extended arithmetic for the report. κ falls to 5, and then even the normal
# equations keep 14 of 16 digits. So two choices are sound: QR (2mn² ≈ 6·10⁸ operations and a `Q` of 192 MB, or block by
# block without it), or the normal equations by Cholesky at half the arithmetic. I take QR by blocks as the default: it
# stays right when somebody adds a column, and a second a night is nothing. Not `lstsq` on the raw columns: its cut-off
# grows with the rows, and it would drop a direction silently.
#
# The check: compute κ of the scaled columns from the 12 × 12 `R` every night, free of charge; warn above 10⁴, refuse
# above 10⁶. And one test: a design with known coefficients and raw years, compared coefficient by coefficient.
# ### END SOLUTION

# %% [markdown] nbgrader={"grade": false, "grade_id": "w03-q8-decision-rubric", "locked": true, "schema_version": 3, "solution": false, "task": false}
# Marked by a person: one point for the digits, one for the evidence, one for a decision with its cost and its check.
#
# <!-- BEGIN MARK SCHEME -->
#
# **1 point · digits.** Sixteen digits less log₁₀ κ: about seven for QR on the columns as they are; κ² ≈ 3·10¹⁷ and
# therefore none for the normal equations; after scaling about 15 by QR and 14 to 15 by the normal equations. Says that
# forming XᵀX squares κ (or that its rounding already loses the answer). One digit more or less does not matter. An
# answer that adds the residual's term of QR's bound (κ² times 5%) and concludes that QR on raw years promises nothing
# either is right as well: simulated, QR kept seven digits and the proposal none (every power of the year was off by 90%
# or more). No point for "inverting is unstable" without numbers, or for praising `solve` while keeping XᵀX on the raw
# data.
#
# **1 point · evidence.** Equal residuals: almost dependent columns let different coefficients predict the same, so
# residuals cannot tell them apart, and coefficients are what is read. No error: only an exact zero pivot raises;
# rounding hides singularity. Both are needed for the full point; half for one.
#
# **1 point · decision.** Names what to merge: centre and scale, then QR, SVD (`lstsq`) or, argued from κ = 5, Cholesky
# or `solve` on the normal equations. Says what it costs (operations, memory, seconds or a factor of about two) and names
# a check that would fail for the next bad column: a threshold on κ or on the singular values, or a test with known
# coefficients. No point for "use QR" without cost or check. Half for `lstsq` on the raw columns: with 2 million rows its
# cut-off is 4·10⁻¹⁰ of the largest singular value, and it drops a direction. Ridge earns the point if the bias is named.
#
# Half points are allowed. Keeping the normal equations after scaling is as good as QR if it is justified by κ² ≈ 25.
# Do not mark style or length.
#
# <!-- END MARK SCHEME -->
