# /// answer
# kind = "wrong"
# exercise = "w06-q2-losses"
# misconception = "Shapes that differ are left to broadcasting"
# loses = ["w06-q2-losses-limits"]
# says = ["no error"]
# ///
# %% w06-q2-losses
def loss_and_slope(kind, y, score):
    assert len(y) == len(score)
    y, score = (y.astype(np.float64), score.astype(np.float64))
    margin = y * score
    if kind == "squared":
        return ((score - y) ** 2 / 2.0, score - y)
    if kind == "absolute":
        return (np.abs(score - y), np.sign(score - y))
    if kind == "log":
        return (np.logaddexp(0.0, -margin), -y * np.exp(-np.logaddexp(0.0, margin)))
    if kind == "hinge":
        return (np.maximum(0.0, 1.0 - margin), np.where(margin < 1.0, -y, 0.0))
    raise ValueError(f"there is no loss {kind!r}: choose squared, absolute, log or hinge")
