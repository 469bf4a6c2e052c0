# /// answer
# kind = "wrong"
# exercise = "w04-q1-posterior"
# misconception = "A small constant in the denominator is taken to be harmless"
# loses = ["w04-q1-posterior-test"]
# says = ["swallows small likelihoods"]
# ///
# %% w04-q1-posterior
def posterior(prior, likelihood):
    if prior.shape != likelihood.shape:
        raise ValueError(f"{prior.size} and {likelihood.size}")
    joint = prior * likelihood
    if joint.sum() == 0:
        raise ValueError("impossible")
    return joint / (joint.sum() + 1e-12)
