# /// answer
# kind = "wrong"
# exercise = "w06-q1-numerical"
# misconception = "A copy of an integer array is still an integer array"
# loses = ["w06-q1-numerical-test"]
# says = ["integers"]
# ///
# %% w06-q1-numerical
def numerical_gradient(function, w, h=1e-5):
    gradient = np.zeros(len(w))
    for j in range(len(w)):
        up, down = w.copy(), w.copy()
        up[j] += h if up.dtype.kind == "f" else int(h)
        down[j] -= h if up.dtype.kind == "f" else int(h)
        gradient[j] = (function(up) - function(down)) / (2 * h)
    return gradient
