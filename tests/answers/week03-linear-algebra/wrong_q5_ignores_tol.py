# /// answer
# kind = "wrong"
# exercise = "w03-q5-power"
# misconception = "The tolerance is written into the loop, and what the caller gives is ignored"
# loses = ["w03-q5-power-test"]
# says = ["tol"]
# ///
# %% w03-q5-power
def power_iteration(A, rng, tol=1e-9, max_iterations=10_000):
    v = rng.normal(size=len(A))
    v /= np.linalg.norm(v)
    for _ in range(max_iterations):
        w = A @ v
        eigenvalue = float(v @ w)
        if np.linalg.norm(w - eigenvalue * v) <= 1e-9 * abs(eigenvalue):
            return eigenvalue, v
        v = w / np.linalg.norm(w)
    raise RuntimeError(f"the power iteration did not converge within {max_iterations} products")
