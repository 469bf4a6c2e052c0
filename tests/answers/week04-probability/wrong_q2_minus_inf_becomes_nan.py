# /// answer
# kind = "wrong"
# exercise = "w04-q2-log-sum-exp"
# misconception = "A row of log 0 is not told apart: -inf - (-inf)"
# loses = ["w04-q2-log-sum-exp-edges"]
# says = ["-inf - (-inf)"]
# ///
# %% w04-q2-log-sum-exp
def log_sum_exp(values, axis=-1):
    values = values.astype(float)
    top = values.max(axis=axis, keepdims=True, initial=-np.inf)
    top[top == np.inf] = 0.0
    with np.errstate(all="ignore"):
        return np.log(np.exp(values - top).sum(axis=axis)) + top.squeeze(axis)
