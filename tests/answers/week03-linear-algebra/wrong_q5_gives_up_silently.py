# /// answer
# kind = "wrong"
# exercise = "w03-q5-power"
# misconception = "Returns whatever it has when the steps run out"
# loses = ["w03-q5-power-test", "w03-q5-power-limits"]
# says = ["RuntimeError"]
# ///
# %% w03-q5-power
def power_iteration(A, rng, tol=1e-9, max_iterations=10_000):
    v = rng.normal(size=len(A))
    v /= np.linalg.norm(v)
    value = 0.0
    for _ in range(max_iterations):
        w = A @ v
        value = float(v @ w)
        if np.linalg.norm(w - value * v) <= tol * abs(value):
            break
        v = w / np.linalg.norm(w)
    return value, v
