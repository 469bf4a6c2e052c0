# /// answer
# kind = "wrong"
# exercise = "w05-q6-cuped"
# misconception = "The change from before to after is compared, a slope of 1"
# loses = ["w05-q6-cuped-test", "w05-q6-cuped-real"]
# says = ["theta was taken as 1"]
# ///
# %% w05-q6-cuped
def cuped(before: NDArray[np.floating], after: NDArray[np.number], treated: NDArray[np.bool_]) -> tuple[float, float]:
    if not len(before) == len(after) == len(treated):
        raise ValueError(f"the lengths differ: before {len(before)}, after {len(after)}, treated {len(treated)}")
    known = ~np.isnan(before)
    centred = np.zeros(len(before))
    if known.any():
        centred[known] = before[known] - before[known].mean()
    spread = (centred**2).sum() if np.unique(before[known]).size > 1 else 0.0
    theta = 1.0 if spread > 0 else 0.0
    adjusted = after - theta * centred
    arms = adjusted[treated], adjusted[~treated]
    effect = arms[0].mean() - arms[1].mean()
    return float(effect), math.sqrt(sum(arm.var(ddof=1) / arm.size for arm in arms))
