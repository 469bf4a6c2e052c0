# /// answer
# kind = "wrong"
# exercise = "w04-q6-fits"
# misconception = "The shape is matched to the variance"
# loses = ["w04-q6-fits-best"]
# says = ["matches the variance"]
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
    mean, variance = fit_poisson(counts), counts.var()
    return mean, (np.inf if variance <= mean else float(mean**2 / (variance - mean)))
