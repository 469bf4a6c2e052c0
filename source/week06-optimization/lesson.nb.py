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
# # Week 6 · Loss functions, gradients and why learning works
#
# A diagnosis from cell nuclei: thirty measurements, thirty-one weights. Ten candidate values for each weight make
# $10^{31}$ models. If you tried a hundred thousand of them every second, you would finish long after the last star has
# gone out.
#
# In a moment your machine will find a model better than nearly all of them, by looking at a few hundred.
#
# **How can anything find the best of $10^{31}$ models after trying a few hundred?**
#
# Everything that is called learning in this course, up to the language models, rests on the answer. So does the
# explanation of why a run may take a thousand times longer than it should, or fall over after thirty steps.

# %% [markdown]
# ## What you will be able to do
#
# - **Derive** the gradient of a loss and prove it right by finite differences: exercises 1 and 2.
# - **Implement** gradient descent, SGD, momentum and Adam, each matching its reference step for step: exercises 3, 4
#   and 5.
# - **Diagnose** a bad step size or poor conditioning from the path of the loss: exercises 3 and 8 (in words).
# - **Fit** logistic regression from its likelihood to the coefficients that scikit-learn finds: exercise 6.
# - **Beat** a one-feature baseline on Titanic with a validation score that holds up: exercise 7.
#
# **Time** about 80 minutes, with the predictions written down. **Before you start** weeks 1 and 3 (arrays, least
# squares, eigenvalues) and the likelihood of week 4. **Memory** under 1 GiB; everything runs within half a minute.

# %% [markdown]
# First the claim. `log_loss` says how badly a set of weights explains 569 diagnoses (section 7 tells where it comes
# from), `slope` which way is uphill. We time one call, count what the search of the whole grid would take, and then
# walk: 300 times, a step against the slope.

# %%
import time
from collections.abc import Callable

import matplotlib.pyplot as plt
import numpy as np
from numpy.typing import NDArray

from coursekit import plotting
from coursekit.data import load

plotting.use_course_style()

cells = load("breast_cancer")
y = (cells["diagnosis"] == "malignant").to_numpy().astype(float)
raw = cells.drop(columns="diagnosis").to_numpy()
Z = np.column_stack([np.ones(len(raw)), (raw - raw.mean(axis=0)) / raw.std(axis=0)])


def log_loss(w: NDArray) -> float:
    """Mean log loss of the weights `w`, shape (31,)."""
    score = Z @ w
    return float(np.mean(np.logaddexp(0.0, score) - y * score))


def slope(w: NDArray) -> NDArray:
    """Gradient of `log_loss`, shape (31,)."""
    return Z.T @ (np.exp(-np.logaddexp(0.0, -(Z @ w))) - y) / len(y)


began = time.perf_counter()
w = np.zeros(31)
for _ in range(300):
    w = w - 0.5 * slope(w)
seconds = time.perf_counter() - began
{
    "300 steps": f"{seconds:.2f} s",
    "the whole grid": f"{1e31 * seconds / 300 / 3.15e7:.0e} years",
    "loss": f"{log_loss(np.zeros(31)):.3f} → {log_loss(w):.3f}",
    "right": f"{np.mean((Z @ w > 0) == y):.1%} of the diagnoses",
}

# %% [markdown]
# Two things made it possible: a number that says how wrong we are, and a direction in which it falls. They are the two
# halves of this lesson.
#
# ## 1 · A loss is a choice
#
# Predict one number $c$ for three households that spend 1, 2 and 9. The **squared** loss $\sum (y_i - c)^2$ has slope
# $-2\sum (y_i - c)$, which is 0 at the mean, $c = 4$. The **absolute** loss $\sum |y_i - c|$ falls as long as more
# values lie above $c$ than below, so it ends at the median, $c = 2$.
#
# **Predict, then run.** The 9 was mistyped as 900. Where do both minima move?

# %%
candidates = np.linspace(0, 400, 40_001)
best = {}
for values in ([1, 2, 9], [1, 2, 900]):
    gap = np.array(values)[:, None] - candidates
    best[str(values)] = {
        "squared": float(candidates[(gap**2).sum(axis=0).argmin()]),
        "absolute": float(candidates[np.abs(gap).sum(axis=0).argmin()]),
    }
best

# %% [markdown]
# The mean follows the error, the median does not move. Neither is right: for the total bill you want the mean, against
# typing errors the median. **The loss is where you say what you want**, and the data cannot say it for you.
#
# For classes, $y = \pm 1$ and a score $s$, what counts is the **margin** $ys$: positive means right. The loss you care
# about is 0–1, right or wrong. Draw it beside the ones that are used.

# %%
c, margin = np.linspace(0, 10, 500), np.linspace(-3, 3, 601)
gap = np.array([1.0, 2.0, 9.0])[:, None] - c
fig, (left, right) = plt.subplots(1, 2, figsize=(12, 4.2))
for name, total in {"squared": (gap**2).mean(axis=0) / 4, "absolute": np.abs(gap).mean(axis=0)}.items():
    (line,) = left.plot(
        c, total, label=f"{name}{' / 4' if name == 'squared' else ''}: lowest at {c[total.argmin()]:.0f}"
    )
    left.plot(c[total.argmin()], total.min(), "o", color=line.get_color())
left.plot([1, 2, 9], [0, 0, 0], "k|", markersize=14, label="the three values")
left.set(title="One number for 1, 2 and 9", xlabel="prediction c", ylabel="mean loss")
right.step(margin, margin < 0, "k", linewidth=1.2, label="0–1: wrong or right")
right.plot(margin, np.maximum(0, 1 - margin), label="hinge")
right.plot(margin, np.logaddexp(0, -margin) / np.log(2), label="log (to base 2)")
right.plot(margin, (1 - margin) ** 2, "--", label="squared")
right.set(title="Four losses for a class", xlabel="margin y·s", ylabel="loss", ylim=(-0.2, 6))
for ax in (left, right):
    ax.legend()
plt.show()

# %% [markdown]
# On the right, the 0–1 loss is flat: its slope is 0 wherever it has one, so it says *that* you are wrong and never
# *which way* to go. Hinge and log loss lie above it and slope. Push them down and you push the errors down. The squared
# loss rises again on the right: it punishes a sample for being too clearly right, and so it is a poor choice for
# classes.
#
# ## 2 · The gradient, by hand and by difference
#
# Two rows, $x = (1, 2)$, $y = (3, 4)$, a model $wx$ at $w = 1$. Errors $wx_i - y_i$: $-2$ and $-2$. The mean squared
# error is 4, its derivative
#
# $$\frac{dL}{dw} = \frac2n\sum_i (w x_i - y_i)\,x_i = \tfrac22\,(-2\cdot 1 - 2\cdot 2) = -6 .$$
#
# Negative, so $w$ should grow. Is it right? Look a little to both sides:
# $\bigl(L(w + h) - L(w - h)\bigr) / 2h$.
#
# **Predict, then run.** A smaller $h$ is nearer to the derivative, which is a limit. Which $h$ is best: 0.1, $10^{-5}$
# or $10^{-14}$?


# %%
def both_sides(function: Callable[[NDArray], float], w: NDArray, direction: NDArray, h: float) -> float:
    """Central difference of `function` at `w` along `direction`."""
    return (function(w + h * direction) - function(w - h * direction)) / (2.0 * h)


x2, y2 = np.array([1.0, 2.0]), np.array([3.0, 4.0])
by_hand = both_sides(lambda v: float(np.mean((v[0] * x2 - y2) ** 2)), np.ones(1), np.ones(1), 1e-5)

point, along = np.full(31, 0.1), np.eye(31)[3]
truth, sizes = slope(point)[3], np.logspace(-15, 0, 61)
central = [abs(both_sides(log_loss, point, along, h) / truth - 1) for h in sizes]
one_sided = [abs((log_loss(point + h * along) - log_loss(point)) / h / truth - 1) for h in sizes]
fig, ax = plt.subplots(figsize=(8.5, 4.2))
ax.loglog(sizes, np.maximum(one_sided, 1e-13), ".-", label="to one side")
ax.loglog(sizes, np.maximum(central, 1e-13), ".-", label="to both sides")
ax.set(title=f"By hand −6, by difference {by_hand:.6f}", xlabel="h (units of the weight)", ylabel="relative error")
ax.legend()
plt.show()

# %% [markdown]
# Two slopes meet in a V. On the right the curve is not straight, and the error grows with $h$, or with $h^2$ if you look
# to both sides, which is why that is better. On the left two nearly equal losses are subtracted, and what is left is
# rounding (week 1), divided by a tiny $h$. The best $h$ lies in between, near $10^{-5}$.
#
# What it is for: **a common mistake, caught.** A gradient made by hand is easily wrong by a sign, a factor or a missing
# mean, and descent often limps on regardless.

# %%
wrong = {
    "as derived": slope(point),
    "the mean forgotten": slope(point) * len(y),
    "errors not multiplied by x": np.full(31, slope(point)[0]),
    "penalty in the loss only": slope(point) - 0.01 * point,
}
measured = np.array([both_sides(log_loss, point, axis, 1e-5) for axis in np.eye(31)])
{name: f"{np.abs(g - measured).max() / np.abs(measured).max():.0e}" for name, g in wrong.items()}

# %% [markdown]
# The right gradient agrees to ten digits or so; the last mistake, below one percent, which no training curve would ever
# show, stands out by many powers of ten. **Rule:** no gradient without a difference check.
#
# ## 3 · How far to step
#
# Smallest example: $L(w) = \tfrac12 a w^2$, slope $aw$. A step of size $\eta$ gives
#
# $$w \leftarrow w - \eta\, a w = (1 - \eta a)\, w .$$
#
# So everything is decided by one factor. With $a = 1$ and $\eta = \tfrac12$ the distance halves; with $\eta = 1$ one
# step is enough.
#
# **Predict, then run.** Where is $w$ after 20 steps from $w = 1$ for $\eta$ = 0.1, 1, 1.9, 2 and 2.1?

# %%
{f"step size {eta}": f"{(1 - eta) ** 20:.4g}" for eta in (0.1, 1.0, 1.9, 2.0, 2.1)}

# %% [markdown]
# Above $2/a$ each step lands farther away on the other side. **The steepest curvature sets the limit, $\eta < 2/a$**,
# and a run that explodes has told you its curvature.
#
# And what is at the end? If the loss is **convex** (a bowl: every chord lies above it), no point lies lower than one
# where the slope is 0. Squared, absolute, log and hinge loss of a linear model all are. Test it: twenty random starts on
# our log loss, with a little penalty, and on a loss with two valleys.

# %%
rng = np.random.default_rng(6)
ends, valleys = [], []
for start in rng.normal(size=(20, 31)):
    w, v = start.copy(), 2.0 * start[0]
    for _ in range(1_500):
        w = w - 0.5 * (slope(w) + 0.05 * w)
        v = v - 0.01 * (4 * v**3 - 8 * v + 1)
    ends.append(log_loss(w) + 0.025 * w @ w)
    valleys.append(v)
{
    "convex: losses at the end": f"{min(ends):.6f} to {max(ends):.6f}",
    "two valleys: ends at": sorted({round(float(v), 3) for v in valleys}),
}

# %% [markdown]
# From everywhere to the same loss; with two valleys the start decides. Networks (week 13) are of the second kind, and
# train all the same, but nobody can promise them the best model.
#
# ## 4 · Canyons
#
# With many weights there is a curvature in each direction: the eigenvalues of the matrix of second derivatives, for the
# loss $\tfrac1{2n}\lVert Xw - y\rVert^2$ that of $X^\top X / n$. The steepest limits the step for all, and the flattest
# must live with it. Their ratio is the **condition number** $\kappa$; each step multiplies the slowest error
# by about $1 - 1/\kappa$, so the number of steps is proportional to $\kappa$.
#
# The data: 235 Belgian families of 1857, yearly income and what they spent on food. One line, fitted in two
# coordinate systems.

# %%
budget = load("engel")
income, food = budget["income"].to_numpy() / 1_000, budget["food"].to_numpy() / 1_000
designs = {
    "income in thousand francs": np.column_stack([np.ones(235), income]),
    "income standardised": np.column_stack([np.ones(235), (income - income.mean()) / income.std()]),
}
fig, axes = plt.subplots(1, 2, figsize=(12, 4.8))
for ax, (name, X), unit in zip(axes, designs.items(), ("thousand", "deviation"), strict=True):
    best = np.linalg.lstsq(X, food, rcond=None)[0]
    curvature = np.linalg.eigvalsh(X.T @ X / 235)
    path = [best + [-0.55, 0.45]]
    for _ in range(40):
        path.append(path[-1] - 0.9 / curvature[1] * (X.T @ (X @ path[-1] - food) / 235))
    u, v = np.meshgrid(*(np.linspace(b - 0.8, b + 0.8, 121) for b in best))
    surface = ((u[..., None] + v[..., None] * X[:, 1] - food) ** 2).mean(axis=-1) / 2
    ax.contour(u, v, np.sqrt(surface), levels=14, linewidths=0.9)
    ax.plot(*np.array(path).T, "o-", color="C1", markersize=4, linewidth=1.2, label="40 steps")
    ax.plot(*best, "k*", markersize=13, label="lowest loss")
    missing = np.linalg.norm(path[-1] - best) / np.linalg.norm(path[0] - best)
    ax.set(title=f"{name}: κ = {curvature[1] / curvature[0]:.0f}, {missing:.0%} of the way left")
    ax.set(xlabel="level (thousand francs)", ylabel=f"tilt (thousand francs per {unit})", aspect="equal")
    ax.legend(loc="upper right")
plt.show()

# %% [markdown]
# The same families, the same line, the same loss. On the left a canyon: downhill points across it, not along it, and the
# path turns at once and creeps along the floor. On the right the lines of equal loss are circles, and downhill points at
# the goal. Nothing was learned about the families in between: only the mean was subtracted and the deviation divided
# out.
#
# **Predict, then run.** A step size of 0.5 works for the standardised income. What does it do to the income as the file
# has it, in francs? Then count the steps until the excess loss is a millionth of what it was at the start.


# %%
def steps_needed(X: NDArray, step_size: float, limit: int) -> str:
    """Steps of descent until the excess loss is a millionth of what it was at the start."""
    best = np.linalg.lstsq(X, food, rcond=None)[0]
    w = np.zeros(2)
    goal = 1e-6 * np.sum((X @ (w - best)) ** 2)
    for step in range(limit):
        excess = np.sum((X @ (w - best)) ** 2)
        if not np.isfinite(excess):
            return f"overflow after {step} steps"
        if excess <= goal:
            return f"{step} steps"
        w = w - step_size * (X.T @ (X @ w - food) / len(food))
    return f"not there after {limit:,} steps"


in_francs = np.column_stack([np.ones(235), 1_000 * income])
with np.errstate(over="ignore", invalid="ignore"):
    clumsy = steps_needed(in_francs, 0.5, 1_000)
steepest = np.linalg.eigvalsh(in_francs.T @ in_francs / 235)[1]
{
    "francs, step 0.5": clumsy,
    "francs, largest safe step": steps_needed(in_francs, 1.9 / steepest, 20_000),
    "thousand francs, step 0.5": steps_needed(designs["income in thousand francs"], 0.5, 20_000),
    "standardised, step 0.5": steps_needed(designs["income standardised"], 0.5, 20_000),
}

# %% [markdown]
# The mistake failing, and its two repairs: a smaller step, which is safe and never arrives, and better coordinates.
# **Rule:** standardise before you descend, with means and deviations of the training rows, and keep them with the
# model.
#
# ## 5 · A handful of rows is enough to go on
#
# The gradient is a mean over rows. The mean over a random handful points the same way on average, with noise that
# shrinks like $1/\sqrt{\text{batch size}}$ (week 4). So **stochastic gradient descent** takes many rough steps for the
# price of one exact one. An **epoch** is one pass over all rows.

# %%
best_w = np.zeros(31)
for _ in range(4_000):
    best_w = best_w - 0.5 * (slope(best_w) + 0.1 * best_w)
floor = log_loss(best_w) + 0.05 * best_w @ best_w


def run(batch: int, epochs: int, size: Callable[[int], float], seed: int = 5) -> list[float]:
    """Excess loss after each epoch of SGD on the penalised log loss."""
    rng, w, t, record = np.random.default_rng(seed), np.zeros(31), 0, []
    for _ in range(epochs + 1):
        record.append(log_loss(w) + 0.05 * w @ w - floor)
        for rows in np.array_split(rng.permutation(569), round(569 / batch)):
            p = 1.0 / (1.0 + np.exp(-(Z[rows] @ w)))
            w = w - size(t) * (Z[rows].T @ (p - y[rows]) / len(rows) + 0.1 * w)
            t += 1
    return record


curves = {
    "all 569 rows, step 0.15": run(569, 60, lambda t: 0.15),
    "batches of 64, step 0.15": run(64, 60, lambda t: 0.15),
    "batches of 8, step 0.15": run(8, 60, lambda t: 0.15),
    "batches of 8, shrinking step": run(8, 60, lambda t: 0.15 / (1 + t / 200)),
}
fig, ax = plt.subplots(figsize=(9, 4.6))
for (name, record), style in zip(curves.items(), ("-", "-", "-", "--"), strict=True):
    ax.semilogy(record, style, label=name)
ax.set(title="Learning curves: equal work, unequal progress", xlabel="epochs", ylabel="loss above the lowest")
ax.set_ylim(1e-7, 10)
ax.legend(loc="upper right", ncols=2)
plt.show()

# %% [markdown]
# Every curve has seen each row equally often. The exact gradient moves slowly: one step an epoch. Handfuls are far ahead
# after a few epochs, then stop falling: at a constant step the noise keeps shaking $w$ about, the more the fewer rows a
# batch has. With a step that shrinks, the same batches of 8 go on far below that floor. **Rule:** large steps first,
# smaller ones later.
#
# ## 6 · Momentum and Adam
#
# In a canyon, successive gradients disagree across and agree along. **Momentum** adds them up, so that the first cancel
# and the second grow: $v \leftarrow \beta v + g$, $w \leftarrow w - \eta v$. **Adam** divides each weight's step by the
# running size of its own gradient, so that no weight is left behind for its unit.
#
# **Predict, then run.** Descent needs about $\kappa$ steps. With the best $\beta$, does momentum need half of that, its
# logarithm, or its root?


# %%
def steps_down(kappa: float, rule: str, turn: float = 0.0) -> int:
    """Steps until a bowl with curvatures 1 and kappa, turned by an angle, is left with a thousandth of the distance."""
    R = np.array([[np.cos(turn), -np.sin(turn)], [np.sin(turn), np.cos(turn)]])
    H, w, v, s = R @ np.diag([1.0, kappa]) @ R.T, R @ np.ones(2), np.zeros(2), np.zeros(2)
    root = np.sqrt(kappa)
    for t in range(1, 100_000):
        g = H @ w
        if rule == "descent":
            w = w - 2.0 / (1.0 + kappa) * g
        elif rule == "momentum":
            v = ((root - 1) / (root + 1)) ** 2 * v + g
            w = w - (2.0 / (1.0 + root)) ** 2 * v
        else:
            v, s = 0.9 * v + 0.1 * g, 0.999 * s + 0.001 * g**2
            w = w - 0.01 * (v / (1 - 0.9**t)) / (np.sqrt(s / (1 - 0.999**t)) + 1e-8)
        if np.linalg.norm(w) < 1e-3:
            return t
    return t


kappas = np.array([3, 10, 30, 100, 300, 1_000, 3_000])
saving = steps_down(3_000, "descent") / steps_down(3_000, "momentum")
fig, ax = plt.subplots(figsize=(8.5, 4.4))
for name, (rule, turn), marker in [
    ("plain descent", ("descent", 0.0), "o-"),
    ("momentum, best β", ("momentum", 0.0), "s-"),
    ("Adam, step 0.01", ("adam", 0.0), "^-"),
    ("Adam, canyon turned by 30°", ("adam", np.pi / 6), "v--"),
]:
    ax.loglog(kappas, [steps_down(kappa, rule, turn) for kappa in kappas], marker, label=name)
ax.set(title=f"What a canyon costs: at κ = 3,000 momentum is {saving:.0f} times as quick")
ax.set(xlabel="condition number κ", ylabel="steps until 1/1000 is left")
ax.legend()
plt.show()

# %% [markdown]
# Plain descent climbs with slope 1 on these axes, so like $\kappa$; momentum with slope ½, like $\sqrt\kappa$. Adam's
# solid line is flat: it does not care how long the canyon is, as long as it lies along an axis. Turn it, and the weights
# share each other's curvature, which no scaling of single weights repairs. Adam fixes units, not correlations.
#
# ## 7 · Where the log loss comes from
#
# A coin shows heads in 3 of 4 throws. The likelihood of a chance $p$ is $p^3(1-p)$; minus its logarithm is
# $-3\log p - \log(1-p)$, with slope 0 at $p = \tfrac34$. **Logistic regression** gives each row a coin of its own, $p_i
# = 1/(1 + e^{-s_i})$ with the score $s_i = w_0 + w^\top x_i$. Minus the log likelihood of all rows is
#
# $$\sum_i \bigl[-y_i\log p_i - (1 - y_i)\log(1 - p_i)\bigr] = \sum_i \bigl[\log(1 + e^{s_i}) - y_i s_i\bigr],$$
#
# the log loss. Its slope is short: $\sum_i (p_i - y_i)\,x_i$, error times input. Watch it learn from two of the
# measurements.

# %%
pair = raw[:, [0, 1]]
P = np.column_stack([np.ones(569), (pair - pair.mean(axis=0)) / pair.std(axis=0)])
w, lines, r = np.array([0.0, -0.6, 1.0]), {}, np.array([6.0, 29.0])
for step in range(1_001):
    if step in (0, 1, 3, 10, 1_000):
        right = np.mean((P @ w > 0) == y)
        q = -(w[0] + w[1] * (r - pair[:, 0].mean()) / pair[:, 0].std()) / w[2]
        lines[f"step {step:,}: {right:.1%} right"] = q * pair[:, 1].std() + pair[:, 1].mean()
    w = w - 1.0 * (P.T @ (1 / (1 + np.exp(-P @ w)) - y) / 569)
fig, ax = plt.subplots(figsize=(9, 5))
for name, mask, marker, shade in [("malignant", y == 1, "^", "vermillion"), ("benign", y == 0, "o", "sky")]:
    ax.scatter(*pair[mask].T, s=13, marker=marker, alpha=0.5, color=plotting.PALETTE[shade], label=name)
for (name, heights), grey in zip(lines.items(), np.linspace(0.75, 0, 5), strict=True):
    ax.plot(r, heights, color=str(grey), label=name, linewidth=2)
ax.set(title="A decision boundary on its way", xlabel="mean radius (µm)", ylabel="mean texture (grey levels)")
ax.set(xlim=(6, 29), ylim=(8, 41))
ax.legend(loc="upper right", frameon=True, framealpha=1)
plt.show()

# %% [markdown]
# From a start no better than a coin, the boundary swings round within a few steps and then only settles: the last 990
# steps buy little. That is how learning looks everywhere, and why nobody descends to the last digit.
#
# <!-- worked out: 990 steps = 1_000 - 10 -->
#
# Now the mistake that everybody makes once. $\log(1 + e^{s})$ as written overflows for $s > 710$, and with `float32` for
# $s > 89$. The loss becomes `inf`, and no step can be compared with another; a slope written as
# $e^s/(1 + e^s)$ becomes `nan`, and one step later so do the weights. Take the larger term out first, which
# `np.logaddexp` does:

# %%
score = np.array([-800.0, 0.0, 800.0])
with np.errstate(over="ignore"):
    naive = np.log(1 + np.exp(score))
naive, np.logaddexp(0.0, score)

# %% [markdown]
# ## 8 · A penalty is an opinion held beforehand
#
# If a plane separates the classes, every weight can be doubled and the likelihood still grows: there is no minimum, and
# descent goes on for ever. Say what you believe *before* seeing data, that weights are around 0 give or take $\sigma$,
# each with density $\propto e^{-w_j^2/2\sigma^2}$. By Bayes' rule (week 4) multiply; minus the logarithm adds
#
# $$\frac{1}{2\sigma^2}\sum_j w_j^2$$
#
# to the log loss: the **ridge penalty** with strength $\lambda = 1/\sigma^2$. The best weights are then the most
# probable ones *given data and belief*. How strong should the belief be? Fit on 120 patients, judge on the others.

# %%
order = np.random.default_rng(8).permutation(569)
train, test = order[:120], order[120:]
strengths, losses, lengths = np.logspace(-3, 3, 13), [], []
for strength in strengths:
    w, ridge = np.zeros(31), np.r_[0.0, np.full(30, strength)]
    for _ in range(25):  # Newton's method: divide the slope by the curvature
        p = np.exp(-np.logaddexp(0.0, -(Z[train] @ w)))
        curvature = (Z[train].T * (p * (1 - p))) @ Z[train] + np.diag(ridge)
        w = w - np.linalg.solve(curvature, Z[train].T @ (p - y[train]) + ridge * w)
    losses.append([np.mean(np.logaddexp(0, Z[rows] @ w) - y[rows] * (Z[rows] @ w)) for rows in (train, test)])
    lengths.append(np.linalg.norm(w[1:]))
fig, (left, right) = plt.subplots(1, 2, figsize=(12, 4.2))
for name, column, style in (("120 patients fitted", 0, "o-"), ("449 others", 1, "s-")):
    left.loglog(strengths, np.array(losses)[:, column], style, label=name)
chosen = strengths[np.array(losses)[:, 1].argmin()]
left.set(title=f"Unseen patients fare best near λ = {chosen:.2g}", xlabel="strength λ = 1/σ²", ylabel="mean log loss")
left.legend()
right.loglog(strengths, lengths, "o-", color="C2")
right.set(title="A stronger belief, shorter weights", xlabel="strength λ = 1/σ²", ylabel="length of the weights")
plt.show()

# %% [markdown]
# On those who were fitted, no belief is best: the blue line only rises. On unseen patients both extremes lose, for
# without a belief the model is sure of things that it has seen by chance, and with a stubborn one it ignores the data.
# The penalty also puts a floor under the smallest curvature: it is a cure for canyons too.
#
# ## Recap
#
# 1. The loss says what you want; its slope is all that the optimiser hears.
# 2. No gradient without a difference check, $h$ near $10^{-5}$, to both sides.
# 3. The steepest direction limits the step to $2/a$, the flattest sets the time: $\kappa$ steps. Standardise.
# 4. Handfuls of rows, large steps first; momentum turns $\kappa$ into $\sqrt\kappa$; Adam fixes units, not correlations.
# 5. Log loss is a likelihood, ridge is a prior.

# %% [markdown]
# ## The interview question
#
# *Why does gradient descent crawl on badly scaled features, and what can you do about it?* Exercise 8 makes a decision
# of it.
#
# <details><summary>What a strong answer contains</summary>
#
# Curvature grows with the square of a feature's scale; one step size serves all directions; the steepest bounds it, the
# flattest waits. A number: the condition number and what it means for the steps. Remedies in order of price, each with
# what it does not do. Weak answers say "always normalise" and cannot say why, or what is stored with the model.
#
# </details>
#
# ## Primary sources
#
# - Boyd and Vandenberghe, [Convex Optimization](https://web.stanford.edu/~boyd/cvxbook/), chapter 9
# - Kingma and Ba, [Adam: A Method for Stochastic Optimization](https://arxiv.org/abs/1412.6980), 2014
# - Bottou, Curtis and Nocedal, [Optimization methods for large-scale machine
#   learning](https://arxiv.org/abs/1606.04838), 2018
# - Goh, [Why Momentum Really Works](https://doi.org/10.23915/distill.00006), 2017
# - scikit-learn guide: [logistic regression](https://scikit-learn.org/stable/modules/linear_model.html#logistic-regression)
