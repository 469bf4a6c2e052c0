# /// answer
# kind = "wrong"
# exercise = "w05-q5-fdr"
# misconception = "Each p-value is compared with its own line"
# loses = ["w05-q5-fdr-test"]
# says = ["own line"]
# ///
# %% w05-q5-fdr
def benjamini_hochberg(p_values: NDArray[np.floating], q: float = 0.05) -> NDArray[np.bool_]:
    bad = p_values[~((p_values >= 0) & (p_values <= 1))]
    if bad.size:
        raise ValueError(f"{bad[0]} is no p-value: it must lie between 0 and 1")
    ordered = np.sort(p_values)
    m = ordered.size
    below = np.flatnonzero(ordered <= q * np.arange(1, m + 1) / m)
    rejected = np.zeros(m, dtype=bool)
    rejected[np.argsort(p_values)[below]] = True
    return rejected
