# /// answer
# kind = "wrong"
# exercise = "w05-q1-bootstrap"
# misconception = "The ends are results picked from the sorted list, not quantiles as np.quantile computes them"
# loses = ["w05-q1-bootstrap-test"]
# says = ["interpolates"]
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
    tail = (1 - level) / 2
    low, high = np.quantile(results, [tail, 1 - tail], method="nearest")
    return float(low), float(high)
