# /// answer
# kind = "wrong"
# exercise = "w04-q1-posterior"
# misconception = "The evidence is taken to be the sum of the likelihoods, without their weights"
# loses = ["w04-q1-posterior-test", "w04-q1-posterior-record"]
# says = ["sum of the likelihoods"]
# ///
# %% w04-q1-posterior
def posterior(prior, likelihood):
    if prior.shape != likelihood.shape:
        raise ValueError(f"{prior.size} and {likelihood.size}")
    if not (prior * likelihood).any():
        raise ValueError("impossible")
    return prior * likelihood / likelihood.sum()
