# /// answer
# kind = "wrong"
# exercise = "w06-q1-numerical"
# misconception = "A forward difference, whose error is as large as h"
# loses = ["w06-q1-numerical-test"]
# says = ["one side"]
# ///
# %% w06-q1-numerical
def numerical_gradient(function, w, h=1e-05):
    gradient = np.zeros(w.size)
    for j, direction in enumerate(np.eye(w.size)):
        gradient[j] = (function(w + h * direction) - function(w * 1.0)) / h
    return gradient
