# /// answer
# kind = "wrong"
# exercise = "w04-q1-posterior"
# misconception = "The probabilities are rounded to eight decimals"
# loses = ["w04-q1-posterior-test"]
# says = ["rounded"]
# ///
# %% w04-q1-posterior
def posterior(prior, likelihood):
    if prior.shape != likelihood.shape:
        raise ValueError(f"{prior.size} and {likelihood.size}")
    joint = prior * likelihood
    if joint.sum() == 0:
        raise ValueError("impossible")
    return np.round(joint / joint.sum(), 8)
