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
# # Week 3 · Vectors, matrices and the geometry of data
#
# A fixed camera looks at a temple. Clouds pass, so the light changes with every frame; a flower drifts through the
# picture, and in every single frame it hides something.
#
# **Show me the temple without the flower, the flower without the temple, and the light at every moment.** No labels,
# no training, no idea of what a flower is.
#
# At the end of this hour you will do it in a dozen lines around one call, of mathematics that is 150 years old. You will
# know why it works, where it fails, and why the same call compresses photographs and draws maps of data.
#
# <!-- fact: 150 years; Beltrami found the singular value decomposition in 1873, Jordan in 1874 -->

# %% [markdown]
# ## What you will be able to do
#
# - **Rank** images by cosine similarity and explain what the angle ignores: exercise 1 (search).
# - **Solve** least squares by QR, and show on an ill-conditioned problem why not to invert: exercises 2 (QR), 3
#   (projection), 4 (least squares) and 8 (a decision, in words).
# - **Find** a dominant eigenvector by power iteration and say when it converges: exercise 5.
# - **Derive** PCA from the SVD and report the variance that each component explains: exercise 6.
# - **Compress** a matrix to a stated error with the smallest sufficient rank: exercise 7.
#
# **Time** about 75 minutes, with the predictions written down. **Before you start** week 1 (shapes, broadcasting, how
# floats round). **Memory** under 1 GiB; everything runs in well under a minute.

# %% [markdown]
# The film is made here from two photographs, so that we know the truth and can measure how close we come: `scene` is
# the temple, `light` holds one brightness for each of 60 frames, and a flower, cut out by its red channel, is pasted
# on top. Each frame is an ordinary colour picture of floats from 0 to 255.
#
# <!-- worked out: 255 = 2**8 - 1 -->

# %%
from fractions import Fraction

import matplotlib.pyplot as plt
import numpy as np
from numpy.typing import NDArray

from coursekit import plotting
from coursekit.data import load

plotting.use_course_style()

scene = load("china")[::3, ::3].astype(float)
flower = load("flower")[85:361:6, 170:446:6].astype(float)
petals = flower[:, :, 0] > 60
light = 0.75 + 0.25 * np.cos(np.arange(60) / 4) * np.sin(np.arange(60) / 11)


def shoot(n_still: int) -> NDArray:
    """Film of shape (60, height, width, 3): the flower stands still for `n_still` frames, then drifts across."""
    frames = light[:, None, None, None] * scene
    times = np.concatenate([np.zeros(n_still), np.linspace(0, 60, 60 - n_still)])
    for frame, t in zip(frames, times, strict=True):
        row, column = int(45 + 35 * np.sin(t / 8)), int(t / 60 * (scene.shape[1] - 46))
        frame[row : row + 46, column : column + 46][petals] = flower[petals]
    return frames


film = shoot(n_still=0)
plotting.show_images({f"frame {t}": film[t].astype(np.uint8) for t in (4, 20, 36, 56)}, title="Four of sixty frames")

# %% [markdown]
# No frame is clean. Keep them in mind; we need five ideas first.
#
# ## 1 · A picture is an arrow
#
# A **vector** $x \in \mathbb R^n$ is a list of $n$ numbers, and an arrow. Its length is the norm $\lVert x\rVert =
# \sqrt{x \cdot x}$; the **dot product** $x \cdot y = \sum_i x_i y_i$ knows the angle:
#
# $$\cos\theta = \frac{x \cdot y}{\lVert x\rVert\,\lVert y\rVert}.$$
#
# By hand: $x = (3, 4)$, $y = (4, 3)$ have length 5 each, and $x\cdot y = 24$, so $\cos\theta = 24/25 = 0.96$. Make
# $y$ ten times as long: the cosine stays 0.96. The angle ignores length.
#
# A digit of 8 × 8 pixels is an arrow in 64 dimensions. **Predict, then run.** Print a digit with a third of its ink and
# look for its nearest neighbour among the 1,796 others. How often is it the same digit, by distance and by angle?
#
# <!-- worked out: 0.96 = 24 / 25; 1,796 = 1797 - 1 -->

# %%
digits = load("digits")
pixels, labels = digits.drop(columns="digit").to_numpy(), digits["digit"].to_numpy()
lengths, faint = np.linalg.norm(pixels, axis=1), pixels / 3

squares = (lengths / 3)[:, None] ** 2 + lengths**2 - 2 * faint @ pixels.T  # the distances of week 1, squared
cosines = pixels @ pixels.T / np.outer(lengths, lengths)  # dividing by 3 has changed no angle
ranked = {}
for name, scores in [("distance", squares), ("angle", -cosines)]:
    np.fill_diagonal(scores, np.inf)  # nobody is their own neighbour
    ranked[name] = scores.argsort(axis=1)[:, :4]

fig, axes = plt.subplots(2, 5, figsize=(10, 4.6))
query = 249
for line, (name, found) in zip(axes, ranked.items(), strict=True):
    for ax, i in zip(line, [query, *found[query]], strict=True):
        ax.imshow((faint if i == query else pixels)[i].reshape(8, 8), cmap="gray_r", vmin=0, vmax=16)
        ax.set(xticks=[], yticks=[], title=f"query: a faint {labels[i]}" if i == query else f"a {labels[i]}")
    share = (labels[found[:, 0]] == labels).mean()
    line[0].set_ylabel(f"by {name}:\n{share:.0%} of all right")
fig.suptitle("The distance compares ink, the angle compares shape")
plt.show()

# %% [markdown]
# By distance, the faint eight resembles whatever has little ink; by angle it finds eights, for dividing by 3 moved the
# arrow's tip and not its direction. That is why embeddings of texts and images are compared by cosine. **Rule:** the
# angle where the amount means nothing (exposure, length of a text), the distance where the amount *is* the message.
#
# ## 2 · The shadow of a vector
#
# How much of $b$ points along $a$? Drop a perpendicular: the shadow is $p = c\,a$ with the residual $b - p$ at a right
# angle to $a$, so $a \cdot (b - c\,a) = 0$ and
#
# $$c = \frac{a \cdot b}{a \cdot a}, \qquad p = \frac{a\,a^{\mathsf T}}{a^{\mathsf T} a}\, b = P\,b .$$
#
# By hand: $a = (2, 1)$, $b = (1, 3)$ give $c = 5/5 = 1$, so the shadow is $a$ itself and the residual $(-1, 2)$, with
# $a \cdot (-1, 2) = 0$.

# %%
a, b = np.array([2.0, 1.0]), np.array([1.0, 3.0])
P = np.outer(a, a) / (a @ a)
p = P @ b

fig, ax = plt.subplots(figsize=(6.5, 4.6))
ax.plot([-1, 3.5], [-0.5, 1.75], color=plotting.PALETTE["grey"], linewidth=1, label="all multiples of a")
other = np.linspace(-0.4, 1.6, 9)[:, None] * a
for tip in other:
    ax.plot([b[0], tip[0]], [b[1], tip[1]], color=plotting.PALETTE["light"], zorder=0)
for vector, name, colour in [(b, "b", "blue"), (p, "shadow p = a", "vermillion")]:
    ax.annotate("", vector, (0, 0), arrowprops={"arrowstyle": "-|>", "color": plotting.PALETTE[colour], "lw": 2.5})
    ax.annotate(name, vector, xytext=(8, -4), textcoords="offset points", color=plotting.PALETTE[colour])
ax.plot([b[0], p[0]], [b[1], p[1]], "--", color=plotting.PALETTE["green"], label=f"residual, length {np.sqrt(5):.2f}")
ax.set(title="The shadow is the nearest multiple", xlabel="first coordinate", ylabel="second coordinate")
ax.set(aspect="equal", xlim=(-1.2, 4), ylim=(-0.7, 3.4))
ax.legend(loc="upper right")
plt.show()
{"P": P, "P @ P equals P": np.allclose(P @ P, P), "a · residual": a @ (b - p)}

# %% [markdown]
# Every pale line joins $b$ to another multiple of $a$, and the perpendicular is the shortest of all. Projecting twice
# changes nothing: $P^2 = P$. **Best approximation is a right angle** — the whole week is this sentence.
#
# ## 3 · A matrix is a map
#
# $Ax = x_1 a_1 + \dots + x_n a_n$ mixes the columns of $A$. So column $j$ tells where the $j$-th axis goes, and the map
# is known: straight lines stay straight, the grid goes along. **Predict, then run.** Where do these three send the
# grid, and which of them can be undone?
#
# $$\begin{pmatrix}1 & 0.8\\ 0 & 1\end{pmatrix}, \qquad \begin{pmatrix}1.3 & 0.5\\ 0.1 & 0.9\end{pmatrix}, \qquad
# \begin{pmatrix}0.8 & 0.4\\ 0.4 & 0.2\end{pmatrix}$$

# %%
maps = {
    "shear": np.array([[1.0, 0.8], [0.0, 1.0]]),
    "stretch and turn": np.array([[1.3, 0.5], [0.1, 0.9]]),
    "projection": P,
}
grid = np.stack(np.meshgrid(np.linspace(-1, 1, 11), np.linspace(-1, 1, 11))).reshape(2, -1)
angle = np.linspace(0, 2 * np.pi, 200)
circle = np.stack([np.cos(angle), np.sin(angle)])

fig, axes = plt.subplots(1, 4, figsize=(13, 3.5), sharex=True, sharey=True)
for ax, (name, A) in zip(axes, {"before": np.eye(2), **maps}.items(), strict=True):
    ax.scatter(*(A @ grid), c=grid[0], s=14, cmap="cividis")
    ax.plot(*(A @ circle), color=plotting.PALETTE["vermillion"])
    U, s, Vt = np.linalg.svd(A)
    for direction, length in zip(U.T, s, strict=True):
        ax.plot([0, length * direction[0]], [0, length * direction[1]], color="k", linewidth=2.5)
    rank = np.linalg.matrix_rank(A)
    ax.set(title=f"{name}\nrank {rank}, half-axes {s[0]:.2f}, {s[1]:.2f}", xlabel="first coordinate", aspect="equal")
axes[0].set(ylabel="second coordinate", xlim=(-2, 2), ylim=(-1.5, 1.5))
fig.suptitle("Three maps, the grid and the unit circle they act on")
plt.show()

# %% [markdown]
# Colour follows each point from its old column. The third map squashes the plane onto a line: it has **rank** 1, the
# dimension of what comes out, and no inverse can tell the flattened points apart again. And look at the circle: every
# map makes an **ellipse** of it, with half-axes at right angles. Remember that.
#
# ## 4 · Least squares: a shadow on a plane
#
# Three points $(0, 1), (1, 2), (2, 6)$ and no line through all of them: $Ax = b$ has no solution. The reachable $Ax$
# fill a plane, and the best is the shadow of $b$. Its residual is perpendicular to every column,
#
# $$A^{\mathsf T}(b - Ax) = 0 \quad\Longleftrightarrow\quad A^{\mathsf T}A\,x = A^{\mathsf T}b ,$$
#
# the **normal equations**. By hand: $\begin{pmatrix}3 & 3\\3 & 5\end{pmatrix}x = \begin{pmatrix}9\\14\end{pmatrix}$,
# so $x = (0.5,\ 2.5)$.
#
# A better way: find perpendicular unit columns for the same plane, $A = QR$ with $Q^{\mathsf T}Q = I$ and $R$ upper
# triangular. Then $Rx = Q^{\mathsf T}b$, solved from the last row up.

# %%
A, b = np.array([[1.0, 0.0], [1.0, 1.0], [1.0, 2.0]]), np.array([1.0, 2.0, 6.0])
Q, R = np.linalg.qr(A)
{
    "normal equations": np.linalg.solve(A.T @ A, A.T @ b),
    "QR": np.linalg.solve(R, Q.T @ b),
    "residual": b - A @ [0.5, 2.5],
    "its products with the columns": A.T @ (b - A @ [0.5, 2.5]),
    "R": R.round(4),
}

# %% [markdown]
# Both agree; `R` may come with minus signs, for a unit column pointing the other way serves as well.
#
# ### What breaks
#
# Sixteen years of American employment, a cubic curve in the year: four coefficients. To know the truth we solve the
# problem in exact fractions, without any rounding. **Predict, then run:** how many correct digits do you expect from
# the textbook formula $(A^{\mathsf T}A)^{-1}A^{\mathsf T}b$ in `float64`, how many from QR, and how many from
# `np.linalg.lstsq`?


# %%
def exactly(A: NDArray, b: NDArray) -> NDArray:
    """Least squares in exact fractions: the normal equations do no harm where nothing is rounded."""
    columns = [[Fraction(value) for value in column] for column in [*A.T.tolist(), b.tolist()]]
    rows = [[sum(x * y for x, y in zip(one, two, strict=True)) for two in columns] for one in columns[:-1]]
    for i in range(len(rows)):
        pivot = [value / rows[i][i] for value in rows[i]]
        rows = [[x - row[i] * y for x, y in zip(row, pivot, strict=True)] for row in rows]
        rows[i] = pivot
    return np.array([float(row[-1]) for row in rows])


def by_inverse(A: NDArray, b: NDArray) -> NDArray:
    """The textbook formula, as nobody should type it."""
    return np.linalg.inv(A.T @ A) @ A.T @ b


def by_qr(A: NDArray, b: NDArray) -> NDArray:
    """R x = Qᵀ b."""
    Q, R = np.linalg.qr(A)
    return np.linalg.solve(R, Q.T @ b)


def by_lstsq(A: NDArray, b: NDArray) -> NDArray:
    """NumPy's least squares: an SVD that takes directions below a cut-off for zero."""
    return np.linalg.lstsq(A, b, rcond=None)[0]


longley = load("longley")
years, employed = longley["year"].to_numpy(float), longley["employed"].to_numpy()
raw, centred = np.vander(years, 4), np.vander((years - 1954.5) / 7.5, 4)
for name, A in [("raw years", raw), ("centred years", centred)]:
    truth = exactly(A, employed)
    miss = [np.abs(solve(A, employed) / truth - 1).max() for solve in (by_inverse, by_qr, by_lstsq)]
    print(f"{name}: κ = {np.linalg.cond(A):.0e}, {np.linalg.cond(A / np.linalg.norm(A, axis=0)):.0e} without units")
    print(f"  relative error {miss[0]:.0e} by inverse, {miss[1]:.0e} by QR, {miss[2]:.0e} by lstsq")

# %% [markdown]
# With raw years the formula has not one correct digit; QR has about eight. With centred years all are fine: the data is
# the same, only its *coordinates* improved.
#
# The **condition number** $\kappa(A)$ is the longest half-axis of the ellipse divided by the shortest: how much a
# relative error can grow on its way back through the map. A `float64` starts with an error near $10^{-16}$, so of 16
# digits $\log_{10}\kappa$ are at stake. And $\kappa(A^{\mathsf T}A) = \kappa(A)^2$: whoever forms $A^{\mathsf T}A$ pays
# twice.

# %% [markdown]
# Why then did QR keep eight digits at the first, enormous κ? Most of that is *units*: a column of year³ beside a column
# of ones. QR takes each column in its own unit, so what counts for it is κ with every column divided by its length, the
# one printed "without units". `lstsq` looks at all columns in one unit, takes the shortest axis for rounding and leaves
# it out: another answer, of rank 3, and no warning. **Judge κ after scaling the columns.**
#
# Let us measure all three on matrices made to order.

# %%
rng = np.random.default_rng(3)
left, right = np.linalg.qr(rng.normal(size=(60, 6)))[0], np.linalg.qr(rng.normal(size=(6, 6)))[0]
kappas, wanted = 10.0 ** np.arange(15), rng.normal(size=6)
errors = {"inverse of AᵀA": [], "QR": [], "lstsq (SVD)": []}
ways = (by_inverse, by_qr, by_lstsq)
for kappa in kappas:
    A = left * np.geomspace(1, 1 / kappa, 6) @ right.T
    for line, solve in zip(errors.values(), ways, strict=True):
        line.append(np.linalg.norm(solve(A, A @ wanted) - wanted) / np.linalg.norm(wanted))

fig, ax = plt.subplots(figsize=(8.5, 4.6))
for (name, line), marker in zip(errors.items(), "os^", strict=True):
    ax.loglog(kappas, line, marker + "-", label=name)
eps = np.finfo(float).eps
ax.loglog(kappas, eps * kappas, "k:", linewidth=1, label="ε κ")
ax.loglog(kappas[:9], eps * kappas[:9] ** 2, "k--", linewidth=1, label="ε κ²")
ax.set(title="Forming AᵀA squares the condition number", xlabel="condition number κ of A", ylabel="relative error")
ax.set_ylim(1e-17, 1e3)
ax.legend(ncols=2)
plt.show()

# %% [markdown]
# QR climbs with $\kappa$, the inverse with $\kappa^2$, and from $\kappa \approx 10^8$ on it returns noise, mostly
# without a warning. (At $10^{14}$ `lstsq` takes the shortest axis for zero.)
#
# **Does the residual not show it? Predict, then run.** At $\kappa = 10^9$, add something small to $b$ at a right angle to
# all columns: the exact coefficients stay the same. Three ways; whose coefficients are wrong, and whose residual is
# larger?

# %%
A = left * np.geomspace(1, 1e-9, 6) @ right.T
beside = rng.normal(size=60)
b = A @ wanted + 1e-5 * (beside - left @ (left.T @ beside))
by_normal = np.linalg.solve(A.T @ A, A.T @ b)
for name, x in [("inverse of AᵀA", by_inverse(A, b)), ("solve with AᵀA", by_normal), ("QR", by_qr(A, b))]:
    off, residual = np.linalg.norm(x - wanted) / np.linalg.norm(wanted), np.sqrt(np.mean((b - A @ x) ** 2))
    print(f"{name}: coefficients off by {off:.0e}, residual {residual:.6e}")

# %% [markdown]
# Its residual betrays the inverse. `solve` with the same $A^{\mathsf T}A$ has QR's residual to every digit shown, and
# coefficients that are wrong altogether: along the shortest axis you may walk far and hardly change the fit. (A residual
# costs QR digits, too: its bound has a second term, $\kappa^2$ times the share of $b$ left over.)
#
# **Rule:** never form $A^{\mathsf T}A$, never invert, and do not ask the residual. Factorise $A$ by QR, and centre and
# scale your columns first.

# %% [markdown]
# ## 5 · The direction that wins
#
# Most vectors change direction under a map. **Eigenvectors** do not: $Av = \lambda v$. For a symmetric $A$ they stand
# at right angles, and any $x = \sum_i c_i v_i$ is a mix of them. Apply $A$ again and again:
#
# $$A^k x = c_1\lambda_1^k v_1 + c_2\lambda_2^k v_2 + \dots$$

# %% [markdown]
# By hand: $\begin{pmatrix}2 & 1\\1 & 2\end{pmatrix}$ has $\lambda = 3$ for $(1, 1)$ and $1$ for $(1, -1)$. Start
# from $(1, 0)$: $(2, 1)$, $(5, 4)$, $(14, 13)$ … The largest $|\lambda|$ wins and everything else fades like
# $|\lambda_2/\lambda_1|^k$. **Predict, then run:** how many steps to six digits if the ratio is 1/3, and if it is
# 0.99?
#
# <!-- worked out: 0.99 = 2.97 / 3 -->

# %%
fig, ax = plt.subplots(figsize=(8.5, 4.2))
for second, marker in [(1.0, "o"), (2.4, "s"), (2.97, "^"), (3.0, "D")]:
    turn = np.linalg.qr(np.array([[1.0, 1.0], [1.0, -1.0]]))[0]
    A, x, misses = turn * [3.0, second] @ turn.T, np.array([1.0, 0.0]), []
    for _ in range(40):
        x = A @ x
        x /= np.linalg.norm(x)
        misses.append(np.linalg.norm(x - turn[:, 0] * (turn[:, 0] @ x)))
    steps = "never" if second == 3.0 else f"{np.log(1e-6) / np.log(second / 3):,.0f} steps"
    ax.semilogy(range(1, 41), misses, marker + "-", markersize=4, label=f"{second / 3:.2f}: {steps}")
ax.axhline(1e-6, color="k", linestyle="--", linewidth=1)
ax.set(title="Power iteration: the gap decides", xlabel="step", ylabel="distance to the eigenvector")
ax.set_ylim(1e-9, 2)
ax.legend(title="|λ₂ / λ₁|: to reach 10⁻⁶", ncols=2)
plt.show()

# %% [markdown]
# Straight lines on a logarithmic axis: each step removes the same share. At 0.99 almost nothing happens in forty steps,
# and with a tie nothing ever does: every mix of the two stays an eigenvector.
# Nor is the answer unique otherwise: $-v$ is an eigenvector as well as $v$. **Compare eigenvectors only up to sign**;
# where eigenvalues tie, compare the projectors $VV^{\mathsf T}$, which do not care.
#
# <!-- worked out: 0.99 = 2.97 / 3 -->

# %% [markdown]
# ## 6 · The SVD: every map is turn, stretch, turn
#
# The ellipses of section 3 were no accident. *Every* matrix, square or not, is
#
# $$A = U S V^{\mathsf T} = \sum_i \sigma_i\, u_i v_i^{\mathsf T}, \qquad \sigma_1 \ge \sigma_2 \ge \dots \ge 0,$$
#
# with perpendicular unit vectors $u_i$ (the half-axes) and $v_i$ (what was sent there), and **singular values**
# $\sigma_i$ (the lengths). Each term is a column times a row: rank 1. Keep the first $r$ terms and you have the *best*
# approximation of rank $r$ (Eckart and Young, 1936), with
#
# $$\lVert A - A_r\rVert_F^2 = \sigma_{r+1}^2 + \sigma_{r+2}^2 + \dots$$
#
# **Predict, then run.** A photograph is a matrix of 427 × 640. At which rank will you recognise the temple? And what
# if the same pixels are shuffled?

# %%
temple = load("china") @ np.array([0.299, 0.587, 0.114])  # one grey value for each pixel
shuffled = np.random.default_rng(4).permutation(temple.ravel()).reshape(temple.shape)

fig, ax = plt.subplots(figsize=(8.5, 4.2))
for image, name in [(temple, "temple"), (shuffled, "the same pixels, shuffled")]:
    s = np.linalg.svd(image, compute_uv=False)
    ax.semilogy(np.arange(1, len(s) + 1), s, label=name)
ax.set(title="Order shows in the singular values", xlabel="i", ylabel="singular value σᵢ (grey levels)")
ax.legend()
plt.show()

# %% [markdown]
# Noise has no favourite direction: after the first value, which carries the mean grey, its line sinks slowly, with no
# place to stop. The temple's plunges within a few dozen terms; the rest are hardly needed. Now with the fewest of them:

# %%
U, s, Vt = np.linalg.svd(temple, full_matrices=False)
pictures = {}
for rank in (5, 20, 60):
    approximation = U[:, :rank] * s[:rank] @ Vt[:rank]
    error = np.linalg.norm(temple - approximation) / np.linalg.norm(temple)
    assert np.isclose(error, np.sqrt((s[rank:] ** 2).sum() / (s**2).sum()))
    numbers = rank * (1 + sum(temple.shape)) / temple.size
    caption = f"rank {rank}: error {error:.1%},\n{numbers:.0%} of the numbers"
    pictures[caption] = np.clip(approximation, 0, 255).astype(np.uint8)
plotting.show_images({**pictures, "original:\nrank 427": temple.astype(np.uint8)}, title="Fewer terms, less temple")

# %% [markdown]
# At rank 5 a plaid, at 20 a temple, at 60 you look for differences. The line with `assert` confirmed the formula: the
# error is known from the singular values before any picture is made. Exercise 7 turns that into a tool.
#
# ## 7 · PCA is the SVD of centred data
#
# Rows are now samples. Subtract the mean of every column, $X_c = USV^{\mathsf T}$, and the rows of $V^{\mathsf T}$ are
# the **principal components**: perpendicular directions, each with the largest variance left,
#
# $$\operatorname{var}_i = \frac{\sigma_i^2}{n - 1}, \qquad \text{share}_i = \frac{\sigma_i^2}{\sum_j \sigma_j^2}.$$
#
# No covariance matrix is formed: that would be $X_c^{\mathsf T}X_c$, and you know what that costs.
#
# **The common mistake** is to forget the mean. Its "first component" then points from the origin to the cloud:


# %%
def first_component(X: NDArray) -> tuple[NDArray, float]:
    """First right singular vector and its share of the sum of squares."""
    _, s, Vt = np.linalg.svd(X, full_matrices=False)
    return Vt[0], s[0] ** 2 / (s**2).sum()


mean = pixels.mean(axis=0)
for name, X in [("not centred", pixels), ("centred", pixels - mean)]:
    direction, share = first_component(X)
    cosine_to_mean = abs(direction @ mean) / np.linalg.norm(mean)
    print(f"{name}: 'explains' {share:.0%}; |cosine| with the mean digit {cosine_to_mean:.3f}")

# %% [markdown]
# Not centred, the first direction *is* the mean digit, and its impressive share says only that the ink is not zero.
# Centred, two components remain of 64, and they know nothing of the labels that colour this figure:

# %%
U, s, Vt = np.linalg.svd(pixels - mean, full_matrices=False)
scores, share = (pixels - mean) @ Vt[:2].T, s**2 / (s**2).sum()

fig, (cloud, *eigen) = plt.subplots(1, 3, figsize=(13, 5), width_ratios=[2.2, 1, 1])
for digit in range(10):
    chosen = labels == digit
    cloud.scatter(*scores[chosen].T, s=6, color=plt.get_cmap("tab10")(digit), alpha=0.35)
    cloud.annotate(digit, scores[chosen].mean(axis=0), fontsize=17, weight="bold", ha="center", va="center")
cloud.set(title=f"1,797 digits; two numbers of 64 keep {share[:2].sum():.0%} of the variance")
cloud.set(xlabel="along component 1 (ink)", ylabel="along component 2 (ink)", aspect="equal")
for i, ax in enumerate(eigen):
    ax.imshow(Vt[i].reshape(8, 8), cmap="RdBu", vmin=-0.4, vmax=0.4)
    ax.set(title=f"component {i + 1}: {share[i]:.0%}", xlabel="column (pixels)", ylabel="row (pixels)")
    ax.grid(visible=False)
plt.show()

# %% [markdown]
# Each large figure stands at the mean of its class. Zeros, fours, sixes and threes hold land of their own; fives and
# eights share the middle, and two numbers cannot part them. On the right, what the axes measure: ink in the blue pixels minus
# ink in the red ones. On another machine both pictures may come out mirrored. The sign is free.
#
# ## 8 · The temple without the flower
#
# Now the film. Stretch each frame to one long row: 60 rows, and if nothing moved, every row would be
# $\text{light}_t \times \text{scene}$: a column times a row. **A static scene under changing light has rank 1.** So
# ask for the best rank-1 approximation, one call:

# %%
rows = film.reshape(len(film), -1)
U, s, Vt = np.linalg.svd(rows, full_matrices=False)
background = s[0] * np.outer(U[:, 0], Vt[0])
truth = light[:, None] * scene.reshape(1, -1)


def miss(guess: NDArray) -> float:
    """Typical error in grey levels, over all frames and pixels."""
    return float(np.sqrt(((guess - truth) ** 2).mean()))


guesses = {"mean frame": rows.mean(axis=0), "median frame": np.median(rows, axis=0), "rank 1": background}
{
    "σ₁²": f"{s[0] ** 2 / (s**2).sum():.1%}",
    **{name: f"{miss(guess):.1f} grey levels" for name, guess in guesses.items()},
}

# %% [markdown]
# Better than the mean or the median, which know nothing of the light. But the flower has left a faint smear: least
# squares tries to explain it too. So tell it where not to look. Wherever a value differs much from the background
# stands the flower; put the background's own value there and ask again. Six rounds, ever stricter:


# %%
def rank_one(rows: NDArray) -> tuple[NDArray, NDArray]:
    """Best approximation of rank 1, and its column."""
    U, s, Vt = np.linalg.svd(rows, full_matrices=False)
    return s[0] * np.outer(U[:, 0], Vt[0]), U[:, 0]


def without_passers_by(rows: NDArray) -> tuple[NDArray, NDArray, NDArray]:
    """Background, its brightness in each row (of any scale and sign), and a mask of what stands before it."""
    background, brightness = rank_one(rows)
    for threshold in np.geomspace(120, 15, 6):  # grey levels
        passing = np.abs(rows - background) > threshold
        background, brightness = rank_one(np.where(passing, background, rows))
    return background, brightness, passing


background, brightness, passing = without_passers_by(rows)
t = 36
cut = np.where(passing.reshape(film.shape).any(axis=-1, keepdims=True), film, 255)
pictures = {
    f"frame {t}": film[t],
    "the temple without the flower": background.reshape(film.shape)[t].clip(0, 255),
    "the flower without the temple": cut[t],
}
title = f"One direction out of 60 gives the scene to within {miss(background):.1f} grey levels"
plotting.show_images({name: picture.astype(np.uint8) for name, picture in pictures.items()}, title=title)

# %% [markdown]
# There it is: the scene is $v_1$, the light is $u_1$, and the flower is what rank 1 cannot say. It is also the
# sentence from section 2: the best approximation leaves a residual at a right angle, and here the residual blooms.
#
# What breaks? "Background" means nothing but *what most frames agree on*. **Predict, then run:** the flower rests in
# place for the first frames before it starts. How long may it rest?

# %%
rests, misses = [0, 15, 25, 35, 45], []
for n_still in rests:
    small = shoot(n_still)[:, :, :, 0]  # the red channel is enough
    guess, _, _ = without_passers_by(small.reshape(60, -1))
    covered = guess.reshape(small.shape)[:, 45:91, :46][:, petals]
    misses.append(np.abs(covered - (light[:, None, None] * scene[45:91, :46, 0])[:, petals]).mean())

fig, (left_ax, right_ax) = plt.subplots(1, 2, figsize=(12, 4.2))
left_ax.plot(light, label="true light", linewidth=6, color=plotting.PALETTE["yellow"])
left_ax.plot(brightness * light.mean() / brightness.mean(), label="$u_1$, scaled", color=plotting.PALETTE["blue"])
left_ax.set(title="The light at every moment", xlabel="frame", ylabel="brightness (share of full)")
left_ax.legend()
right_ax.plot(rests, misses, "o-", color=plotting.PALETTE["vermillion"])
right_ax.set(title="A flower that rests becomes the background", xlabel="frames at rest, of 60")
right_ax.set(ylabel="error where it rested (grey levels)")
plt.show()

# %% [markdown]
# The light is right to the width of the line. And whoever stays for about half of the film is scenery: the same mathematics,
# another answer to what stays the same. Choosing that question was the modelling.
#
# ## Recap
#
# 1. The dot product knows the angle; the angle ignores length.
# 2. The best approximation leaves a residual at a right angle: projection, least squares, SVD.
# 3. Forming $A^{\mathsf T}A$ squares the condition number. Factorise $A$, centre and scale first.
# 4. $A = USV^{\mathsf T}$; keep $r$ terms for the best rank $r$, with an error known in advance. Centred, it is PCA.
# 5. Signs and tied directions are free: compare projectors and products.

# %% [markdown]
# ## The interview question
#
# *Why should you not invert a matrix to solve a least-squares problem, and what do you do instead?*
#
# <details><summary>What a strong answer contains</summary>
#
# What fails: $A^{\mathsf T}A$ squares the condition number, so from $\kappa \approx 10^8$ nothing is left of
# `float64`; the inverse adds work and error on top, and a small residual or a good fit does not reveal it. What
# instead: QR, or the SVD where columns may be dependent; centre and scale first; ridge if the data does not determine
# the answer. And when normal equations are fine: few well-scaled columns, very many rows, after a look at $\kappa$.
# Weak answers say "inverting is slow" and stop.
#
# </details>
#
# ## Primary sources
#
# - Trefethen and Bau, [Numerical Linear Algebra](https://doi.org/10.1137/1.9780898719574), 1997, lectures 4–19
# - Eckart and Young, [The approximation of one matrix by another of lower
#   rank](https://doi.org/10.1007/BF02288367), 1936
# - Longley, [An appraisal of least squares programs for the electronic
#   computer](https://doi.org/10.1080/01621459.1967.10500896), 1967
# - NumPy reference: [linear algebra](https://numpy.org/doc/stable/reference/routines.linalg.html)
