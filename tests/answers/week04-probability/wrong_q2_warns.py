# /// answer
# kind = "wrong"
# exercise = "w04-q2-log-sum-exp"
# misconception = "log 0 is right and warns every time"
# loses = ["w04-q2-log-sum-exp-edges"]
# says = ["no warning"]
# ///
# %% w04-q2-log-sum-exp
def log_sum_exp(values, axis=-1):
    values = values.astype(float)
    top = values.max(axis=axis, keepdims=True, initial=-np.inf)
    top = np.where(np.isfinite(top), top, 0.0)
    return np.log(np.exp(values - top).sum(axis=axis)) + top.squeeze(axis)
