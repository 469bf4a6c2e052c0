# /// answer
# kind = "wrong"
# exercise = "w03-q5-power"
# misconception = "The length of the product is the eigenvalue without its sign"
# loses = ["w03-q5-power-test", "w03-q5-power-limits"]
# says = ["the sign counts"]
# ///
# %% w03-q5-power
def power_iteration(A, rng, tol=1e-9, max_iterations=10_000):
    v = rng.normal(size=len(A))
    v /= np.linalg.norm(v)
    for _ in range(max_iterations):
        w = A @ v
        value = float(np.linalg.norm(w))
        if min(np.linalg.norm(w - value * v), np.linalg.norm(w + value * v)) <= tol * value:
            return value, v
        v = w / value
    raise RuntimeError(f"did not converge in {max_iterations}")
