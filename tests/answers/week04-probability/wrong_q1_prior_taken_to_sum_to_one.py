# /// answer
# kind = "wrong"
# exercise = "w04-q1-posterior"
# misconception = "Hypotheses are divided by the prior's sum only where it is near 1"
# loses = ["w04-q1-posterior-test", "w04-q1-posterior-record"]
# says = ["taken to sum to 1"]
# ///
# %% w04-q1-posterior
def posterior(prior, likelihood):
    if prior.shape != likelihood.shape:
        raise ValueError(f"{prior.size} and {likelihood.size}")
    evidence = np.sum(prior / prior.sum() * likelihood)
    if evidence == 0:
        raise ValueError("impossible")
    return prior * likelihood / evidence
