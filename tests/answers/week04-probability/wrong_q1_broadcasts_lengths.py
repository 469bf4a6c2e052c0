# /// answer
# kind = "wrong"
# exercise = "w04-q1-posterior"
# misconception = "Lengths are not compared, and one likelihood stretches over all hypotheses"
# loses = ["w04-q1-posterior-test"]
# says = ["3", "ValueError"]
# ///
# %% w04-q1-posterior
def posterior(prior, likelihood):
    joint = prior * likelihood
    if joint.sum() == 0:
        raise ValueError("impossible")
    return joint / joint.sum()
