# /// answer
# kind = "wrong"
# exercise = "w03-q5-power"
# misconception = "Stops when the eigenvalue no longer moves, but the vector comes later"
# loses = ["w03-q5-power-test", "w03-q5-power-limits"]
# says = ["stopped when the eigenvalue"]
# ///
# %% w03-q5-power
def power_iteration(A, rng, tol=1e-9, max_iterations=10_000):
    v = rng.normal(size=len(A))
    v /= np.linalg.norm(v)
    old = np.inf
    for _ in range(max_iterations):
        w = A @ v
        value = float(v @ w)
        if abs(value - old) <= tol * abs(value) and np.linalg.norm(w - value * v) <= 1e-2 * abs(value):
            return value, v
        old = value
        v = w / (np.linalg.norm(w) or 1.0)
    raise RuntimeError(f"did not converge in {max_iterations}")
