# /// answer
# kind = "wrong"
# exercise = "w05-q7-experiment"
# misconception = "The lot is called broken at 0.05, not at 0.001"
# loses = ["w05-q7-experiment-truth"]
# says = ["0.001"]
# ///
# %% w05-q7-experiment
def analyse_experiment(log: pd.DataFrame, worth: float = 0.0) -> dict[str, int | float | str]:
    visits = log.drop_duplicates("visit")
    users = visits.groupby("user").agg(arm=("arm", "first"), arms=("arm", "nunique"), total=("spend", "sum"))
    mixed = users["arms"] > 1
    outcomes = users[~mixed].groupby("arm")["total"]
    treatment, control = (outcomes.get_group(arm).to_numpy() for arm in ("treatment", "control"))
    chi_squared = (treatment.size - control.size) ** 2 / (treatment.size + control.size)
    srm_p = math.erfc(math.sqrt(chi_squared / 2))
    effect = float(treatment.mean() - control.mean())
    error = math.sqrt(treatment.var(ddof=1) / treatment.size + control.var(ddof=1) / control.size)
    margin = NormalDist().inv_cdf(0.975) * error
    low, high = effect - margin, effect + margin
    if srm_p < 0.05:
        decision = "invalid"
    elif low > worth:
        decision = "ship"
    else:
        decision = "stop" if high < worth else "undecided"
    return {
        "n_control": control.size,
        "n_treatment": treatment.size,
        "n_mixed": int(mixed.sum()),
        "srm_p": srm_p,
        "effect": effect,
        "low": low,
        "high": high,
        "p_value": math.erfc(abs(effect) / error / math.sqrt(2)),
        "decision": decision,
    }
