# /// answer
# kind = "wrong"
# exercise = "w04-q2-log-sum-exp"
# misconception = "The largest value of the whole array is subtracted from every row"
# loses = ["w04-q2-log-sum-exp-test", "w04-q2-log-sum-exp-edges"]
# says = ["each row needs its own"]
# ///
# %% w04-q2-log-sum-exp
def log_sum_exp(values, axis=-1):
    values = values.astype(float)
    top = values.max(initial=-np.inf)
    top = top if np.isfinite(top) else 0.0
    with np.errstate(all="ignore"):
        return np.log(np.exp(values - top).sum(axis=axis)) + top
