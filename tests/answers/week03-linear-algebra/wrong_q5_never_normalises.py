# /// answer
# kind = "wrong"
# exercise = "w03-q5-power"
# misconception = "Normalises at the end only, so numbers grow beyond what a float holds"
# loses = ["w03-q5-power-limits"]
# says = ["converge"]
# ///
# %% w03-q5-power
def power_iteration(A, rng, tol=1e-9, max_iterations=10_000):
    v = rng.normal(size=len(A))
    v /= np.linalg.norm(v)
    for _ in range(min(max_iterations, 2_000)):
        w = A @ v
        length = np.linalg.norm(v)
        if not (0 < length < 1e150):
            break
        value = float(v @ w) / length**2
        if np.linalg.norm(w - value * v) <= tol * abs(value) * length:
            return value, v / length
        v = w
    raise RuntimeError(f"did not converge in {max_iterations}")
