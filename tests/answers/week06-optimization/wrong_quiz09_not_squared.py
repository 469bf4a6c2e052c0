# /// answer
# kind = "wrong"
# exercise = "w06-q19-components"
# misconception = "Adds up singular values instead of their squares"
# loses = ["w06-q19-components-test"]
# says = ["square the singular values"]
# ///
# %% w06-q19-components
def components_needed(X, share):
    singular = np.linalg.svd(X - X.mean(axis=0), compute_uv=False)
    return int(np.argmax(np.cumsum(singular) / np.sum(singular) >= share)) + 1
