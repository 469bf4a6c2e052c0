# /// answer
# kind = "wrong"
# exercise = "w04-q3-visits"
# misconception = "NumPy's p is taken for the other probability"
# loses = ["w04-q3-visits-test", "w04-q3-visits-distribution"]
# says = ["mean visits"]
# ///
# %% w04-q3-visits
def simulate_visits(rng, mean, shape, n_people):
    return rng.negative_binomial(shape, mean / (shape + mean), size=n_people)


def moment_z(sample, mean, variance):
    if len(sample) < 3:
        raise ValueError(f"{len(sample)} values")
    x = sample.astype(float)
    squares = (x - x.mean()) ** 2
    return (x.mean() - mean) / (x.std() / len(x) ** 0.5), (squares.mean() - variance) / (squares.std() / len(x) ** 0.5)
