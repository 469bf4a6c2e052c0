# /// answer
# kind = "wrong"
# exercise = "w05-q2-permutation"
# misconception = "Only shuffles with a difference as large and of the same sign are counted"
# loses = ["w05-q2-permutation-test", "w05-q2-permutation-real"]
# says = ["two-sided"]
# ///
# %% w05-q2-permutation
def permutation_test(
    treated: NDArray[np.number], control: NDArray[np.number], rng: np.random.Generator, n_shuffles: int = 999
) -> tuple[float, float]:
    for name, group in (("treated", treated), ("control", control)):
        if not len(group):
            raise ValueError(f"{name} is empty: a mean needs at least one value")
    difference = np.mean(treated) - np.mean(control)
    pool = np.concatenate([treated, control])
    n_treated = len(treated)
    b = 0
    for _ in range(n_shuffles):
        dealt = rng.permutation(pool)
        b += dealt[:n_treated].mean() - dealt[n_treated:].mean() >= difference - 1e-9
    return float(difference), float((1 + b) / (1 + n_shuffles))
