# /// answer
# kind = "wrong"
# exercise = "w03-q5-power"
# misconception = "Compares the residual with tol itself, which means nothing in another unit"
# loses = ["w03-q5-power-limits"]
# says = ["numbers near"]
# ///
# %% w03-q5-power
def power_iteration(A, rng, tol=1e-9, max_iterations=10_000):
    v = rng.normal(size=len(A))
    v /= np.linalg.norm(v)
    for _ in range(min(max_iterations, 3_000)):
        w = A @ v
        value = float(v @ w)
        if np.linalg.norm(w - value * v) <= tol:
            return value, v
        v = w / (np.linalg.norm(w) or 1.0)
    raise RuntimeError(f"did not converge in {max_iterations}")
