# /// answer
# kind = "wrong"
# exercise = "w05-q1-bootstrap"
# misconception = "The ends are those of a 95 % interval whatever the level"
# loses = ["w05-q1-bootstrap-test", "w05-q1-bootstrap-coverage"]
# says = ["level that is passed in"]
# ///
# %% w05-q1-bootstrap
def bootstrap_interval(
    values: NDArray[np.number],
    statistic: Callable[[NDArray], float],
    rng: np.random.Generator,
    level: float = 0.95,
    n_resamples: int = 999,
) -> tuple[float, float]:
    if not len(values):
        raise ValueError("values is empty: there is nothing to resample")
    if not 0 < level < 1:
        raise ValueError(f"level is {level}: it must lie strictly between 0 and 1")
    results = [statistic(rng.choice(values, size=len(values))) for _ in range(n_resamples)]
    tail = 0.025
    low, high = np.quantile(results, [tail, 1 - tail])
    return float(low), float(high)
