# /// answer
# kind = "wrong"
# exercise = "w04-q1-posterior"
# misconception = "Impossible evidence gives 0/0 in place of an error"
# loses = ["w04-q1-posterior-test"]
# says = ["ValueError"]
# ///
# %% w04-q1-posterior
def posterior(prior, likelihood):
    if prior.shape != likelihood.shape:
        raise ValueError(f"{prior.size} and {likelihood.size}")
    joint = prior * likelihood
    with np.errstate(invalid="ignore"):
        return joint / joint.sum()
