# /// answer
# kind = "wrong"
# exercise = "w06-q3-descent"
# misconception = "The loss is noted before each step, so that of the last point is missing"
# loses = ["w06-q3-descent-test"]
# says = ["returned"]
# ///
# %% w06-q3-descent
def gradient_descent(loss, gradient, start, step_size, tolerance=1e-6, max_steps=10_000):
    w, record = np.array(start, dtype=float), []
    for step in range(max_steps):
        g = gradient(w)
        if np.linalg.norm(g) <= tolerance:
            break
        record.append(float(loss(w)))
        if not np.isfinite(record[-1]):
            raise ArithmeticError(f"the loss is {record[-1]} after step {step}: lower the step size")
        w = w - step_size * g
    return w, np.array(record)
