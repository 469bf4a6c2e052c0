# /// answer
# kind = "wrong"
# exercise = "w05-q1-bootstrap"
# misconception = "Every value is used equally often over all resamples"
# loses = ["w05-q1-bootstrap-test"]
# says = ["balanced pool"]
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
    pool = rng.permutation(np.tile(values, n_resamples)).reshape(n_resamples, len(values))
    results = [statistic(resample) for resample in pool]
    tail = (1 - level) / 2
    low, high = np.quantile(results, [tail, 1 - tail])
    return float(low), float(high)
