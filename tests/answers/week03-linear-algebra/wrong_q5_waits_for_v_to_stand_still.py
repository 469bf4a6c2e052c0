# /// answer
# kind = "wrong"
# exercise = "w03-q5-power"
# misconception = "Compares v with the one before: for a negative eigenvalue it turns around for ever"
# loses = ["w03-q5-power-test", "w03-q5-power-limits"]
# says = ["converge"]
# ///
# %% w03-q5-power
def power_iteration(A, rng, tol=1e-9, max_iterations=10_000):
    v = rng.normal(size=len(A))
    v /= np.linalg.norm(v)
    for _ in range(max_iterations):
        w = A @ v
        if not w.any():
            return 0.0, v
        w = w / np.linalg.norm(w)
        if np.linalg.norm(w - v) <= 0.1 * tol:
            return float(w @ A @ w), w
        v = w
    raise RuntimeError(f"did not converge in {max_iterations}")
