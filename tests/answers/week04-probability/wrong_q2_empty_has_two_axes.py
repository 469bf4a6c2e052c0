# /// answer
# kind = "wrong"
# exercise = "w04-q2-log-sum-exp"
# misconception = "Arrays without entries are taken to have two axes"
# loses = ["w04-q2-log-sum-exp-edges"]
# says = ["shape"]
# ///
# %% w04-q2-log-sum-exp
def log_sum_exp(values, axis=-1):
    values = values.astype(float)
    if values.size == 0:
        return np.full(values.shape[0], -np.inf)
    top = values.max(axis=axis, keepdims=True)
    shift = np.where(np.isfinite(top), top, 0.0)
    with np.errstate(divide="ignore", over="ignore"):
        return np.log(np.exp(values - shift).sum(axis=axis)) + shift.squeeze(axis)
