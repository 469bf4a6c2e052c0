# /// answer
# kind = "wrong"
# exercise = "w04-q5-monte-carlo"
# misconception = "Batch means are averaged, though the last batch is shorter"
# loses = ["w04-q5-monte-carlo-test"]
# says = ["equal weight"]
# ///
# %% w04-q5-monte-carlo
def monte_carlo(draw, n_draws, rng, batch=10_000):
    if n_draws < 2 or batch < 1:
        raise ValueError(f"{n_draws}, {batch}")
    batches = [draw(rng, min(batch, n_draws - i)).astype(float) for i in range(0, n_draws, batch)]
    return np.mean([b.mean() for b in batches]), np.concatenate(batches).std(ddof=1) / np.sqrt(n_draws)


def draws_needed(standard_error, n_draws, target):
    if target <= 0:
        raise ValueError("target")
    return max(2, int(np.ceil(n_draws * (standard_error / target) ** 2)))
