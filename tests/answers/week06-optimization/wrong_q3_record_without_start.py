# /// answer
# kind = "wrong"
# exercise = "w06-q3-descent"
# misconception = "The record begins after the first step"
# loses = ["w06-q3-descent-test"]
# says = ["start is missing"]
# ///
# %% w06-q3-descent
def gradient_descent(loss, gradient, start, step_size, tolerance=1e-6, max_steps=10_000):
    w, record = np.array(start, dtype=float), []
    if not np.isfinite(loss(w)):
        raise ArithmeticError("step size at step 0")
    for step in range(1, max_steps + 1):
        g = gradient(w)
        if np.linalg.norm(g) <= tolerance:
            break
        w = w - step_size * g
        record.append(float(loss(w)))
        if not np.isfinite(record[-1]):
            raise ArithmeticError(f"the loss is {record[-1]} after step {step}: lower the step size")
    return w, np.array(record)
