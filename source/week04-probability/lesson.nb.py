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
# # Week 4 · Randomness you can compute with
#
# From 1974 on the RAND corporation gave American families different health insurances and recorded how often each
# person saw a doctor: 20,190 counts, one for each person and year. (So a row is a *person-year*; drawing people from
# the record below means drawing rows.) The textbook has one distribution for counts, the Poisson. Give it the record's
# mean and ask in how many person-years somebody should go more than 20 times.
#
# The cell below asks both, the record and the textbook.
#
# **How can a formula be so wrong about people, and how could you have caught it without knowing a better one?**
#
# By simulation. This week no formula appears before a simulation that makes you guess it: ten lines of NumPy are a
# laboratory, and whoever can run the experiment need not take the algebra on trust.

# %% [markdown]
# ## What you will be able to do
#
# - **Simulate** a distribution and verify its moments against theory within a stated error: exercises 3 (visits) and 4
#   (pooled covariance).
# - **Fit** two families by maximum likelihood and compare how well they describe real counts: exercise 6.
# - **Update** a belief by Bayes' rule, and defend the result against the base-rate fallacy: exercises 1, 7 (digits) and
#   8 (a letter).
# - **Keep** products of tiny probabilities finite by computing in log space: exercises 2, 6 and 7.
# - **Report** a Monte Carlo estimate together with its standard error: exercise 5.
#
# **Time** about 75 minutes, predictions included. **Before you start** weeks 1 to 3. **Memory** under 1 GiB;
# everything runs in well under a minute.

# %%
import matplotlib.pyplot as plt
import numpy as np
from scipy import stats

from coursekit import plotting
from coursekit.data import load

plotting.use_course_style()
rng = np.random.default_rng(4)

visits = load("randhie")["mdvis"].to_numpy()
n_rows, mean = visits.size, visits.mean()
textbook = [rng.poisson(mean, size=n_rows) for _ in range(5)]
{
    "mean": f"{mean:.2f} visits a year",
    "record": f"{n_rows:,} person-years, {(visits > 20).sum()} of them above 20, the highest {visits.max()}",
    "five Poisson worlds": [f"{(world > 20).sum()} above 20, highest {world.max()}" for world in textbook],
    "Poisson expects": f"{n_rows * stats.poisson.sf(20, mean):.0e} person-years above 20",
}

# %% [markdown]
# The record holds 205 such person-years; the textbook expects one in ten million experiments of this size. It takes the
# whole lesson to explain, starting from nine equally likely things.
#
# ## 1 · A distribution is a table of shares
#
# Spin a wheel with the numbers 0, 1, 2 twice: nine outcomes. A **random variable** $X$ gives each outcome a number, here
# the sum. **Predict, then run:** how often does each sum come up in 90,000 experiments?

# %%
first, second = rng.integers(0, 3, size=(2, 90_000))
total = first + second
shares = np.bincount(total) / total.size

fig, (grid, bars) = plt.subplots(1, 2, figsize=(10, 3.4), width_ratios=[2, 3])
sums = np.arange(3)[:, None] + np.arange(3)
names = [f"second {k}" for k in range(3)]
rows = [f"first {k}" for k in range(3)]
plotting.draw_array(grid, sums, title="The sum for each of nine outcomes", row_labels=rows, column_labels=names)
bars.bar(range(5), shares, color=plotting.PALETTE["sky"])
for k, share in enumerate(shares):
    bars.annotate(f"{share:.3f}", (k, share), ha="center", va="bottom")
bars.set(title="90,000 experiments", xlabel="sum", ylabel="share", ylim=(0, 0.4))
plt.show()

# %% [markdown]
# One cell of nine holds a 0, two hold a 1, three a 2: ninths, and that is what the bars say. So the formula is
# counting: $P(X = k)$ is the total probability of the outcomes with $X = k$. The table of all $P(X = k)$ is the
# **distribution** of $X$.
#
# Now average. **Predict, then run:** the mean of the 90,000 sums, and the mean squared distance from it, using only the
# five shares above.

# %%
k, p = np.arange(5), np.array([1, 2, 3, 2, 1]) / 9
{
    "mean of the experiments": f"{total.mean():.3f}",
    "Σ k · p(k)": f"{k @ p:.3f}",
    "mean squared distance": f"{((total - total.mean()) ** 2).mean():.3f}",
    "Σ (k - 2)² · p(k)": f"{(k - 2) ** 2 @ p:.3f}",
}

# %% [markdown]
# Averaging 90,000 numbers is weighing five values by their shares. With the shares' limits in place, these are the
# **expectation** and the **variance**:
#
# $$E[X] = \sum_k k\,P(X = k) = \mu, \qquad \operatorname{var}(X) = E\big[(X - \mu)^2\big] = \sigma^2 .$$
#
# Its root $\sigma$, the standard deviation, has the unit of $X$.
#
# ## 2 · The variance of a sum
#
# One spin has variance 2/3. **Predict, then run:** the variance of two spins added, of one spin added to *itself*, and
# of one spin added to its opposite, $2 - x$.

# %%
pairs = {"two spins": (first, second), "itself": (first, first), "its opposite": (first, 2 - first)}
{
    name: {
        "var X + var Y": f"{x.var() + y.var():.2f}",
        "var(X + Y)": f"{(x + y).var():.2f}",
        "mean of (x - μ)(y - ν)": f"{((x - x.mean()) * (y - y.mean())).mean():.2f}",
    }
    for name, (x, y) in pairs.items()
}

# %% [markdown]
# Twice what is in the third line is missing between the first and the second. That mean of products is the
# **covariance**, and expanding the square confirms the guess:
#
# $$\operatorname{var}(X + Y) = \operatorname{var}(X) + \operatorname{var}(Y) + 2\operatorname{cov}(X, Y), \qquad
# \operatorname{cov}(X, Y) = E[(X - \mu)(Y - \nu)] .$$
#
# Independent variables have covariance 0, so **variances of independent things add**. Nearly everything below follows
# from that line.
#
# ## 3 · Six that you will meet again
#
# Each panel simulates a *story* with uniform random numbers alone, then lays the formula of that name over it:
#
# | law | $p(k)$ or density $p(x)$ | mean | variance |
# |---|---|---|---|
# | binomial | $\binom nk p^k (1-p)^{n-k}$ | $np$ | $np(1-p)$ |
# | Poisson | $e^{-m} m^k / k!$ | $m$ | $m$ |
# | geometric | $(1-p)^{k-1} p$ | $1/p$ | $(1-p)/p^2$ |
# | exponential | $e^{-x/s}/s$ | $s$ | $s^2$ |
# | gamma | $x^{r-1} e^{-x/s} / (s^r\,\Gamma(r))$ | $rs$ | $rs^2$ |
# | normal | $e^{-(x-\mu)^2/2\sigma^2} / \sqrt{2\pi\sigma^2}$ | $\mu$ | $\sigma^2$ |

# %%
size, grid = 40_000, np.linspace(0, 12, 400)
answers, servers = rng.random((size, 10)) < 0.7, rng.random((size, 600)) < 0.005
waits = -np.log(rng.random((size, 3))).sum(axis=1)
tries = (rng.random((size, 80)) < 0.3).argmax(axis=1) + 1  # the first success; 80 tries without one do not happen
stories = {
    "binomial": ("right answers of 10, each right with 0.7", answers.sum(axis=1), stats.binom(10, 0.7)),
    "Poisson": ("servers down of 600, each with 0.005", servers.sum(axis=1), stats.poisson(3)),
    "geometric": ("tries until a success of chance 0.3", tries, stats.geom(0.3)),
    "exponential": ("wait without memory (minutes)", -2 * np.log(rng.random(size)), stats.expon(scale=2)),
    "gamma": ("three waits end to end (minutes)", waits, stats.gamma(3)),
    "normal": ("sum of twelve small errors", rng.random((size, 12)).sum(axis=1), stats.norm(6, 1)),
}
fig, panels = plt.subplots(2, 3, figsize=(12, 6.4))
for ax, (name, (story, drawn, law)) in zip(panels.ravel(), stories.items(), strict=True):
    whole = drawn.dtype.kind == "i"
    edges = np.arange(-0.5, 13) if whole else np.arange(0, 12.5, 0.5)
    ax.hist(drawn, bins=edges, density=True, color=plotting.PALETTE["sky"], rwidth=0.85)
    x, y = (np.arange(13), law.pmf(np.arange(13))) if whole else (grid, law.pdf(grid))
    ax.plot(x, y, "o--" if whole else "-", color=plotting.PALETTE["vermillion"])
    ax.set(title=name, xlabel=story, ylabel="share" if whole else "density", xlim=(-0.6, 12))
plt.show()

# %% [markdown]
# Bars are experiments, lines are the laws. Where they meet you in this course:
#
# - **binomial**: the accuracy of a classifier on a test set; **Poisson**: requests, failures, clicks per minute;
# - **geometric**: how many tokens until a stop token; **exponential**: latencies and the time between failures;
# - **gamma**: rates that differ from person to person (section 10); **normal**: noise, initial weights, and every average.
#
# A continuous variable has a *density*: its area is a probability, its height is not, and may exceed 1.
#
# ## 4 · Averages settle, at a price
#
# Pick $n$ people from the record and average their visits. Another $n$ people give another average. **Predict, then
# run:** by how much does the spread of such averages fall when $n$ grows fourfold?

# %%
sizes = 4 ** np.arange(6)
averages = {int(n): rng.choice(visits, size=(4_000, n)).mean(axis=1) for n in sizes}
spread = np.array([a.std() for a in averages.values()])
slope = np.polyfit(np.log(sizes), np.log(spread), 1)[0]

fig, ax = plt.subplots(figsize=(8, 4))
ax.loglog(sizes, spread, "o", markersize=8, label="spread of 4,000 averages")
ax.loglog(sizes, visits.std() / np.sqrt(sizes), "--", label=r"the guess: $\sigma / \sqrt{n}$")
ax.set(title=f"A straight line of slope −{-slope:.2f}", xlabel="people in an average, n", ylabel="spread (visits)")
ax.set_xticks(sizes, [f"{n:,}" for n in sizes])
ax.set_yticks([0.125, 0.25, 0.5, 1, 2, 4], ["0.125", "0.25", "0.5", "1", "2", "4"])
ax.minorticks_off()
ax.legend()
plt.show()

# %% [markdown]
# Each fourfold $n$ halves the spread: on log axes a line of slope −½. Now prove what you see. A sum of $n$ independent
# draws has variance $n\sigma^2$ (section 2); dividing by $n$ divides the variance by $n^2$:
#
# $$\operatorname{var}(\bar X) = \frac{\sigma^2}{n}, \qquad \operatorname{se}(\bar X) = \frac{\sigma}{\sqrt n} .$$
#
# That averages settle on $\mu$ is the **law of large numbers**; the **standard error** is its price list. One more
# decimal costs a hundred times the data.

# %% [markdown]
# ## 5 · And they all take the same shape
#
# The visits are anything but bell-shaped: nearly a third are 0 and one is 77. **Predict, then run:** how many people must
# share an average before you cannot tell its histogram from the normal curve?

# %%
fig, panels = plt.subplots(2, 3, figsize=(12, 6.2))
z = np.linspace(-4, 4, 300)
for ax, (n, average) in zip(panels.ravel(), averages.items(), strict=True):
    standard = (average - mean) / (visits.std() / np.sqrt(n))
    step = max(0.25, 1 / (visits.std() * np.sqrt(n)))  # not finer than the averages themselves can vary
    edges = standard.min() - step / 2 + step * np.arange(1 + np.ceil((4 - standard.min()) / step))
    ax.hist(standard, bins=edges, weights=np.full(standard.size, 1 / standard.size / step), color="C4")
    ax.plot(z, stats.norm.pdf(z), color=plotting.PALETTE["vermillion"])
    tails = f"{np.mean(standard < -2):.1%} below −2, {np.mean(standard > 2):.1%} above 2"
    ax.annotate(f"skewness\n{stats.skew(average):.2f}", (0.97, 0.8), xycoords="axes fraction", ha="right")
    ax.set(title=f"n = {n:,}: {tails}", xlabel="standard errors from μ", ylabel="density", xlim=(-4, 4))
plt.show()

# %% [markdown]
# The **central limit theorem** as a film of six frames: whatever the shape, $(\bar X - \mu)\,/\,(\sigma/\sqrt n)$
# approaches the standard normal, which has 2.3 % below −2 and as much above 2. See how slowly: skewness about halves
# with every fourfold $n$, and at $n = 64$ most surprises still come from above. "Thirty is enough" is folklore.
# <!-- worked out: 2.3 % = (1 - erf(sqrt(2))) / 2 -->
#
# It needs a finite $\sigma$. **Predict, then run:** the ratio of two normal numbers (a Cauchy variable) has none. How
# far from 0 is the average of 100 of them, typically, and of 10,000?

# %%
for n in (1, 100, 10_000):
    ratios = rng.normal(size=(500, n)) / rng.normal(size=(500, n))
    normals = rng.normal(size=(500, n))
    print(
        f"n = {n:>6,}: a Cauchy average misses by {np.median(np.abs(ratios.mean(axis=1))):.2f}, "
        f"a normal one by {np.median(np.abs(normals.mean(axis=1))):.3f}"
    )

# %% [markdown]
# Ten thousand Cauchy numbers tell no more than one. Beware of averaging ratios with denominators near 0.
#
# ## 6 · What breaks: data that repeats itself
#
# The commonest mistake is quieter. The sunspot record has 309 years. Leave out the middle one, and ask whether the two
# halves of 154 differ by more than their standard errors allow. A difference has variance $\mathrm{se}_1^2 + \mathrm{se}_2^2$ (variances add),
# and beyond two standard errors many would call it real.

# %%
sunspots = load("sunspots")["sunspots"].to_numpy()


def standard_error(x: np.ndarray) -> float:
    """Standard error of the mean of independent values."""
    return x.std(ddof=1) / np.sqrt(x.size)


early, late = sunspots[:154], sunspots[155:]  # the middle year belongs to neither
naive = np.hypot(standard_error(early), standard_error(late))
years = 22  # two cycles of about eleven years: such blocks hardly remember each other
blocks = [half.reshape(-1, years).mean(axis=1) for half in (early, late)]
honest = np.hypot(*[standard_error(block) for block in blocks])
gap = late.mean() - early.mean()
{
    "difference of the halves": f"{gap:.1f}",
    "in naive standard errors": f"{gap / naive:.1f}",
    "in standard errors of block means": f"{gap / honest:.1f}",
    "years, and blocks in each half": (sunspots.size, len(blocks[0])),
    "correlation of neighbouring years": f"{np.corrcoef(sunspots[:-1], sunspots[1:])[0, 1]:.2f}",
}

# %% [markdown]
# The naive error calls the difference real; with the honest one, nearly twice as large, it may be chance. (Seven blocks
# a side are few, so that error is itself rough.) Neighbouring
# years are correlated at 0.8, so 154 years are not 154 independent draws, and $\sigma/\sqrt n$ counted evidence twice.
# Averages over whole blocks are nearly independent, and for them the formula holds. **Rule:** before you divide by
# $\sqrt n$, ask what the independent units are: users, not clicks; patients, not scans; games, not moves. (`ddof=1`
# divides by $n - 1$: a sample's values lie nearer to their own mean than to $\mu$.)
#
# ## 7 · Monte Carlo: an integral by drawing
#
# Of 100 people, how often does the *most* frequent patient see a doctor? An expectation is an average, so draw and
# average. **Predict, then run:** how many draws until the first decimal can be trusted?

# %%
# The mean of a count M is P(M > 0) + P(M > 1) + …, since M is the number of k below it; and the busiest of 100 is at
# most k if all 100 are.
exact = (1 - np.array([(visits <= k).mean() for k in range(visits.max())]) ** 100).sum()
for n_draws in (100, 1_000, 10_000):
    busiest = rng.choice(visits, size=(n_draws, 100)).max(axis=1)
    print(f"{n_draws:>6,} draws: {busiest.mean():.2f} ± {standard_error(busiest):.2f}   (exact: {exact:.2f})")

# %% [markdown]
# Ten thousand draws, and the first decimal is still uncertain: a slow way to integrate, and one that does not care
# whether the thing has one dimension or a thousand. **Rule:** never print a Monte Carlo estimate without its standard error, nor digits
# beyond it. Exercise 5 builds the tool.
#
# ## 8 · Turning the question round
#
# One payment in 200 is a fraud. An alarm catches 90 % of frauds and disturbs 2 % of honest payments. **Predict, then
# run:** the alarm rings. How likely is a fraud? Do not calculate: simulate 200,000 payments and *look* at the alarms.

# %%
fraud = rng.random(200_000) < 1 / 200
alarm = rng.random(200_000) < np.where(fraud, 0.90, 0.02)
print(f"{alarm.sum():,} alarms, {(alarm & fraud).sum():,} of them frauds: {fraud[alarm].mean():.1%}")

# %% [markdown]
# To restrict attention to the rows where $B$ happened is to **condition**: `fraud[alarm].mean()` *is* $P(F \mid A)$, and
# a mask is all there is to it. By hand, on 20,000 payments: 100 are frauds, of which 90 ring; 19,900 are honest, of
# which 398 ring. So $90 / (90 + 398) = 18.4\,\%$.
# Put the counts into letters and you have written **Bayes' rule**:
#
# $$P(F \mid A) = \frac{P(A \mid F)\,P(F)}{P(A \mid F)\,P(F) + P(A \mid \bar F)\,P(\bar F)} .$$
#
# $P(A \mid F)$ was 90 %, $P(F \mid A)$ is 18 %. Taking one for the other is the **base-rate fallacy**. How much does the
# base rate decide?
# <!-- worked out: 20,000 = 100 * 200; 19,900 = 20_000 - 100; 398 = 0.02 * 19_900 -->

# %%
base = np.geomspace(1e-4, 0.5, 200)
fig, ax = plt.subplots(figsize=(8, 4.2))
for false_alarms in (0.02, 0.002, 0.0002):
    after = 0.9 * base / (0.9 * base + false_alarms * (1 - base))
    ax.semilogx(base, after, label=f"{false_alarms:.2%} of honest payments ring")
for share in (1 / 200, 1 / 40, 1 / 8):
    truth = rng.random(200_000) < share
    rings = rng.random(200_000) < np.where(truth, 0.90, 0.02)
    ax.plot(share, truth[rings].mean(), "ko", label="simulated" if share == 1 / 8 else None)
ax.set(title="The same alarm means something else in every crowd", xlabel="share of frauds among all payments")
ax.set(ylabel="share of frauds among alarms", ylim=(0, 1))
ax.legend()
plt.show()

# %% [markdown]
# Follow one curve: nothing about the alarm changes, only the crowd, and its meaning runs from "almost certainly
# nothing" to "almost certainly fraud". Follow a vertical line: when the thing is rare, only fewer *false* alarms
# help. The dots are simulations. In odds it is one multiplication: prior odds 1 : 199, times $0.90 / 0.02 = 45$, make
# 45 : 199.
# <!-- worked out: 199 = 200 - 1 -->
#
# ## 9 · Likelihood: which world made this?
#
# Three people went 0, 2 and 4 times. Suppose visits are Poisson with an unknown mean. **Predict, then run:** simulate
# 200,000 trios for each of nine means and count the trios that are *exactly* (0, 2, 4). Which mean wins?

# %%
seen = np.array([0, 2, 4])
means = np.arange(0.5, 5.0, 0.5)
hits = [(rng.poisson(m, size=(200_000, 3)) == seen).all(axis=1).mean() for m in means]
m = np.linspace(0.2, 5, 200)
product = stats.poisson.pmf(seen[:, None], m).prod(axis=0)

fig, ax = plt.subplots(figsize=(8, 4))
ax.plot(means, 1e3 * np.array(hits), "o", markersize=8, label="simulated trios that match")
ax.plot(m, 1e3 * product, label="product of three probabilities")
ax.axvline(seen.mean(), color="k", linestyle="--", linewidth=1, label="mean of the three")
ax.set(title="How often each world makes exactly 0, 2, 4", xlabel="mean of the world (visits)", ylabel="per thousand")
ax.legend()
plt.show()

# %% [markdown]
# The world with mean 2 makes our data most often. Independent probabilities multiply, and as a function of the
# unknown $\theta$ this product is the **likelihood**, its top the **maximum-likelihood estimate**:
#
# $$L(\theta) = \prod_i p(k_i \mid \theta), \qquad \log L(m) = \sum_i (k_i \log m - m - \log k_i!) .$$
#
# Setting the derivative $\sum_i k_i / m - n$ to 0 gives $\hat m = \bar k$: the dashed line. (It is no probability that
# $\theta$ is right: that needs a prior.)
#
# Now all 20,190 person-years. **Predict, then run:** what does the product show?

# %%
each = stats.poisson.pmf(visits, mean)
tiny = np.array([-1000.0, -1001.0])
with np.errstate(divide="ignore"):
    broken = np.log(np.exp(tiny).sum())
{
    "product": f"{each.prod()}, from factor {np.argmax(np.cumprod(each) == 0.0) + 1} on",
    "sum of logarithms": f"{stats.poisson.logpmf(visits, mean).sum():,.1f}",
    "log(e^-1000 + e^-1001)": f"{broken}",
    "-1000 + log(1 + e^-1)": f"{-1000 + np.log(np.exp(tiny + 1000).sum()):.4f}",
}

# %% [markdown]
# Within 138 factors `float64` is exhausted. **Rule: multiply by adding logarithms.** And where probabilities must be
# *added* (the denominator of Bayes' rule), take the largest out first, as in the last line; exercise 2 makes that safe.
#
# ## 10 · A rate for each
#
# Back to the riddle. Poisson gives all people one rate. But people differ. Let everybody have a rate of their own,
# gamma-distributed with mean 3 and shape $r$ (small $r$: very different people). **Predict, then run:** the variance of
# the visits, beyond the Poisson's 3?

# %%
for r in (9.0, 3.0, 1.0, 0.5):
    own_rate = rng.gamma(r, 3 / r, size=400_000)
    x = rng.poisson(own_rate)
    print(
        f"shape {r}: variance {x.var():5.2f}, excess {x.var() - 3:5.2f}; the rates alone {own_rate.var():5.2f}, 9/r {9 / r:5.2f};  "
        f"nobody went: {np.mean(x == 0):.3f}, (r/(r + 3))^r: {(r / (r + 3)) ** r:.3f}"
    )

# %% [markdown]
# The excess is the variance of the rates themselves: chance within people, plus differences between people.
#
# $$\operatorname{var}(X) = \underbrace{E[\text{rate}]}_{\text{within}} + \underbrace{\operatorname{var}(\text{rate})}_{\text{between}} = m + \frac{m^2}{r} .$$
#
# (Exercise 4 meets the same sum with matrices.) Such counts are **negative binomial**; the last two columns have
# already tested its $p(0)$:
#
# $$p(k \mid m, r) = \frac{\Gamma(k + r)}{\Gamma(r)\,k!} \Big(\frac{r}{r+m}\Big)^{r} \Big(\frac{m}{r+m}\Big)^{k} .$$
#
# Its likelihood has two unknowns, so it is a landscape. Here it is for 300 random person-years and for all.

# %%
m, r = np.linspace(2.0, 4.0, 101)[:, None], np.linspace(0.4, 1.1, 71)[None, :]
levels, shades = [-100, -30, -10, -3, -1, 0], plt.get_cmap("cividis")(np.linspace(0, 1, 6))
fig, panels = plt.subplots(1, 2, figsize=(12, 4.6), sharey=True)
for ax, sample in zip(panels, (rng.choice(visits, 300, replace=False), visits), strict=True):
    k, times = np.unique(sample, return_counts=True)
    each = stats.nbinom.logpmf(k[:, None, None], r, r / (r + m))
    log_l = np.tensordot(times, each, axes=1)
    below = log_l - log_l.max()
    filled = ax.contourf(m[:, 0], r[0], below.T, levels=levels, colors=shades, extend="min")
    i, j = np.unravel_index(below.argmax(), below.shape)
    ax.plot(m[i, 0], r[0, j], "o", color=plotting.PALETTE["vermillion"])
    ax.set(
        title=f"{sample.size:,} person-years: top at mean {m[i, 0]:.2f}, shape {r[0, j]:.2f}", xlabel="mean (visits)"
    )
panels[0].set(ylabel="shape of the rates")
# in the text: 2.86; 0.68
fig.colorbar(filled, ax=panels, label="log-likelihood below the top")
plt.show()

# %% [markdown]
# Left, a broad hill: many worlds explain 300 counts. Right, a needle near mean 2.86 and shape 0.68, for more data
# means a sharper top. (Sharper than it deserves: the rows are person-*years*, and section 6 told you what that does.)
#
# Now ask the fitted world the opening question.

# %%
k = np.arange(60)
laws = {"Poisson": stats.poisson(mean), "a rate for each": stats.nbinom(0.68, 0.68 / (0.68 + mean))}
fig, ax = plt.subplots(figsize=(8, 4.4))
ax.semilogy(k, [n_rows * (visits > one).mean() for one in k], "k.", label="RAND record")
for style, (name, law) in zip(("--", "-"), laws.items(), strict=True):
    expected = n_rows * law.sf(20)
    ax.semilogy(k, n_rows * law.sf(k), style, label=f"{name}: {expected:{'.0f' if expected > 1 else '.0e'}} above 20")
ax.axvline(20, color=plotting.PALETTE["grey"], linewidth=1)
# in the text: 104 person-years; 205 in the record
ax.set(title=f"{(visits > 20).sum()} person-years with more than 20 visits", xlabel="visits k")
ax.set(ylabel="person-years above k", ylim=(0.3, 4e4))
ax.legend()
plt.show()

# %% [markdown]
# One idea, *people differ*, carries the curve from 10⁻⁷ to 104 person-years, against 205 in the record. The rest of the
# tail (chronic illness, say) is still missing, and now you know how to look for it: simulate, compare, doubt. All
# models are wrong; this one is wrong by a factor of two, not of a billion.
#
# ## Recap
#
# 1. A distribution is a table of shares; expectation is an average weighed by it; conditioning is a mask.
# 2. Variances of independent things add. Hence $\sigma/\sqrt n$, and hence the question: independent in which unit?
# 3. Averages turn normal at a speed that skewness decides. Estimates come with standard errors.
# 4. Bayes: count in people, and never forget the base rate.
# 5. Likelihood: which world makes my data most often? Add logarithms, and check the winner by simulation.

# %% [markdown]
# ## The interview question
#
# *A test that is right 99 % of the time finds a disease that one person in a thousand has: what does a positive
# result mean?*
#
# <details><summary>What a strong answer contains</summary>
#
# A question back before any number, a count that a layman could follow, the assumptions behind it, and a next step.
# Weak answers recite a formula and stop. You work it out in exercise 8.
#
# </details>
#
# ## Primary sources
#
# - Adhikari, DeNero and Wagner, [Computational and Inferential Thinking](https://inferentialthinking.com), the text of
#   Data 8
# - NumPy reference: [random Generator](https://numpy.org/doc/stable/reference/random/generator.html); SciPy reference:
#   [probability distributions](https://docs.scipy.org/doc/scipy/tutorial/stats.html)
# - Manning et al., [Health insurance and the demand for medical care](https://www.rand.org/pubs/reports/R3476.html),
#   RAND, 1988
# - Gigerenzer et al., [Helping doctors and patients make sense of health
#   statistics](https://doi.org/10.1111/j.1539-6053.2008.00033.x), 2007
