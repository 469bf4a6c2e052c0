# /// answer
# kind = "wrong"
# exercise = "w06-q3-descent"
# misconception = "Steps along the gradient instead of against it"
# loses = ["w06-q3-descent-test"]
# says = ["uphill"]
# ///
# %% w06-q3-descent
def gradient_descent(loss, gradient, start, step_size, tolerance=1e-06, max_steps=10000):
    w = np.array(start, dtype=np.float64)
    record: list[float] = []
    while True:
        value = float(loss(w))
        if not np.isfinite(value):
            raise ArithmeticError(f"the loss is {value} after step {len(record)}: try a smaller step size")
        record.append(value)
        slope = gradient(w)
        if len(record) > max_steps or np.linalg.norm(slope) <= tolerance:
            return (w, np.array(record))
        w = w + step_size * slope
