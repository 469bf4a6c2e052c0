# /// answer
# kind = "wrong"
# exercise = "w04-q6-fits"
# misconception = "Draws up to 15 whatever largest says"
# loses = ["w04-q6-fits-figure"]
# says = ["4 points"]
# ///
# %% w04-q6-fits-drawn
from scipy import stats


def draw_fits(counts, mean, shape, largest=15):
    k = np.arange(16)
    fig, ax = plt.subplots()
    ax.bar(k, [np.mean(counts == one) for one in k], label="observed")
    ax.plot(k, stats.poisson.pmf(k, mean), label="Poisson")
    ax.plot(k, stats.nbinom.pmf(k, shape, shape / (shape + mean)), label="negative binomial")
    ax.set(title="Two fits", xlabel="visits", ylabel="share of people")
    ax.legend()
    return fig
