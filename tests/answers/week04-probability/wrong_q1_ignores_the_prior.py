# /// answer
# kind = "wrong"
# exercise = "w04-q1-posterior"
# misconception = "The likelihood alone is normalised: the base-rate fallacy"
# loses = ["w04-q1-posterior-test", "w04-q1-posterior-record"]
# says = ["prior was left out", "base rates"]
# ///
# %% w04-q1-posterior
def posterior(prior, likelihood):
    if prior.shape != likelihood.shape:
        raise ValueError(f"{prior.size} and {likelihood.size}")
    if not (prior * likelihood).any():
        raise ValueError("impossible")
    return likelihood / likelihood.sum()
