# /// answer
# kind = "wrong"
# exercise = "w05-q2-permutation"
# misconception = "The smaller tail is doubled, as scipy.stats.permutation_test does"
# loses = ["w05-q2-permutation-test", "w05-q2-permutation-real"]
# says = ["smaller tail was doubled"]
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
    above = below = 0
    for _ in range(n_shuffles):
        dealt = rng.permutation(pool)
        gap = dealt[:n_treated].mean() - dealt[n_treated:].mean()
        above += gap >= difference - 1e-9
        below += gap <= difference + 1e-9
    return float(difference), min(1.0, 2 * (1 + min(above, below)) / (1 + n_shuffles))
