# /// answer
# kind = "wrong"
# exercise = "w04-q5-monte-carlo"
# misconception = "Sums and sums of squares lose every digit far from 0"
# loses = ["w04-q5-monte-carlo-test"]
# says = ["10⁸"]
# ///
# %% w04-q5-monte-carlo
def monte_carlo(draw, n_draws, rng, batch=10_000):
    if n_draws < 2 or batch < 1:
        raise ValueError(f"{n_draws}, {batch}")
    values = np.concatenate([draw(rng, min(batch, n_draws - i)) for i in range(0, n_draws, batch)]).astype(float)
    mean = values.sum() / n_draws
    variance = max(0.0, (values**2).sum() - n_draws * mean**2) / (n_draws - 1)
    return mean, np.sqrt(variance / n_draws)


def draws_needed(standard_error, n_draws, target):
    if target <= 0:
        raise ValueError("target")
    return max(2, int(np.ceil(n_draws * (standard_error / target) ** 2)))
