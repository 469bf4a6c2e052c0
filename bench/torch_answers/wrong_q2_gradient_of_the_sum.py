# ruff: noqa
# /// answer
# kind = "wrong"
# exercise = "w14-q2-mse-gradient"
# misconception = "The squared errors are summed, not averaged"
# loses = ["w14-q2-mse-gradient-test"]
# says = ["sum"]
# ///
# %% w14-q2-mse-gradient
def mse_gradient(w, X, y):
    return 2.0 * X.T @ (X @ w - y)
