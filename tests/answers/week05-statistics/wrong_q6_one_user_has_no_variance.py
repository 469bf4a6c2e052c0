# /// answer
# kind = "wrong"
# exercise = "w05-q6-cuped"
# misconception = "np.cov is asked about a single known user"
# loses = ["w05-q6-cuped-test"]
# says = ["one user only"]
# ///
# %% w05-q6-cuped
def cuped(before: NDArray[np.floating], after: NDArray[np.number], treated: NDArray[np.bool_]) -> tuple[float, float]:
    if not len(before) == len(after) == len(treated):
        raise ValueError(f"the lengths differ: before {len(before)}, after {len(after)}, treated {len(treated)}")
    known = ~np.isnan(before)
    history, adjusted = before[known], np.array(after, dtype=float)
    if history.size and not (history.size > 1 and history.min() == history.max()):
        centred = history - history.mean()
        theta = np.cov(history, after[known])[0, 1] / np.var(history, ddof=1)
        adjusted[known] -= theta * centred
    arms = adjusted[treated], adjusted[~treated]
    effect = arms[0].mean() - arms[1].mean()
    return float(effect), math.sqrt(sum(arm.var(ddof=1) / arm.size for arm in arms))
