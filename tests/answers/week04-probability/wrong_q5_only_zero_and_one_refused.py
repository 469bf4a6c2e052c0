# /// answer
# kind = "wrong"
# exercise = "w04-q5-monte-carlo"
# misconception = "Refuses 0 and 1 draws, and lets negative numbers through"
# loses = ["w04-q5-monte-carlo-test"]
# says = ["ValueError"]
# ///
# %% w04-q5-monte-carlo
def monte_carlo(draw, n_draws, rng, batch=10_000):
    if n_draws in (0, 1) or batch < 1:
        raise ValueError(f"{n_draws}, {batch}")
    values = [draw(rng, min(batch, n_draws - i)) for i in range(0, n_draws, batch)]
    values = np.concatenate([np.zeros(0), *values])
    return values.mean(), values.std(ddof=1) / np.sqrt(n_draws)


def draws_needed(standard_error, n_draws, target):
    if target <= 0:
        raise ValueError("target")
    return max(2, int(np.ceil(n_draws * (standard_error / target) ** 2)))
