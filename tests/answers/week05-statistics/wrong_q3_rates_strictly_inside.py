# /// answer
# kind = "wrong"
# exercise = "w05-q3-power"
# misconception = "Rates of exactly 0 and 1 are refused"
# loses = ["w05-q3-power-test"]
# says = ["0 and 1 are rates"]
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
    if not (0 < base_rate < 1 and 0 < new_rate < 1):
        raise ValueError(f"a rate lies between 0 and 1, but the arms have {base_rate} and {new_rate}")
    control = rng.binomial(n_per_arm, base_rate, size=n_experiments) / n_per_arm
    treatment = rng.binomial(n_per_arm, new_rate, size=n_experiments) / n_per_arm
    pooled = (control + treatment) / 2
    error = np.sqrt(2 * pooled * (1 - pooled) / n_per_arm)
    significant = (np.abs(treatment - control) >= NormalDist().inv_cdf(1 - alpha / 2) * error) & (error > 0)
    return float(significant.mean())
