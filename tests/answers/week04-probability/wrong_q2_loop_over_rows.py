# /// answer
# kind = "wrong"
# exercise = "w04-q2-log-sum-exp"
# misconception = "A comprehension visits the rows"
# loses = ["w04-q2-log-sum-exp-test"]
# says = ["loop"]
# ///
# %% w04-q2-log-sum-exp
def log_sum_exp(values, axis=-1):
    rows = np.moveaxis(values.astype(float), axis, -1)
    flat = rows.reshape(int(np.prod(rows.shape[:-1])), rows.shape[-1])
    with np.errstate(all="ignore"):
        tops = [row.max(initial=-np.inf) for row in flat]
        sums = [
            top if not np.isfinite(top) else top + np.log(np.exp(row - top).sum())
            for row, top in zip(flat, tops, strict=True)
        ]
    return np.array(sums).reshape(rows.shape[:-1])
