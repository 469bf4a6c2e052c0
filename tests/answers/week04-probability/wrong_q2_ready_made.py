# /// answer
# kind = "wrong"
# exercise = "w04-q2-log-sum-exp"
# misconception = "SciPy's function does the work"
# loses = ["w04-q2-log-sum-exp-test"]
# says = ["logsumexp"]
# ///
# %% w04-q2-log-sum-exp
from scipy.special import logsumexp


def log_sum_exp(values, axis=-1):
    with np.errstate(all="ignore"):
        result = logsumexp(values, axis=axis) if values.shape[axis] else np.full(np.delete(values.shape, axis), -np.inf)
    return np.where(np.isnan(values).any(axis=axis), np.nan, result)
