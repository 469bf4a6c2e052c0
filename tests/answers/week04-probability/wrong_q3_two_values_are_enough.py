# /// answer
# kind = "wrong"
# exercise = "w04-q3-visits"
# misconception = "A sample of two has a mean and a variance, so it is let through"
# loses = ["w04-q3-visits-verify"]
# says = ["ValueError"]
# ///
# %% w04-q3-visits
def simulate_visits(rng, mean, shape, n_people):
    return rng.poisson(rng.gamma(shape, mean / shape, size=n_people))


def moment_z(sample, mean, variance):
    if len(sample) < 2:
        raise ValueError(f"{len(sample)} values")
    x = sample.astype(float)
    squares = (x - x.mean()) ** 2
    return (x.mean() - mean) / (x.std() / len(x) ** 0.5), (squares.mean() - variance) / (squares.std() / len(x) ** 0.5)
