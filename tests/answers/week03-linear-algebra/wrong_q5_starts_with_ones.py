# /// answer
# kind = "wrong"
# exercise = "w03-q5-power"
# misconception = "Starts from all ones, which may be at a right angle to the answer"
# loses = ["w03-q5-power-test", "w03-q5-power-limits"]
# says = ["all ones"]
# ///
# %% w03-q5-power
def power_iteration(A, rng, tol=1e-9, max_iterations=10_000):
    v = np.ones(len(A)) / np.sqrt(len(A))
    for _ in range(max_iterations):
        w = A @ v
        value = float(v @ w)
        if np.linalg.norm(w - value * v) <= tol * abs(value):
            return value, v
        v = w / np.linalg.norm(w)
    raise RuntimeError(f"did not converge in {max_iterations}")
