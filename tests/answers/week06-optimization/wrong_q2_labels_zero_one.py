# /// answer
# kind = "wrong"
# exercise = "w06-q2-losses"
# misconception = "The formula for labels 0 and 1, used for -1 and +1"
# loses = ["w06-q2-losses-test", "w06-q2-losses-limits"]
# says = ["{0, 1}"]
# ///
# %% w06-q2-losses
def loss_and_slope(kind, y, score):
    if y.shape != score.shape:
        raise ValueError(f"y has the shape {y.shape} and score {score.shape}: they must be equal")
    y, score = (y.astype(np.float64), score.astype(np.float64))
    margin = y * score
    if kind == "squared":
        return ((score - y) ** 2 / 2.0, score - y)
    if kind == "absolute":
        return (np.abs(score - y), np.sign(score - y))
    if kind == "log":
        return (np.logaddexp(0.0, score) - margin, -y * np.exp(-np.logaddexp(0.0, margin)))
    if kind == "hinge":
        return (np.maximum(0.0, 1.0 - margin), np.where(margin < 1.0, -y, 0.0))
    raise ValueError(f"there is no loss {kind!r}: choose squared, absolute, log or hinge")
