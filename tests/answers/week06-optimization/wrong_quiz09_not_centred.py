# /// answer
# kind = "wrong"
# exercise = "w06-q19-components"
# misconception = "Takes the SVD of the table without centring its columns"
# loses = ["w06-q19-components-test"]
# says = ["subtract the mean of every column"]
# ///
# %% w06-q19-components
def components_needed(X, share):
    singular = np.linalg.svd(X, compute_uv=False)
    return int(np.argmax(np.cumsum(singular**2) / np.sum(singular**2) >= share)) + 1
