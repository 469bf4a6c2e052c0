# /// answer
# kind = "wrong"
# exercise = "w06-q1-numerical"
# misconception = "A step size of its own instead of the one that is passed"
# loses = ["w06-q1-numerical-test"]
# says = ["default"]
# ///
# %% w06-q1-numerical
def numerical_gradient(function, w, h=1e-05):
    h = 1e-05
    gradient = np.zeros(w.size)
    for j, direction in enumerate(np.eye(w.size)):
        gradient[j] = (function(w + h * direction) - function(w - h * direction)) / (2.0 * h)
    return gradient
