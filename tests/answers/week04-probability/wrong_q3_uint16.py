# /// answer
# kind = "wrong"
# exercise = "w04-q3-visits"
# misconception = "An unsigned dtype of 16 bits is taken to be enough for any count"
# loses = ["w04-q3-visits-test"]
# says = ["hold"]
# ///
# %% w04-q3-visits
def simulate_visits(rng, mean, shape, n_people):
    return rng.poisson(rng.gamma(shape, mean / shape, size=n_people)).astype(np.uint16)


def moment_z(sample, mean, variance):
    if len(sample) < 3:
        raise ValueError(f"{len(sample)} values")
    x = sample.astype(float)
    squares = (x - x.mean()) ** 2
    return (x.mean() - mean) / (x.std() / len(x) ** 0.5), (squares.mean() - variance) / (squares.std() / len(x) ** 0.5)
