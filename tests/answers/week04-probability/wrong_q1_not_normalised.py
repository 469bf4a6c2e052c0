# /// answer
# kind = "wrong"
# exercise = "w04-q1-posterior"
# misconception = "The joint probabilities are taken for the posterior"
# loses = ["w04-q1-posterior-test", "w04-q1-posterior-record"]
# says = ["divide them by their sum"]
# ///
# %% w04-q1-posterior
def posterior(prior, likelihood):
    if prior.shape != likelihood.shape:
        raise ValueError(f"{prior.size} and {likelihood.size}")
    if not (prior * likelihood).any():
        raise ValueError("impossible")
    return prior * likelihood
