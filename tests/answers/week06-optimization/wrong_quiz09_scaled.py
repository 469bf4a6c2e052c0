# /// answer
# kind = "wrong"
# exercise = "w06-q19-components"
# misconception = "Scales the columns first, which changes the variances"
# loses = ["w06-q19-components-test"]
# says = ["centred, not scaled"]
# ///
# %% w06-q19-components
def components_needed(X, share):
    Z = (X - X.mean(axis=0)) / X.std(axis=0)
    singular = np.linalg.svd(Z, compute_uv=False)
    return int(np.argmax(np.cumsum(singular**2) / np.sum(singular**2) >= share)) + 1
