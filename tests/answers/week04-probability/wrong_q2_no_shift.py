# /// answer
# kind = "wrong"
# exercise = "w04-q2-log-sum-exp"
# misconception = "The formula is typed in as it stands"
# loses = ["w04-q2-log-sum-exp-test", "w04-q2-log-sum-exp-edges"]
# says = ["overflowed"]
# ///
# %% w04-q2-log-sum-exp
def log_sum_exp(values, axis=-1):
    with np.errstate(all="ignore"):
        return np.log(np.exp(values.astype(float)).sum(axis=axis))
