# /// answer
# kind = "wrong"
# exercise = "w04-q3-visits"
# misconception = "The variance's standard error is that of a normal sample"
# loses = ["w04-q3-visits-verify"]
# says = ["normal sample"]
# ///
# %% w04-q3-visits
def simulate_visits(rng, mean, shape, n_people):
    return rng.poisson(rng.gamma(shape, mean / shape, size=n_people))


def moment_z(sample, mean, variance):
    n = len(sample)
    if n < 3:
        raise ValueError(f"{n} values")
    x = sample.astype(float)
    return (x.mean() - mean) / (x.std() / n**0.5), (x.var() - variance) / (x.var() * (2 / n) ** 0.5)
