# /// answer
# kind = "wrong"
# exercise = "w04-q5-monte-carlo"
# misconception = "Bytes are squared as bytes"
# loses = ["w04-q5-monte-carlo-test"]
# says = ["values"]
# ///
# %% w04-q5-monte-carlo
def monte_carlo(draw, n_draws, rng, batch=10_000):
    if n_draws < 2 or batch < 1:
        raise ValueError(f"{n_draws}, {batch}")
    values = np.concatenate([draw(rng, min(batch, n_draws - i)) for i in range(0, n_draws, batch)])
    centre = values.mean()
    scatter = (
        (values * values).sum() - n_draws * centre**2 if values.dtype.kind in "iu" else ((values - centre) ** 2).sum()
    )
    return centre, np.sqrt(max(scatter, 0.0) / (n_draws - 1) / n_draws)


def draws_needed(standard_error, n_draws, target):
    if target <= 0:
        raise ValueError("target")
    return max(2, int(np.ceil(n_draws * (standard_error / target) ** 2)))
