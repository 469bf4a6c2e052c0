# /// answer
# kind = "wrong"
# exercise = "w05-q3-power"
# misconception = "Normal numbers stand in for the counts of buyers"
# loses = ["w05-q3-power-test"]
# says = ["power of 5 users"]
# ///
# %% w05-q3-power
def simulated_power(
    rng: np.random.Generator,
    n_per_arm: int,
    base_rate: float,
    lift: float,
    alpha: float = 0.05,
    n_experiments: int = 2_000,
) -> float:
    new_rate = base_rate + lift
    if not (0 <= base_rate <= 1 and 0 <= new_rate <= 1):
        raise ValueError(f"a rate lies between 0 and 1, but the arms have {base_rate} and {new_rate}")
    control = rng.normal(base_rate, math.sqrt(base_rate * (1 - base_rate) / n_per_arm), n_experiments).clip(0, 1)
    treatment = rng.normal(new_rate, math.sqrt(new_rate * (1 - new_rate) / n_per_arm), n_experiments).clip(0, 1)
    pooled = (control + treatment) / 2
    error = np.sqrt(2 * pooled * (1 - pooled) / n_per_arm)
    significant = (np.abs(treatment - control) >= NormalDist().inv_cdf(1 - alpha / 2) * error) & (error > 0)
    return float(significant.mean())
