# /// answer
# kind = "wrong"
# exercise = "w04-q2-log-sum-exp"
# misconception = "The axis argument is ignored"
# loses = ["w04-q2-log-sum-exp-test", "w04-q2-log-sum-exp-edges"]
# says = ["shape"]
# ///
# %% w04-q2-log-sum-exp
def log_sum_exp(values, axis=-1):
    values = values.astype(float)
    top = values.max(axis=-1, keepdims=True, initial=-np.inf)
    shift = np.where(np.isfinite(top), top, 0.0)
    with np.errstate(all="ignore"):
        return np.log(np.exp(values - shift).sum(axis=-1)) + shift[..., 0]
