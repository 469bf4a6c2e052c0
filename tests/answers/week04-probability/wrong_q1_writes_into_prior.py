# /// answer
# kind = "wrong"
# exercise = "w04-q1-posterior"
# misconception = "The update happens in the caller's prior"
# loses = ["w04-q1-posterior-test", "w04-q1-posterior-record"]
# says = ["prior"]
# ///
# %% w04-q1-posterior
def posterior(prior, likelihood):
    if prior.shape != likelihood.shape:
        raise ValueError(f"{prior.size} and {likelihood.size}")
    prior *= likelihood
    if prior.sum() == 0:
        raise ValueError("impossible")
    prior /= prior.sum()
    return prior
