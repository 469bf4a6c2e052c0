# /// answer
# kind = "wrong"
# exercise = "w04-q2-log-sum-exp"
# misconception = "The largest value is taken out and never put back"
# loses = ["w04-q2-log-sum-exp-test", "w04-q2-log-sum-exp-edges"]
# says = ["added back"]
# ///
# %% w04-q2-log-sum-exp
def log_sum_exp(values, axis=-1):
    values = values.astype(float)
    top = values.max(axis=axis, keepdims=True, initial=-np.inf)
    top = np.where(np.isfinite(top), top, 0.0)
    with np.errstate(all="ignore"):
        return np.log(np.exp(values - top).sum(axis=axis))
