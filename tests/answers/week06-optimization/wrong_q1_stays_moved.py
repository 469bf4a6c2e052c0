# /// answer
# kind = "wrong"
# exercise = "w06-q1-numerical"
# misconception = "The entry that was moved is not moved back before the next"
# loses = ["w06-q1-numerical-test"]
# says = ["moved back"]
# ///
# %% w06-q1-numerical
def numerical_gradient(function, w, h=1e-5):
    point, gradient = np.array(w, dtype=float), np.zeros(len(w))
    for j in range(len(w)):
        point[j] -= h
        below = function(point.copy())
        point[j] += 2 * h
        gradient[j] = (function(point.copy()) - below) / (2 * h)
    return gradient
