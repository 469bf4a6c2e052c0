# /// answer
# kind = "wrong"
# exercise = "w03-q5-power"
# misconception = "Stops one product before the limit"
# loses = ["w03-q5-power-test", "w03-q5-power-limits"]
# says = ["within 1 products"]
# ///
# %% w03-q5-power
def power_iteration(A, rng, tol=1e-9, max_iterations=10_000):
    v = rng.normal(size=len(A))
    v /= np.linalg.norm(v)
    for _ in range(max_iterations - 1):
        w = A @ v
        eigenvalue = float(v @ w)
        if np.linalg.norm(w - eigenvalue * v) <= tol * abs(eigenvalue):
            return eigenvalue, v
        v = w / np.linalg.norm(w)
    raise RuntimeError(f"the power iteration did not converge within {max_iterations} products")
