# /// answer
# kind = "wrong"
# exercise = "w06-q1-numerical"
# misconception = "Moves the caller's own array and forgets to put it back"
# loses = ["w06-q1-numerical-test"]
# says = ["w"]
# ///
# %% w06-q1-numerical
def numerical_gradient(function, w, h=1e-5):
    gradient = np.zeros(len(w))
    point = w.astype(float)
    for j, direction in enumerate(np.eye(len(w))):
        gradient[j] = (function(point + h * direction) - function(point - h * direction)) / (2 * h)
    w[:] = 0
    return gradient
