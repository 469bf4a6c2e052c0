# /// answer
# kind = "wrong"
# exercise = "w04-q3-visits"
# misconception = "The standard error of a mean is taken to be the spread of one value"
# loses = ["w04-q3-visits-verify"]
# says = ["smaller by √n"]
# ///
# %% w04-q3-visits
def simulate_visits(rng, mean, shape, n_people):
    return rng.poisson(rng.gamma(shape, mean / shape, size=n_people))


def moment_z(sample, mean, variance):
    if len(sample) < 3:
        raise ValueError(f"{len(sample)} values")
    x = sample.astype(float)
    squares = (x - x.mean()) ** 2
    return (x.mean() - mean) / x.std(), (squares.mean() - variance) / squares.std()
