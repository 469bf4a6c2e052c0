# /// answer
# kind = "wrong"
# exercise = "w04-q3-visits"
# misconception = "The variance as a mean of squares minus a squared mean, which loses its digits far from 0"
# loses = ["w04-q3-visits-verify"]
# says = ["subtract the mean"]
# ///
# %% w04-q3-visits
def simulate_visits(rng, mean, shape, n_people):
    return rng.poisson(rng.gamma(shape, mean / shape, size=n_people))


def moment_z(sample, mean, variance):
    if len(sample) < 3:
        raise ValueError(f"{len(sample)} values")
    x = sample.astype(float)
    m2 = (x**2).mean() - x.mean() ** 2
    squares = (x - x.mean()) ** 2
    return (x.mean() - mean) / np.sqrt(m2 / len(x)), (m2 - variance) / (squares.std() / len(x) ** 0.5)
