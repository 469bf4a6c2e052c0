# /// answer
# kind = "wrong"
# exercise = "w06-q1-numerical"
# misconception = "The run between the two points is taken for h"
# loses = ["w06-q1-numerical-test"]
# says = ["2h"]
# ///
# %% w06-q1-numerical
def numerical_gradient(function, w, h=1e-05):
    gradient = np.zeros(w.size)
    for j, direction in enumerate(np.eye(w.size)):
        gradient[j] = (function(w + h * direction) - function(w - h * direction)) / h
    return gradient
