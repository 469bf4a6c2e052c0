# /// answer
# kind = "wrong"
# exercise = "w04-q3-visits"
# misconception = "ddof=1 in every division"
# loses = ["w04-q3-visits-verify"]
# says = ["n - 1"]
# ///
# %% w04-q3-visits
def simulate_visits(rng, mean, shape, n_people):
    return rng.poisson(rng.gamma(shape, mean / shape, size=n_people))


def moment_z(sample, mean, variance):
    n = len(sample)
    if n < 3:
        raise ValueError(f"{n} values")
    x = sample.astype(float)
    squares = (x - x.mean()) ** 2
    return (x.mean() - mean) / (x.std(ddof=1) / n**0.5), (x.var(ddof=1) - variance) / (squares.std(ddof=1) / n**0.5)
