# /// answer
# kind = "wrong"
# exercise = "w06-q19-components"
# misconception = "Returns the position instead of the count"
# loses = ["w06-q19-components-test"]
# says = ["off by one"]
# ///
# %% w06-q19-components
def components_needed(X, share):
    singular = np.linalg.svd(X - X.mean(axis=0), compute_uv=False)
    return int(np.argmax(np.cumsum(singular**2) / np.sum(singular**2) >= share))
