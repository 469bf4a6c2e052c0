# /// answer
# kind = "wrong"
# exercise = "w04-q2-log-sum-exp"
# misconception = "A large negative number stands in for minus infinity in the maximum"
# loses = ["w04-q2-log-sum-exp-test"]
# says = ["stands in for infinity"]
# ///
# %% w04-q2-log-sum-exp
def log_sum_exp(values, axis=-1):
    values = values.astype(float)
    top = values.max(axis=axis, keepdims=True, initial=-1e9)
    shift = np.where(np.isfinite(top), top, 0.0)
    with np.errstate(divide="ignore", over="ignore"):
        return np.log(np.exp(values - shift).sum(axis=axis)) + shift.squeeze(axis)
