# /// answer
# kind = "wrong"
# exercise = "w03-q5-power"
# misconception = "Asks the library for all eigenvalues and takes the largest"
# loses = ["w03-q5-power-test", "w03-q5-power-limits"]
# says = ["products of A with a vector"]
# ///
# %% w03-q5-power
def power_iteration(A, rng, tol=1e-9, max_iterations=10_000):
    v = rng.normal(size=len(A))
    v /= np.linalg.norm(v)
    values, vectors = np.linalg.eigh(A)
    best = np.abs(values).argmax()
    return float(values[best]), vectors[:, best]
