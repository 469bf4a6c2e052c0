# /// answer
# kind = "wrong"
# exercise = "w04-q3-visits"
# misconception = "Every rate is used for two people"
# loses = ["w04-q3-visits-distribution"]
# says = ["independent"]
# ///
# %% w04-q3-visits
def simulate_visits(rng, mean, shape, n_people):
    rates = rng.gamma(shape, mean / shape, size=(n_people + 1) // 2)
    return rng.poisson(np.repeat(rates, 2)[:n_people])


def moment_z(sample, mean, variance):
    if len(sample) < 3:
        raise ValueError(f"{len(sample)} values")
    x = sample.astype(float)
    squares = (x - x.mean()) ** 2
    return (x.mean() - mean) / (x.std() / len(x) ** 0.5), (squares.mean() - variance) / (squares.std() / len(x) ** 0.5)
