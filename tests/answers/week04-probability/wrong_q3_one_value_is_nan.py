# /// answer
# kind = "wrong"
# exercise = "w04-q3-visits"
# misconception = "A sample of one gives nan in place of an error"
# loses = ["w04-q3-visits-verify"]
# says = ["ValueError"]
# ///
# %% w04-q3-visits
def simulate_visits(rng, mean, shape, n_people):
    return rng.poisson(rng.gamma(shape, mean / shape, size=n_people))


def moment_z(sample, mean, variance):
    n = len(sample)
    x = sample.astype(float)
    squares = (x - x.mean()) ** 2
    with np.errstate(all="ignore"):
        return (x.mean() - mean) / (x.std() / n**0.5), (squares.mean() - variance) / (squares.std() / n**0.5)
