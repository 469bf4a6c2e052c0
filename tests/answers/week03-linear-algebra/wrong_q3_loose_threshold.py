# /// answer
# kind = "wrong"
# exercise = "w03-q3-projection"
# misconception = "Drops directions that carry less than a millionth: hard data lose theirs"
# loses = ["w03-q3-projection-test", "w03-q3-projection-rank"]
# says = ["projection for"]
# ///
# %% w03-q3-projection
def projection_matrix(A):
    U, s, _ = np.linalg.svd(A.astype(np.float64), full_matrices=False)
    U = U[:, s > 1e-6 * s[0]]
    return U @ U.T
