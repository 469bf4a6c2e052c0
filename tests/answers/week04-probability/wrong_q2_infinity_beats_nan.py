# /// answer
# kind = "wrong"
# exercise = "w04-q2-log-sum-exp"
# misconception = "The case of +inf is treated first, and hides a nan beside it"
# loses = ["w04-q2-log-sum-exp-edges"]
# says = ["looked past"]
# ///
# %% w04-q2-log-sum-exp
def log_sum_exp(values, axis=-1):
    values = values.astype(float)
    top = values.max(axis=axis, keepdims=True, initial=-np.inf)
    shift = np.where(np.isfinite(top), top, 0.0)
    with np.errstate(divide="ignore", over="ignore"):
        result = np.log(np.exp(values - shift).sum(axis=axis)) + shift.squeeze(axis)
    return np.where((values == np.inf).any(axis=axis), np.inf, result)
