# /// answer
# kind = "wrong"
# exercise = "w05-q5-fdr"
# misconception = "Only p-values above 1 and nan are refused"
# loses = ["w05-q5-fdr-test"]
# says = ["-0.25"]
# ///
# %% w05-q5-fdr
def benjamini_hochberg(p_values: NDArray[np.floating], q: float = 0.05) -> NDArray[np.bool_]:
    bad = p_values[~(p_values <= 1)]
    if bad.size:
        raise ValueError(f"{bad[0]} is no p-value: it must lie between 0 and 1")
    ordered = np.sort(p_values)
    m = ordered.size
    below = np.flatnonzero(ordered <= q * np.arange(1, m + 1) / m)
    if not below.size:
        return np.zeros(m, dtype=bool)
    return p_values <= ordered[below[-1]]
