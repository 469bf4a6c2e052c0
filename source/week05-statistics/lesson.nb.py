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
# # Week 5 · Evidence and experiments
#
# In the 1970s thousands of American families drew their health insurance by lot. Some got free care, others paid 95 %
# of every bill up to a yearly limit. Afterwards, a person with free care saw a doctor 3.1 times a year, a person who
# paid 2.1 times.
#
# One visit of difference, twenty thousand rows of data, and a textbook formula that gives an interval. The formula's
# interval is half as wide as it should be.
#
# **How can a correct formula, on clean data, from a true experiment, be wrong by a factor of two, and how would you
# notice?**
#
# You would notice by the only method that never goes out of date: simulate a world whose truth you know, and count
# how often your method is right.

# %% [markdown]
# ## What you will be able to do
#
# - **Build** an interval for any statistic and measure how often it covers the truth: exercise 1.
# - **Test** a difference by shuffling, and say what its p-value does not say: exercises 2 and 8 (an answer, in words).
# - **Plan** the size of an experiment, and check its power by simulation: exercises 3 and 4.
# - **Control** false findings when many questions are asked at once: exercise 5.
# - **Reduce** an experiment's variance with data from before it began, and turn its log into a decision: exercises 6
#   and 7.
#
# **Time** about 80 minutes, with the predictions written down. **Before you start** weeks 1, 2 and 4: arrays, a
# `groupby`, the normal distribution. **Memory** under 1 GiB; everything runs in less than a minute.

# %% [markdown]
# Each row of `randhie` is one person in one year. The file keeps families together but does not name them, so a
# household begins wherever one of four columns that belong to a family's plan and income changes.

# %%
import math
from itertools import combinations, product
from statistics import NormalDist

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import stats

from coursekit import plotting
from coursekit.data import load

plotting.use_course_style()
BLUE, RED, GREY = (plotting.PALETTE[name] for name in ("blue", "vermillion", "grey"))

rows = load("randhie")
rows["plan"] = np.expm1(rows["lncoins"]).round().astype(int)  # percent of each bill that the family pays
family = rows[["lncoins", "idp", "lpi", "fmde"]]
rows["household"] = (family != family.shift()).any(axis=1).cumsum()
homes = rows.groupby("household").agg(plan=("plan", "first"), visits=("mdvis", "mean"))
rows.groupby("plan").agg(visits_a_year=("mdvis", "mean"), rows=("mdvis", "size"), households=("household", "nunique"))

# %% [markdown]
# ## 1 · An estimate is one draw
#
# A lot decided who is in which row; another lot, other numbers. An **estimator** is a rule that turns data into a
# guess, so it has a distribution. Two things can be wrong with it: its **bias** (the mean guess misses) and its
# **variance** (single guesses scatter). The mean squared error adds them up:
#
# $$\mathbb{E}\big[(\hat\theta - \theta)^2\big] = \text{bias}^2 + \text{variance}.$$
#
# The smallest world in which this can be seen: a population of two numbers, 0 and 2, with variance $\sigma^2 = 1$.
# Draw two, with replacement: $(0,0), (0,2), (2,0), (2,2)$. By hand, the variance estimates with divisor $n$ are 0, 1,
# 1, 0: on average ½. **Predict, then run:** divisor $n - 1$ removes the bias. Does it also make the error smaller?

# %%
samples = np.array(list(product([0, 2], repeat=2)))
guesses = {f"divisor {name}": samples.var(axis=1, ddof=ddof) for name, ddof in [("n", 0), ("n - 1", 1)]}
pd.DataFrame(
    {
        name: {"bias": g.mean() - 1, "variance": g.var(), "mean squared error": ((g - 1) ** 2).mean()}
        for name, g in guesses.items()
    }
)

# %% [markdown]
# The unbiased estimator has *twice* the error: its guesses 0, 2, 2, 0 are right on average and never. **Rule:**
# unbiased is not the same as good. You will meet that trade again in every regularised model.
#
# ## 2 · What an interval promises
#
# A 95 % interval comes from a procedure that covers the truth in 95 % of its uses. The one you hold covers it or does
# not; the 95 % belongs to the procedure.
#
# So let us use it 100 times. The population: all households, whose mean we know. A sample: 15 of them. The interval is
# Student's, $\bar x \pm t\, s/\sqrt n$. **Predict, then run:** how many of 100 intervals miss?


# %%
def t_intervals(samples: NDArray, level: float = 0.95) -> tuple[NDArray, NDArray]:
    """Lower and upper ends of Student's interval for the mean, one for each row."""
    n = samples.shape[1]
    margin = stats.t.ppf((1 + level) / 2, n - 1) * samples.std(axis=1, ddof=1) / np.sqrt(n)
    return samples.mean(axis=1) - margin, samples.mean(axis=1) + margin


population = homes["visits"].to_numpy()
truth = population.mean()
low, high = t_intervals(np.random.default_rng(50).choice(population, size=(100, 15)))
missed = (truth < low) | (truth > high)

fig, ax = plt.subplots(figsize=(10, 4))
for colour, which, name in [(BLUE, ~missed, "covers"), (RED, missed, "misses")]:
    ax.vlines(np.arange(100)[which], low[which], high[which], color=colour, linewidth=2, label=name)
ax.axhline(truth, color="k", linewidth=1)
ax.set(
    title=f"{missed.sum()} of 100 intervals miss the truth", xlabel="sample of 15 households", ylabel="visits a year"
)
ax.legend(ncols=2)
plt.show()

# %% [markdown]
# Look where the red ones lie: most miss from *below*, and they are short. A sample without a heavy user of doctors has
# a low mean and a small $s$ at once, so it is wrong and sure of itself. One hundred is a small count. Measure the
# coverage properly, for two populations and growing samples:

# %%
rng = np.random.default_rng(51)
normal = rng.normal(size=100_000)
coverage: dict[str, dict[str, float]] = {"normal numbers": {}, "households": {}}
for name, people in [("normal numbers", normal), ("households", population)]:
    for n in (5, 15, 60, 240):
        low, high = t_intervals(rng.choice(people, size=(10_000, n)))
        coverage[name][f"n = {n}"] = ((low <= people.mean()) & (people.mean() <= high)).mean()
pd.DataFrame(coverage).T.round(3)

# %% [markdown]
# On normal numbers Student's interval keeps its promise at every size. On skewed ones it needs a few hundred
# observations (each figure is known to about ±0.005). No formula told you that; counting did. **Rule: coverage is the
# test of an interval**, and you can run it on anything that you can simulate.
# <!-- worked out: 0.005 = 2 * sqrt(0.93 * 0.07 / 10_000) -->
#
# ## 3 · The bootstrap: an interval for anything
#
# There is a formula for the mean. For a median, a ratio or an AUC there is none that you want to remember. The
# bootstrap asks the sample to play the population: draw $n$ values from it *with replacement*, compute the statistic,
# repeat. By hand, for the values 1, 2, 6: $3^3 = 27$ resamples, of which $(1, 1, 6)$ has the median 1.
#
# Does the pretence work? Here the true distribution of a median over many samples of 60, beside the bootstrap's, made
# from one single sample:

# %%
rng = np.random.default_rng(53)
medians = np.median(rng.choice(population, size=(4_000, 60)), axis=1)
sample = rng.choice(population, size=60)
bootstrap = np.median(rng.choice(sample, size=(4_000, 60)), axis=1)

fig, axes = plt.subplots(1, 2, figsize=(10, 3.8), sharex=True, sharey=True)
panels = [
    ("4,000 samples (nobody has these)", medians, np.median(population)),
    ("one sample, resampled", bootstrap, np.median(sample)),
]
for ax, (name, values, centre) in zip(axes, panels, strict=True):
    ax.hist(values, bins=np.arange(1, 4, 0.1), color=BLUE)
    ax.axvline(centre, color=RED, label=f"median {centre:.2f}")
    ax.set(title=f"{name}: spread {values.std():.2f}", xlabel="median visits a year", ylabel="count")
    ax.legend()
plt.show()

# %% [markdown]
# The centre is off, as one sample's centre always is; the *spread* is about right, and the spread is what an interval
# needs. The middle 95 % of the right-hand picture is the percentile interval of exercise 1. What it cannot do: invent
# values the sample lacks (so never trust it for a maximum), or know that your rows are not independent. Hold that
# thought.
#
# ## 4 · Shuffle the labels
#
# Three families got free care and made 5, 6 and 9 visits; three paid and made 1, 2 and 4. The difference of means is
# $6\tfrac23 - 2\tfrac13 = 4\tfrac13$. If insurance changed nothing, the six numbers would be the same whoever drew
# which plan, and the lot could have dealt them in $\binom63 = 20$ ways. **Predict, then run:** in how many of the 20
# is the difference at least as far from 0, and can three against three ever give $p < 0.05$?

# %%
pool = [5, 6, 9, 1, 2, 4]
deals = [(sum(three) - (sum(pool) - sum(three))) / 3 for three in combinations(pool, 3)]
extreme = [round(d, 2) for d in deals if abs(d) >= deals[0]]
extreme, f"p = {len(extreme)} / {len(deals)} = {len(extreme) / len(deals)}"

# %% [markdown]
# Two deals: the observed one and its mirror image. That is the most extreme result possible, and $p = 0.1$. So this
# experiment could not have "succeeded" at 0.05, whatever happened. Ask that *before* an experiment.
#
# The real one has more deals than can be listed, so draw some. The observed deal counts as one of them, hence
#
# $$p = \frac{1 + b}{1 + B}, \qquad b = \#\{\text{shuffles at least as extreme}\}.$$
#
# The lot fell on families, so shuffle families:

# %%
free, paying = (homes.loc[homes["plan"] == plan, "visits"].to_numpy() for plan in (0, 95))
observed = free.mean() - paying.mean()
rng, pool = np.random.default_rng(54), np.concatenate([free, paying])
shuffled = (rng.permutation(pool) for _ in range(1_999))
null = np.array([deal[: free.size].mean() - deal[free.size :].mean() for deal in shuffled])
p = (1 + (np.abs(null) >= abs(observed)).sum()) / (1 + null.size)
welch = stats.ttest_ind(free, paying, equal_var=False)

fig, ax = plt.subplots()
ax.hist(null, bins=50, density=True, color=plotting.PALETTE["sky"], label="1,999 other draws of the lot")
grid = np.linspace(-1.1, 1.1, 300)
ax.plot(grid, stats.norm.pdf(grid, scale=null.std()), "k", linewidth=1, label="normal curve")
ax.axvline(observed, color=RED, label=f"observed: {observed:.2f}")
ax.set(title=f"Free care against 95 %: p = {p:.4f}", xlabel="difference of mean visits", ylabel="density")
ax.legend()
plt.show()
{"t": f"{welch.statistic:.2f}", "p of Welch's t-test": f"{welch.pvalue:.1e}"}

# %% [markdown]
# No shuffle came near. The histogram follows the normal curve, which is why the **t-test** works: it takes the curve
# for granted and asks how many standard errors the difference is from 0,
#
# $$t = \frac{\bar x_1 - \bar x_0}{\sqrt{s_1^2/n_1 + s_0^2/n_0}} .$$
#
# Same question, same answer; it reaches $p$-values that 1,999 shuffles cannot, and leans on large groups to do so.
#
# **A p-value, honestly:** the probability of data *at least this extreme, if there were no effect*. It is not the
# probability that there is no effect. To get that, you need to know how often ideas work. **Predict, then run:** one
# idea in ten works, by 0.2 standard deviations, and each is tested on 400 users per arm. Of the results with $p <
# 0.05$, what share is false?

# %%
rng = np.random.default_rng(55)
works = rng.random(40_000) < 0.1
error = math.sqrt(2 / 400)
estimate = rng.normal(np.where(works, 0.2, 0.0), error)
p_values = 2 * stats.norm.sf(np.abs(estimate) / error)
significant = p_values < 0.05
{
    "power": f"{100 * significant[works].mean():.0f} %",
    "false alarms among ideas without effect": f"{100 * significant[~works].mean():.1f} %",
    "false share of the significant results": f"{100 * (~works)[significant].mean():.0f} %",
    "and of those between 0.04 and 0.05": f"{100 * (~works)[(p_values > 0.04) & significant].mean():.0f} %",
}

# %% [markdown]
# The test keeps its promise of 5 % and more than a third of the findings is false; of those just below the line, most.
# Whoever reads $p = 0.045$ as "95 % sure" is wrong by a wide margin.
#
# ## 5 · What breaks: twenty thousand rows are not twenty thousand draws
#
# Now the opening question. The textbook formula on *rows* gives the difference ± 0.18. To see whether to believe it, run
# an **A/A test**: give every household a fake plan by lot, so that no effect exists, and test. A sound p-value is then
# uniform, and 5 % of them fall below 0.05. **Predict, then run:** what share does the row-wise t-test get?

# %%
rng = np.random.default_rng(56)
by_home = rows.groupby("household")["mdvis"].agg(["size", "mean"]).to_numpy().T
sizes, means = by_home
home, visits = rows["household"].to_numpy() - 1, rows["mdvis"].to_numpy(dtype=float)
p_rows, p_homes = [], []
for _ in range(400):
    fake = rng.random(sizes.size) < 0.5
    p_rows.append(stats.ttest_ind(visits[fake[home]], visits[~fake[home]], equal_var=False).pvalue)
    p_homes.append(stats.ttest_ind(means[fake], means[~fake], equal_var=False).pvalue)

fig, axes = plt.subplots(1, 2, figsize=(10, 3.6), sharey=True)
for ax, name, values in [(axes[0], "rows", np.array(p_rows)), (axes[1], "household means", np.array(p_homes))]:
    ax.hist(values, bins=np.linspace(0, 1, 21), color=BLUE)
    ax.axhline(20, color=RED, linestyle="--", label="what 'no effect' should give")
    ax.set(
        title=f"t-test on {name}: {100 * (values < 0.05).mean():.0f} % below 0.05", xlabel="p-value", ylabel="A/A tests"
    )
    ax.legend()
plt.show()

# %% [markdown]
# On the left nothing is going on, and the test cries wolf again and again: people of one family, and one person's
# years, resemble each other, so the rows repeat each other. On the right the same formula on one number for each
# family: flat, as it should be.
#
# How far off is the interval? The bootstrap tells, if it resamples what the lot dealt: whole households, with all
# their rows.

# %%
rng = np.random.default_rng(57)
totals = rows.groupby("household").agg(plan=("plan", "first"), visits=("mdvis", "sum"), rows=("mdvis", "size"))


def visits_per_row(table: pd.DataFrame) -> NDArray:
    """Visits a year in 1,000 bootstrap resamples of whole households."""
    pick = rng.integers(len(table), size=(1_000, len(table)))
    return table["visits"].to_numpy()[pick].sum(axis=1) / table["rows"].to_numpy()[pick].sum(axis=1)


difference = visits_per_row(totals[totals["plan"] == 0]) - visits_per_row(totals[totals["plan"] == 95])
arms = [rows.loc[rows["plan"] == plan, "mdvis"] for plan in (0, 95)]
formula = math.sqrt(sum(arm.var() / arm.size for arm in arms))
low, high = np.quantile(difference, [0.025, 0.975])
{
    "difference, each row counts once": f"{arms[0].mean() - arms[1].mean():.2f}",
    "difference, each family counts once": f"{observed:.2f}",
    "by the formula on rows": f"± {1.96 * formula:.2f}",
    "bootstrap of households": f"{low:.2f} to {high:.2f}",
    "wider by a factor of": f"{(high - low) / (2 * 1.96 * formula):.1f}",
}

# %% [markdown]
# There is the factor of two. (Rows give large families more weight, hence 1.01 here where §4's family means gave
# 0.96.) The effect survives, the confidence does not. **Rule: analyse as you randomised.** If users are assigned,
# users are the unit: not visits, not clicks.
#
# ## 6 · Counts: χ²
#
# For counts, the distance from what was expected is
#
# $$\chi^2 = \sum \frac{(\text{observed} - \text{expected})^2}{\text{expected}} .$$
#
# Its most useful use in an A/B test takes one line, and comes *before* looking at any effect: a fair coin sent 10,300
# users to one arm and 9,700 to the other. By hand, with 10,000 expected: $300^2/10{,}000$ twice, $\chi^2 = 18$.
# <!-- worked out: 10,000 = (10_300 + 9_700) / 2 -->

# %%
test = stats.chisquare([10_300, 9_700])
by_erfc = math.erfc(math.sqrt(test.statistic / 2))
{
    "χ²": f"{test.statistic:.1f}",
    "p": f"{test.pvalue:.1e}, by erfc {by_erfc:.1e}",
    "p with a tenth of the users": f"{stats.chisquare([1_030, 970]).pvalue:.2f}",
}

# %% [markdown]
# (`erfc` gives the p-value of $\chi^2$ with one degree of freedom, which is what two arms have.) A fair lot does that
# about twice in 100,000 experiments. Something eats users of one arm: a redirect, a crash, a filter. Whom it eats
# nobody knows, so no analysis of this experiment means anything (*sample ratio mismatch*, exercise 7). The same
# shares with a tenth of the users would be unremarkable.
# <!-- worked out: 100,000 = 2.2 / 2.2e-5 -->
#
# ## 7 · Power, and what low power does to the truth
#
# Power is the chance to find an effect that exists. In units of the standard error, with true effect $\delta$:
# $\text{power} \approx \Phi(\delta/\text{SE} - 1.96)$. **Predict, then run:** a test has 20 % power, and it comes out
# significant. How does the estimate compare with the truth?

# %%
rng, phi = np.random.default_rng(58), NormalDist().cdf
ratio = np.linspace(0.3, 4.5, 60)  # true effect in standard errors
power = np.array([phi(r - 1.96) + phi(-r - 1.96) for r in ratio])
exaggeration = []
for r in ratio:
    z = rng.normal(r, size=20_000)
    exaggeration.append(np.abs(z[np.abs(z) > 1.96]).mean() / r)
users = np.geomspace(200, 50_000, 100)
fig, (left, right) = plt.subplots(1, 2, figsize=(11, 4))
for lift in (0.005, 0.01, 0.02):
    se = np.sqrt(2 * 0.05 * 0.95 / users)
    left.plot(users, [phi(lift / s - 1.96) for s in se], label=f"+{100 * lift:.1f} points")
left.axhline(0.8, color=GREY, linestyle="--")
left.set(title="Half the effect, four times the users", xlabel="users per arm", ylabel="power", xscale="log")
left.legend(title="lift from 5 %")
right.plot(power, exaggeration, color=RED)
right.axhline(1, color=GREY, linestyle="--")
at_20 = np.interp(0.2, power, exaggeration)
right.set(
    title=f"At 20 % power winners look {at_20:.1f} times too good",
    xlabel="power",
    ylabel="significant estimate / truth",
)
right.set_ylim(0, 8)
plt.show()

# %% [markdown]
# Left: every curve is the same, shifted (the code gives both arms the base rate's variance); to halve the effect you
# can see costs four times the users. Right: an underpowered test that "finds" something has found an exaggeration,
# because only exaggerations get past the line (the *winner's curse*). It counts findings of the wrong sign too; the
# left panel, like the formula above it, leaves them out, because they matter only where power is this low.
#
# Size must also be fixed in advance. **Predict, then run:** an A/A test with a look at $p$ every day for two weeks,
# stopped at the first $p < 0.05$. How often does it "win"?

# %%
rng = np.random.default_rng(59)
daily = rng.normal(size=(20_000, 14))  # each day's difference, in its own standard errors
z = daily.cumsum(axis=1) / np.sqrt(np.arange(1, 15))
crossed = np.abs(z) > 1.96
{
    "look once, on day 14": f"{100 * crossed[:, -1].mean():.1f} %",
    "look every day": f"{100 * crossed.any(axis=1).mean():.1f} %",
}

# %% [markdown]
# Peeking turns 5 % into more than 20 %. Sequential tests, which pay for each look, come in week 23.
#
# ## 8 · Many questions at once
#
# Twenty independent metrics that do not move: $1 - 0.95^{20} = 64\,\%$ chance of at least one "finding".
# **Bonferroni** asks each for $p \le 0.05/m$, and misses much. **Benjamini and Hochberg** bound the expected *share*
# of false findings: sort, find the last $p_{(k)}$ on or below the line $q\,k/m$, and reject all up to it. By hand,
# with $m = 4$, $q = 0.08$ and 0.01, 0.045, 0.055, 0.9: the lines are 0.02, 0.04, 0.06, 0.08; the third is below its
# line, so the first *three* are rejected, the second too.
# <!-- worked out: 0.04 = 0.08 * 2 / 4; 0.06 = 0.08 * 3 / 4; 0.08 = 0.08 * 4 / 4 -->
# <!-- fact: 0.045; 0.055; chosen for the example -->

# %%
rng = np.random.default_rng(66)
real = np.arange(40) < 12
p_values = 2 * stats.norm.sf(np.abs(rng.normal(np.where(real, 2.8, 0.0))))
order = np.argsort(p_values)
rank, line = np.arange(1, 41), 0.1 * np.arange(1, 41) / 40
k = np.flatnonzero(p_values[order] <= line).max() + 1

fig, ax = plt.subplots()
for which, colour, marker, name in [(real, BLUE, "o", "real effect"), (~real, RED, "x", "no effect")]:
    shown = which[order] & (rank <= 24)
    ax.plot(rank[shown], p_values[order][shown], marker, color=colour, label=name)
ax.plot(rank[:24], line[:24], "k", linewidth=1, label="q · k / m, q = 0.1")
ax.axhline(0.05, color=GREY, linestyle="--", label="0.05, uncorrected")
ax.axvspan(0.5, k + 0.5, color=plotting.PALETTE["light"], zorder=0)
false = (~real)[order][:k].sum()
ax.set(
    title=f"{k} of 40 rejected, {false} of them falsely",
    xlabel="rank of the p-value",
    ylabel="p-value",
    ylim=(-0.01, 0.25),
)
ax.legend(loc="upper left")
plt.show()
uncorrected = p_values < 0.05
f"uncorrected: {uncorrected.sum()} found, {(uncorrected & ~real).sum()} false; Bonferroni at 0.05: {(p_values < 0.05 / 40).sum()} found"

# %% [markdown]
# The grey band is what the rule rejects at $q = 0.1$: more of the real effects than Bonferroni at 0.05, fewer false
# ones than no correction. The two levels promise different things: a share of false findings, a chance of any.
#
# ## 9 · More evidence from the same users
#
# Much of what users do in an experiment they did before it, and that part is noise. **CUPED** subtracts what the past
# predicts: $\text{adjusted} = \text{after} - \theta\,(\text{before} - \overline{\text{before}})$ with the slope
# $\theta = \operatorname{cov}/\operatorname{var}(\text{before})$. The variance falls by the factor $1 - \rho^2$, with
# $\rho$ the correlation. The lot made `before` equal in both arms up to luck, and it is this luck that is removed.
#
# With a planted effect of 1.00:

# %%
rng = np.random.default_rng(60)
estimates: dict[str, list[float]] = {"plain": [], "CUPED": []}
rho_squared = []
for _ in range(2_000):
    before = rng.gamma(2.0, 10.0, size=400)
    after, arm = 0.8 * before + rng.normal(scale=8.0, size=400), np.arange(400) < 200
    after[arm] += 1.0
    rho_squared.append(np.corrcoef(before, after)[0, 1] ** 2)
    theta = np.cov(before, after)[0, 1] / before.var(ddof=1)
    for name, outcome in [("plain", after), ("CUPED", after - theta * (before - before.mean()))]:
        estimates[name].append(outcome[arm].mean() - outcome[~arm].mean())
summary = pd.DataFrame(estimates).agg(["mean", "std"]).T
summary["variance, share of plain"] = (summary["std"] / summary.loc["plain", "std"]) ** 2
summary["1 - ρ²"] = [1.0, 1 - np.mean(rho_squared)]
summary.round(2)

# %% [markdown]
# Both hit 1.00 on average; CUPED does it with a third of the variance, which is worth three times the users. Only what
# happened *before* may be used: adjusting for something the treatment changed removes part of the effect.
#
# ## 10 · Two ways to be fooled without an experiment
#
# **Simpson's paradox.** Two treatments of kidney stones, successes of patients (Charig and others, 1986). **Predict,
# then run:** A is better for small stones and better for large ones. Which is better overall?

# %%
stones = pd.DataFrame(
    {
        "treatment": ["A", "A", "B", "B"],
        "stones": ["small", "large", "small", "large"],
        "success": [81, 192, 234, 55],
        "patients": [87, 263, 270, 80],
    }
)
both = stones.groupby("treatment", as_index=False)[["success", "patients"]].sum().assign(stones="all")
table = pd.concat([stones, both]).assign(rate=lambda t: t["success"] / t["patients"])
table.pivot_table(index="stones", columns="treatment", values=["rate", "patients"], aggfunc="sum", sort=False).round(2)

# %% [markdown]
# B wins overall and loses in both groups: it got the easy cases. Doctors chose the treatment by the size of the stone,
# so size drives both. A lot would have made the groups alike; without one, no table tells you which split to believe.
# You must know how the patients came to their treatment.
#
# **Regression to the mean.** Take people with a year of many visits and look at their *next* year. Nobody treated
# them. Three rows in a row whose traits are all equal are read as one person's three years:

# %%
traits = rows.drop(columns=["mdvis"])
person = (traits != traits.shift()).any(axis=1).cumsum()
three = rows[person.map(person.value_counts()) == 3]["mdvis"].to_numpy().reshape(-1, 3)
groups = {
    "0 visits": three[:, 0] == 0,
    "1 to 4": (three[:, 0] > 0) & (three[:, 0] < 5),
    "10 and more": three[:, 0] >= 10,
}

fig, ax = plt.subplots()
for (name, chosen), colour in zip(groups.items(), (BLUE, GREY, RED), strict=True):
    ax.plot([1, 2, 3], three[chosen].mean(axis=0), "o-", color=colour, label=f"{name} ({chosen.sum():,} people)")
ax.axhline(three.mean(), color="k", linestyle="--", linewidth=1, label=f"mean of all: {three.mean():.1f}")
after_many = three[groups["10 and more"]].mean(axis=0)
title = f"From {after_many[0]:.1f} to {after_many[1]:.1f} visits, and nobody did anything"
ax.set(title=title, xlabel="year", ylabel="mean visits a year", xticks=[1, 2, 3], ylim=(0, None))
ax.legend(title="visits in year 1")
plt.show()

# %% [markdown]
# The red line falls by more than a quarter in one year and goes on falling: some of those people are ill, others had
# a bad year. The blue line rises for the same reason. A programme "for our heaviest users" will look like a success.
# Only a control group, chosen by the same rule, shows what it did.
#
# ## Recap
#
# 1. An estimate is a draw; judge a method by repeating it where the truth is known.
# 2. Coverage is the test of an interval, uniform p-values in A/A tests that of a test.
# 3. A p-value is about data given no effect, never about the effect given data.
# 4. Analyse as you randomised; fix size, metric and rule before you look; correct for the number of questions.
# 5. Without a lot, comparisons inherit whatever decided who got what.

# %% [markdown]
# ## The interview question
#
# *What is a p-value, and what is it not?*
#
# <details><summary>What a strong answer contains</summary>
#
# The condition first: assuming no effect (and a sound design), the probability of a result at least as extreme as the
# one observed. Not the probability that there is no effect, nor that the result will replicate, nor the size of the
# effect. Why it matters: with few true ideas, many significant results are false. What to report beside it: the
# effect with its interval, the power, how many questions were asked, when the size was fixed. Weak answers say "the
# probability that it was chance".
#
# </details>

# %% [markdown]
# ## Primary sources
#
# - Wasserstein and Lazar, [The ASA statement on p-values](https://doi.org/10.1080/00031305.2016.1154108), 2016
# - Efron, [Bootstrap methods: another look at the jackknife](https://doi.org/10.1214/aos/1176344552), 1979
# - Benjamini and Hochberg, [Controlling the false discovery
#   rate](https://doi.org/10.1111/j.2517-6161.1995.tb02031.x), 1995
# - Deng and others, [Improving the sensitivity of online controlled experiments by utilizing pre-experiment
#   data](https://doi.org/10.1145/2433396.2433413), 2013
# - Charig and others, [Comparison of treatment of renal calculi](https://doi.org/10.1136/bmj.292.6524.879), 1986
