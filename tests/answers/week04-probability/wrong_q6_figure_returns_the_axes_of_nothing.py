# /// answer
# kind = "wrong"
# exercise = "w04-q6-fits"
# misconception = "The figure is drawn but not returned"
# loses = ["w04-q6-fits-figure"]
# says = ["None"]
# ///
# %% w04-q6-fits-drawn
from scipy import stats


def draw_fits(counts, mean, shape, largest=15):
    k = np.arange(largest + 1)
    fig, ax = plt.subplots()
    ax.bar(k, np.bincount(counts, minlength=largest + 1)[: largest + 1] / len(counts), label="observed")
    ax.plot(k, stats.poisson.pmf(k, mean), label="Poisson")
    ax.plot(k, stats.nbinom.pmf(k, shape, shape / (shape + mean)), label="negative binomial")
    ax.set(title="Two fits", xlabel="visits", ylabel="share of people")
    ax.legend()
