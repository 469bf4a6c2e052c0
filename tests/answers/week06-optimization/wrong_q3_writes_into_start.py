# /// answer
# kind = "wrong"
# exercise = "w06-q3-descent"
# misconception = "np.asarray makes no copy of a float start, and -= writes into it"
# loses = ["w06-q3-descent-test"]
# says = ["the input itself"]
# ///
# %% w06-q3-descent
def gradient_descent(loss, gradient, start, step_size, tolerance=1e-06, max_steps=10000):
    w = np.asarray(start, dtype=np.float64)
    record: list[float] = []
    while True:
        value = float(loss(w))
        if not np.isfinite(value):
            raise ArithmeticError(f"the loss is {value} after step {len(record)}: try a smaller step size")
        record.append(value)
        slope = gradient(w)
        if len(record) > max_steps or np.linalg.norm(slope) <= tolerance:
            return (w, np.array(record))
        w -= step_size * slope
