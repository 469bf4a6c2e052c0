# /// answer
# kind = "wrong"
# exercise = "w04-q6-fits"
# misconception = "The bars stand over 1, 2, 3 in place of 0, 1, 2"
# loses = ["w04-q6-fits-figure"]
# says = ["bar over every count"]
# ///
# %% w04-q6-fits-drawn
from scipy import stats


def draw_fits(counts, mean, shape, largest=15):
    k = np.arange(largest + 1)
    fig, ax = plt.subplots()
    ax.bar(k + 1, np.bincount(counts, minlength=largest + 1)[: largest + 1] / len(counts), label="observed")
    ax.plot(k, stats.poisson.pmf(k, mean), label="Poisson")
    ax.plot(k, stats.nbinom.pmf(k, shape, shape / (shape + mean)), label="negative binomial")
    ax.set(title="Two fits", xlabel="visits", ylabel="share of people")
    ax.legend()
    return fig
