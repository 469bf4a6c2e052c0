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
# # Week 1 · Thinking in arrays
#
# A table of 4,000 × 4,000 small floats fills 64 MB. Transpose it and every number off the diagonal belongs somewhere
# else. How long should that take?
#
# In a minute your own machine will do it in less time than Python needs to add up a thousand numbers, and in about
# the time it needs for a 2 × 2 table.
#
# **How can you rearrange sixteen million numbers without touching one of them?**
#
# The answer fits in a sentence. The same sentence explains how one line replaces a slow loop, how a harmless-looking
# slice rewrites your training data, and how a perfect model can report a terrible error without any error message.
#
# <!-- worked out: 64 MB = 4_000 * 4_000 * 4 -->

# %% [markdown]
# ## What you will be able to do
#
# - **Predict** the shape, dtype and memory of an array expression before running it: exercises 2 (pairwise distances)
#   and 6 (thumbnail).
# - **Replace** loops over rows by broadcasting that stays within a memory limit: exercises 2 and 4 (one-hot
#   encoding).
# - **Tell** a view from a copy, and never write into a caller's array by accident: exercises 1 (standardise), 3
#   (moving average) and 8 (a review, in words).
# - **Compute** statistics along any axis of data with missing values: exercises 1, 3 and 5 (seasonal mean).
# - **Write** simulations that give the same result for the same seed: exercise 7 (random walks).
#
# **Time** about 75 minutes, with the predictions written down. **Before you start** Python functions, lists and
# loops; no NumPy. **Memory** under 1 GiB; everything runs in well under a minute.

# %% [markdown]
# One tool for the whole hour: the time of a call, taken as the best of five short runs, because everything else your
# computer does can only make it slower. First use: the claim above, with the two transposes and the sum of a list of
# a thousand numbers.

# %%
import math
import timeit
from collections.abc import Callable
from functools import partial

import matplotlib.pyplot as plt
import numpy as np
from numpy.typing import NDArray

from coursekit import plotting
from coursekit.data import load

plotting.use_course_style()


def seconds(call: Callable[[], object]) -> float:
    """Seconds that one call takes: the best of five runs of about 10 ms."""
    timer = timeit.Timer(call)
    number = max(1, int(0.01 / timer.timeit(1)))
    return min(timer.repeat(repeat=5, number=number)) / number


small, large = np.ones((2, 2), dtype=np.float32), np.ones((4_000, 4_000), dtype=np.float32)
thousand = [1.0] * 1_000
calls = {"2 × 2": lambda: small.T, "4,000 × 4,000": lambda: large.T, "sum": lambda: sum(thousand)}
{name: f"{1e9 * seconds(call):,.0f} ns" for name, call in calls.items()}

# %% [markdown]
# Size made no difference, so nothing moved. To see why, look inside something we can check by hand.
#
# ## 1 · A buffer and a recipe
#
# An array is a row of bytes, the **buffer**, and a recipe for reading it: a **dtype** (how to read one number), a
# **shape**, and **strides** (how many bytes to walk for one step along each axis). Element $(i, j)$ begins at
#
# $$\text{byte}(i, j) = \text{start} + i\,s_0 + j\,s_1,$$
#
# with strides $s_0, s_1$ in bytes. Take a 2 × 3 table of `int16`, 2 bytes each. A step right costs 2 bytes, a step
# down a whole row: 6. So `X[1, 2]` begins at byte $1 \cdot 6 + 2 \cdot 2 = 10$. Read the buffer there:

# %%
X = np.array([[10, 20, 30], [40, 50, 60]], dtype=np.int16)
i, j = 1, 2
byte = i * X.strides[0] + j * X.strides[1]
X.strides, byte, np.frombuffer(X.tobytes(), dtype=X.dtype, count=1, offset=byte)

# %% [markdown]
# The formula found `60` with no knowledge of rows or columns.
#
# **Predict, then run.** Which shape and strides does `X.T` have, and `X[:, ::-2]` (every second column, starting from
# the last)? And how could one stored column be read as *three*? Write your answers down; the drawing gives them.

# %%
views = {
    "X": X,
    "X.T": X.T,
    "X[:, ::-2]": X[:, ::-2],
    "np.broadcast_to(X[:, :1], (2, 3))": np.broadcast_to(X[:, :1], (2, 3)),
}
plotting.draw_memory(X, views, title="One buffer, four recipes")

# %% [markdown]
# Left, what you see, a colour for each row; right, the same 12 bytes every time. A coloured cell is read for the
# element numbered below it, a white one not at all. Only the recipe changes, and that answers the opening question:
# **an array is a buffer and a recipe for reading it, and `.T` rewrites only the recipe.** A negative stride walks
# backwards. A stride of 0 stays where it is, so one stored column poses as three; keep that in mind. Rows may even
# overlap: exercise 3 reads every window of a series that way.
#
# <!-- worked out: 12 bytes = 2 * 3 * 2 -->
#
# An array that reads another's buffer is a **view**. A photograph is an array too: rows × columns × 3 colours, a byte
# each.

# %%
photo = load("flower")
views = {
    "photo": photo,
    "photo[:, ::-1]": photo[:, ::-1],
    "swapaxes(0, 1)": photo.swapaxes(0, 1),
    "photo[:, :, 0]": photo[:, :, 0],
}
captions = [f"{name}\nshared: {np.shares_memory(photo, view)}" for name, view in views.items()]
plotting.show_images(dict(zip(captions, views.values(), strict=True)), title="Four pictures")

# %% [markdown]
# Mirrored, turned, reduced to its red channel (bright where there is much red): four pictures, one buffer.
#
# ## 2 · What breaks: two names, one buffer
#
# Free views have a price. **Predict, then run:** what does `data` hold after these lines, and does adding 100 to
# `chosen` change it too?

# %%
data = np.array([[1.0, 10.0], [3.0, 30.0], [5.0, 50.0]])

batch = data[:2]
batch -= batch.mean(axis=0)  # centre the first two rows
chosen = data[[0, 1]]
chosen += 100
data, chosen

# %% [markdown]
# Two rows of the original are gone, without a warning: `data[:2]` is a view, and `-=` writes into its buffer. Whoever
# reads `data` next gets damaged numbers. `chosen` did no harm: the positions in a list may jump about, which no
# stride can describe, so NumPy copies.
#
# **Rule.** Slices, `.T` and, where strides allow, `.reshape` give views; lists, masks and arithmetic give new arrays.
# Ask `np.shares_memory`. In a function write `batch = batch - …`, never `batch -= …` on what a caller gave you.
#
# The dtype sets a trap too. **Predict, then run.** A byte holds 0 to 255. Brighten this temple by 80. What becomes of
# the sky, where most values are above 200?

# %%
temple = load("china")
wrapped = temple + 80
clipped = np.clip(temple.astype(np.int16) + 80, 0, 255).astype(np.uint8)
pictures = {"temple + 80": wrapped, "widened, added, clipped": clipped}
above = np.mean(temple[:100] > 200)
plotting.show_images(pictures, title=f"Brightening {temple.dtype}: {above:.0%} of the top 100 rows exceeds 200")

# %% [markdown]
# Left, night fell and the roof glitters: 200 + 80 = 280 does not fit, a byte starts again at 0 after 255, and out
# comes 24. No exception, no warning. Right: make room first, calculate, cut to the range, return to bytes. **Rule:**
# before arithmetic, ask what the largest result is and whether the dtype can hold it.
#
# ## 3 · Why one line beats a loop
#
# Compact buffers also make arrays quick. Let four ways race to the same sum of squares $\sum_i x_i^2$: Python over
# the array, Python over a list, NumPy, and NumPy reading every sixteenth number of a buffer sixteen times as long.
# The last one asks whether only the *amount* of work matters. Sizes and times span powers of ten, so both axes are
# logarithmic.

# %%
buffer, numbers, sizes = large.ravel(), [1.0] * 1_000_000, [10**k for k in range(7)]
ways = {
    "Python over the array": lambda n: sum(value * value for value in buffer[:n]),
    "Python over a list": lambda n: sum(value * value for value in numbers[:n]),
    "NumPy, every 16th number": lambda n: (buffer[: 16 * n : 16] ** 2).sum(),
    "NumPy, neighbours": lambda n: (buffer[:n] ** 2).sum(),
}
times = {name: [seconds(partial(way, n)) for n in sizes] for name, way in ways.items()}
ratio = times["Python over a list"][-1] / times["NumPy, neighbours"][-1]
gaps = times["NumPy, every 16th number"][-1] / times["NumPy, neighbours"][-1]
title = f"A million squares: NumPy {ratio:,.0f} times as fast as a list; gaps cost a factor of {gaps:.1f}"
plotting.draw_timings(sizes, times, title=title)

# %% [markdown]
# Towards the right all lines climb with $n$; the vertical distance is the price per number. Python asks each number
# for its type, looks up what `*` means for it, and makes an object for the result; over an array it must first make
# an object for each element, which a list already has. NumPy asks once, then compiled code runs through the buffer.
# On the left NumPy is flat: every call has a fixed price, and for a handful of numbers Python can win.
#
# The two NumPy lines square *equally many* numbers. They run together while the data is small enough for the
# processor's caches, then part. Memory arrives in blocks, typically of 64 bytes, so every 16th `float32` costs a
# block of its own. It costs less than sixteen times as much, for processors fetch a steady pattern ahead. **Rule:**
# let the innermost work run over neighbours.
#
# <!-- fact: 64 bytes; a cache line of today's x86 and most ARM processors -->

# %% [markdown]
# ## 4 · Broadcasting: stretch without copying
#
# A loop often hides in "for each row, for each column". To add a column (3, 1) to a row (4,):
#
# 1. Align the shapes at the right; missing axes count as 1.
# 2. On each axis the lengths must be equal, or one of them 1.
# 3. The 1 is stretched to the other's length.
#
# $$\text{sum}_{ij} = \text{column}_{i} + \text{row}_{j}, \qquad i = 0, 1, 2, \quad j = 0, 1, 2, 3.$$
#
# By hand: row 1, column 2 is $10 + 3 = 13$.

# %%
column, row = np.array([[0], [10], [20]]), np.array([1, 2, 3, 4])
plotting.draw_broadcast(column, row, title="A column plus a row is a table")

# %% [markdown]
# Filled cells are stored, dashed ones are only read again, and 13 stands where you put it. You have met the trick: a
# stretched axis has **stride 0**, so stretching is free. The *result* is stored in full, and that is where memory
# goes.
#
# Data seldom arrives as a column. Indexing with `None` adds an axis of length 1 where the `None` stands: `tens[:,
# None]` is a column, `tens[None, :]` a row, both views. **Predict, then run:** what happens to `tens + row` without
# it, and what is `tens[:, None] - tens`?

# %%
tens = np.array([0, 10, 20])
try:
    tens + row
except ValueError as error:
    print(error)
print({"tens[:, None]": tens[:, None].shape, "tens[None, :]": tens[None, :].shape})
print("same table as above:", np.array_equal(tens[:, None] + row, column + row))
tens[:, None] - tens

# %% [markdown]
# The last table holds every difference of two entries: a column against a row asks **each about each**, without a
# loop. Remember it for exercises 2 and 4.
#
# **Predict, then run.** Which of these pairs fit, with which shape? The last is every difference between 20,000
# points and 20,000 others in 50 dimensions: how many bytes of `float64`?

# %%
shapes = [((5, 3), (3,)), ((5, 3), (5,)), ((5, 3), (5, 1)), ((8, 1, 6), (7, 1))]
for first, second in [*shapes, ((20_000, 1, 50), (20_000, 50))]:
    try:
        shape = np.broadcast_shapes(first, second)
        print(f"{first} with {second}: {shape}, {8 * math.prod(shape):,} bytes")
    except ValueError:
        print(f"{first} with {second}: do not fit")

# %% [markdown]
# `(5, 3)` and `(5,)` do not fit, although both begin with 5: alignment is at the *right*. And the last pair would
# fill 160 GB. Exercise 2 makes you find the way around.
#
# Shapes that do not fit raise an error, which is the friendly case. The unfriendly one: shapes that fit by accident.
# **Predict, then run:** the mean squared error of a model that predicts $y = 3x$ *perfectly*. (`@` is the matrix
# product: 200 × 1 times 1 × 1.)

# %%
rng = np.random.default_rng(1)
x = rng.normal(size=200)
y = 3.0 * x
weights = np.array([[3.0]])  # n_features × n_outputs
prediction = x[:, None] @ weights
guesses = {"perfect": prediction, "always the mean": np.full((200, 1), y.mean())}
{name: f"mean squared error {((y - guess) ** 2).mean():.3f}" for name, guess in guesses.items()}

# %% [markdown]
# It should be 0. `y` has shape (200,), `prediction` (200, 1), so their difference is a 200 × 200 table of everybody
# against everybody. Worse, this loss prefers a model that always says the mean: training on it would run without
# complaint, towards a model that ignores $x$.
#
# The fix is to drop the extra axis. The *lasting* fix is a loss that refuses shapes that differ:


# %%
def mean_squared_error(y: NDArray, prediction: NDArray) -> float:
    """Mean squared error; the shapes must be equal, not merely broadcast."""
    if y.shape != prediction.shape:
        raise ValueError(f"y is {y.shape}, prediction {prediction.shape}: shapes must be equal")
    return float(((y - prediction) ** 2).mean())


try:
    mean_squared_error(y, prediction)
except ValueError as error:
    print(error)
mean_squared_error(y, prediction[:, 0])

# %% [markdown]
# ## 5 · Reduce along an axis, select with an array
#
# `axis=k` names the axis that **disappears**. `X` has shape (2, 3), so `X.sum(axis=0)` has shape (3,), and by hand
# its first entry is 50. `axis=1` leaves (2,). With `keepdims=True` the axis stays as a 1, so the result broadcasts
# back against `X`: here, each entry as a share of its row.
#
# Two axes can disappear at once: the mean of a photograph over rows and columns is one colour. To reduce *parts* of
# an axis, let `reshape` split it first: twelve months are four quarters of three. And `cumsum` removes nothing; it is
# the running total along its axis.

# %%
X, months = np.array([[10, 20, 30], [40, 50, 60]]), np.arange(1, 13)
{
    "X.sum(axis=0)": X.sum(axis=0),
    "X.sum(axis=1)": X.sum(axis=1),
    "shares": (X / X.sum(axis=1, keepdims=True)).round(2),
    "mean colour": photo.mean(axis=(0, 1)).round(1),
    "quarters": months.reshape(4, 3).sum(axis=1),
    "running totals": X.cumsum(axis=1),
}

# %% [markdown]
# Now all of it on the photograph. Draw eight of its pixels as a palette and give every pixel the nearest of the
# eight: colour distances broadcast over an axis of length 8, and `argmin` makes it disappear, leaving positions. (In
# `reshape`, -1 stands for the length that fits; as an axis it is the last.)
#
# - **Fancy indexing** `palette[nearest]`: an array of positions looks up one colour for each entry.
# - **Boolean indexing** `spotlight[~petals]`: a mask picks pixels, `~` turns it over. Assigning writes into
#   `spotlight`, hence the copy.

# %%
pixels = photo.reshape(-1, 3)
palette = pixels[np.random.default_rng(12).choice(len(pixels), size=8)]
nearest = np.abs(photo[:, :, None].astype(np.int16) - palette).sum(axis=-1).argmin(axis=-1)

petals = photo[:, :, 0] > 100
spotlight = photo.copy()
spotlight[~petals] //= 4

used = np.unique(nearest)  # the distinct values, in increasing order
names = [f"nearest: {used[0]} (dark) to {used[-1]} (bright)", "palette[nearest]", f"mask: {petals.mean():.0%} bright"]
pictures = zip(names, [nearest, palette[nearest], spotlight], strict=True)
plotting.show_images(dict(pictures), title="For each pixel")

# %% [markdown]
# Left, a position in each pixel; in the middle, the look-up has turned positions into colours and gained an axis;
# right, the mask's work. The share in the last caption is `petals.mean()`: `True` counts as 1, so the mean of a mask
# is a share and its sum a count.
#
# ## 6 · When numbers are missing
#
# Real data has holes. The weekly CO₂ record of Mauna Loa marks them with NaN, "not a number", a float that turns
# everything it touches into NaN. It is not even equal to itself, so look for it with `np.isnan`, never with `==`.
# Masks combine: `&` asks for both, `|` for either. `np.where(mask, a, b)` takes `a` where the mask is true, else `b`.
# **Predict, then run:** what happens to the mean if the holes are filled with 0?

# %%
co2 = load("co2")
level = co2["co2"].to_numpy()
missing, in_1964 = np.isnan(level), co2.index.year == 1964
{
    "mean": f"{level.mean():.2f} ppm",
    "nanmean": f"{np.nanmean(level):.2f} ppm",
    "mean with 0 for the holes": f"{np.where(missing, 0.0, level).mean():.2f} ppm",
    "missing": f"{missing.sum()} of {missing.size:,} weeks",
    "measured in 1964": f"{(in_1964 & ~missing).sum()} of {in_1964.sum()} weeks",
    "nan == nan": np.nan == np.nan,
}

# %% [markdown]
# The NaN from `mean` is no nuisance. It is an honest answer: some weeks are unknown. The zeros lie quietly: nothing in
# their mean looks wrong. `nanmean` leaves the holes out, and that is *your* decision, right only if they have nothing
# to do with the values.
#
# When in the year does the air hold most CO₂? Fit a smooth curve for the growth, read the record on a table of 43
# years × 52 weeks (a column plus a row again), subtract, and average over the years. Gaps stay NaN on the way, and
# widen a little: `np.interp` reads between two weeks and needs both.

# %%
t = (co2.index.year + co2.index.day_of_year / 365.25).to_numpy()
growth = np.polynomial.Polynomial.fit(t[~missing], level[~missing], deg=2)

years, weeks = np.arange(1959, 2002), np.arange(52) / 52
grid = years[:, None] + weeks
departure = np.interp(grid, t, level) - growth(grid)
season = np.nanmean(departure, axis=0)
departure.shape, season.shape, f"{np.isnan(departure).sum()} of {departure.size:,} missing"

# %% [markdown]
# Axis 0 has disappeared: forty-three years became one typical year. The whole record on the left, that year on the
# right; `np.ptp` is the largest value minus the smallest.

# %%
fig, (left, right) = plt.subplots(1, 2, figsize=(12, 4.4), width_ratios=[5, 4])
left.plot(t, level, linewidth=0.9, label="weekly measurement")
left.plot(t, growth(t), "k", linewidth=1.2, label="smooth growth")
left.plot(t[missing], np.full(missing.sum(), 308), "|", color="C1", label="missing week")
left.set(title="CO₂ at Mauna Loa", xlabel="year", ylabel="CO₂ (ppm)")
right.plot(12 * weeks, departure.T, color="0.88", linewidth=0.8)
right.plot(12 * weeks, season, color="C1", linewidth=3, label="mean of all years")
half = np.nanmean(season[26:])
right.axhline(half, linestyle="--", label=f"July to December: {half:.1f} (all year: {np.nanmean(season):.1f})")
right.set(title=f"A swing of {np.ptp(season):.1f} ppm", xlabel="month", ylabel="above growth (ppm)")
right.set_xticks(np.arange(12) + 0.5, list("JFMAMJJASOND"))
for ax in (left, right):
    ax.legend()
plt.show()

# %% [markdown]
# Each pale line is a year, and all breathe alike: highest in May, before the northern forests are in full leaf,
# lowest around the end of September. And the dashed line: had the station been closed from January to June, `nanmean`
# would report it as the mean of the year, and could not know.
#
# ## 7 · Randomness you can repeat
#
# An experiment nobody can repeat is an anecdote. A `Generator` is a stream of random numbers fixed by its seed. *Pass
# it in*, and a function depends on its arguments alone, not on a global state that any import may have moved.
#
# For a simulation without a loop, **give the repetition its own axis**. How likely is it that two of 23 people share
# a birthday? One row per group of people:


# %%
def shared_birthday(n_people: int, n_groups: int, rng: np.random.Generator) -> float:
    """Share of simulated groups in which at least two people have the same birthday."""
    days = np.sort(rng.integers(365, size=(n_groups, n_people)), axis=1)
    return (np.diff(days, axis=1) == 0).any(axis=1).mean()


estimates = [shared_birthday(23, 20_000, np.random.default_rng(seed)) for seed in (7, 7, 8)]
exact = 1 - np.prod(1 - np.arange(23) / 365)
{
    "seeds 7, 7, 8": [f"{estimate:.5f}" for estimate in estimates],
    "exact": f"{exact:.5f}",
    "typical miss": f"{np.sqrt(exact * (1 - exact) / 20_000):.5f}",
}

# %% [markdown]
# The same seed gives the same answer to the last digit, another seed another, and both lie within twice the typical
# miss of the exact value (week 4 says why). Independent streams for parallel workers come from `rng.spawn(4)`.
#
# ## 8 · Where floats run out
#
# A float has a fixed number of digits, so the gap to its neighbour grows with its size. Where the gap exceeds 1,
# whole numbers are missing and a counter that adds 1 gets stuck. **Predict, then run:** how far can `float16`,
# `float32` and `float64` count?

# %%
fig, ax = plt.subplots(figsize=(8.5, 4.4))
for dtype, marker in ((np.float16, "o-"), (np.float32, "s-"), (np.float64, "^-")):
    top = min(1e18, float(np.finfo(dtype).max))
    size = np.geomspace(1e-3, 0.99 * top, 60).astype(dtype)
    last = next(2**k for k in range(64) if dtype(2**k) + dtype(1) == dtype(2**k))
    ax.loglog(size, np.spacing(size).astype(float), marker, label=f"{dtype.__name__}: {last:,}")
ax.axhline(1, color="k", linestyle="--", linewidth=1)
ax.set(title="The gap to the next float grows with the number", xlabel="number", ylabel="gap")
ax.legend(title="counts up to")
plt.show()

# %% [markdown]
# The gap doubles at every power of two; on the short `float16` line you can see the steps. The legend tried adding 1
# to each power of two and names the first that did not change. Above the dashed line whole numbers are skipped, so a
# `float32` cannot count the pixels of a 24-megapixel camera.
#
# What breaks: subtracting two big, nearly equal numbers leaves little but gap. The textbook identity
# $\operatorname{var}(x) = \overline{x^2} - \bar{x}^2$ holds for real numbers. Watch it with floats, near $10^8$ and
# with true variance 1.

# %%
x = np.random.default_rng(3).normal(loc=1e8, scale=1.0, size=100_000)
{
    "mean of squares − square of mean": f"{(x**2).mean() - x.mean() ** 2:.4f}",
    "mean of squared differences": f"{((x - x.mean()) ** 2).mean():.4f}",
    "gap between floats at 1e16": f"{np.spacing(1e16)}",
    "float32: 16,777,216 + 1": f"{np.float32(16_777_216) + np.float32(1):,.0f}",
    "0.1 + 0.2 == 0.3": 0.1 + 0.2 == 0.3,
    "np.isclose(0.1 + 0.2, 0.3)": bool(np.isclose(0.1 + 0.2, 0.3)),
}

# %% [markdown]
# The squares are near $10^{16}$, where floats lie 2 apart, so the first line *cannot* come near 1; it may even be
# negative. **Rule:** subtract first, then square, and compare floats with a tolerance.
#
# ## Recap
#
# 1. An array is a buffer and a recipe (dtype, shape, strides). A view is a new recipe for an old buffer.
# 2. Arithmetic allocates, slices share, `-=` writes to whoever shares.
# 3. Shapes align at the right; a 1 stretches at stride 0, but the result is stored in full.
# 4. `axis=k` disappears; NaN spreads until you decide otherwise; the mean of a mask is a share.
# 5. Ask what the dtype can hold, pass the `Generator` in, subtract before you square.

# %% [markdown]
# ## The interview question
#
# *Why is a vectorised NumPy expression faster than a Python loop, and when would you keep the loop?*
#
# <details><summary>What a strong answer contains</summary>
#
# One type check for the whole array instead of one per element; no Python object per number; contiguous memory, so
# caches and vector instructions work; a measurement, with its size, rather than a slogan. And the other side: each
# call has a fixed price, intermediate arrays can exceed memory, a step that depends on the last does not vectorise.
# Then keep the loop, or loop over blocks. Weak answers say "NumPy is written in C" and stop.
#
# </details>
#
# ## Primary sources
#
# - NumPy guide: [copies and views](https://numpy.org/doc/stable/user/basics.copies.html),
#   [broadcasting](https://numpy.org/doc/stable/user/basics.broadcasting.html)
# - NumPy reference: [random Generator](https://numpy.org/doc/stable/reference/random/generator.html)
# - Harris et al., [Array programming with NumPy](https://doi.org/10.1038/s41586-020-2649-2), 2020
# - Goldberg, [What every computer scientist should know about floating-point
#   arithmetic](https://doi.org/10.1145/103162.103163), 1991
