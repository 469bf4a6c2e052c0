# /// answer
# kind = "wrong"
# exercise = "w04-q6-fits"
# misconception = "The search ends at a shape of 50, which seemed large enough"
# loses = ["w04-q6-fits-best"]
# says = ["does the search reach it"]
# ///
# %% w04-q6-fits
def log_likelihood(counts, mean, shape):
    k = counts.astype(float)
    if np.isinf(shape):
        return float((special.xlogy(k, mean) - mean - special.gammaln(k + 1)).sum())
    ways = special.gammaln(k + shape) - special.gammaln(shape) - special.gammaln(k + 1)
    return float((ways + shape * np.log(shape / (shape + mean)) + special.xlogy(k, mean / (shape + mean))).sum())


def fit_poisson(counts):
    if counts.size == 0:
        raise ValueError("counts")
    return float(counts.mean())


def fit_negative_binomial(counts):
    mean = fit_poisson(counts)
    if counts.var() <= mean:
        return mean, np.inf
    k, times = np.unique(counts.astype(float), return_counts=True)

    def loss(log_r):
        r = np.exp(log_r)
        ways = special.gammaln(k + r) - special.gammaln(r)
        return -times @ (ways + r * np.log(r / (r + mean)) - k * np.log(r + mean))

    found = optimize.minimize_scalar(loss, bounds=np.log([0.01, 50.0]), method="bounded", options={"xatol": 1e-8})
    return mean, float(np.exp(found.x))
