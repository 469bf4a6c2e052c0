# /// answer
# kind = "wrong"
# exercise = "w05-q6-cuped"
# misconception = "A sum of squares of rounding errors is taken for a spread"
# loses = ["w05-q6-cuped-test"]
# says = ["compare min with max"]
# ///
# %% w05-q6-cuped
def cuped(before: NDArray[np.floating], after: NDArray[np.number], treated: NDArray[np.bool_]) -> tuple[float, float]:
    if not len(before) == len(after) == len(treated):
        raise ValueError(f"the lengths differ: before {len(before)}, after {len(after)}, treated {len(treated)}")
    known = ~np.isnan(before)
    history, adjusted = before[known], np.array(after, dtype=float)
    if history.size and ((history - history.mean()) ** 2).sum() > 0:
        centred = history - history.mean()
        theta = (centred * after[known]).sum() / (centred**2).sum()
        adjusted[known] -= theta * centred
    arms = adjusted[treated], adjusted[~treated]
    effect = arms[0].mean() - arms[1].mean()
    return float(effect), math.sqrt(sum(arm.var(ddof=1) / arm.size for arm in arms))
