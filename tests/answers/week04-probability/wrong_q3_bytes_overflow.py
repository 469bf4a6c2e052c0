# /// answer
# kind = "wrong"
# exercise = "w04-q3-visits"
# misconception = "Moments are written with powers of the integers that came"
# loses = ["w04-q3-visits-verify"]
# says = ["bytes"]
# ///
# %% w04-q3-visits
def simulate_visits(rng, mean, shape, n_people):
    return rng.poisson(rng.gamma(shape, mean / shape, size=n_people))


def moment_z(sample, mean, variance):
    n = len(sample)
    if n < 3:
        raise ValueError(f"{n} values")
    m2 = (sample**2).mean() - sample.mean() ** 2
    squares = (sample - sample.mean()) ** 2
    return (sample.mean() - mean) / np.sqrt(abs(m2) / n), (squares.mean() - variance) / (squares.std() / n**0.5)
