# /// answer
# kind = "wrong"
# exercise = "w04-q1-posterior"
# misconception = "What is nearly 0 is taken for impossible"
# loses = ["w04-q1-posterior-test"]
# says = ["small ones do not"]
# ///
# %% w04-q1-posterior
def posterior(prior, likelihood):
    if prior.shape != likelihood.shape:
        raise ValueError(f"{prior.size} and {likelihood.size}")
    joint = prior * likelihood
    if joint.sum() < 1e-50:
        raise ValueError("impossible")
    return joint / joint.sum()
