# /// answer
# kind = "wrong"
# exercise = "w06-q25-momentum"
# misconception = "Averages the gradient in with 1 - beta"
# loses = ["w06-q25-momentum-test"]
# says = ["1 - beta"]
# ///
# %% w06-q25-momentum
def momentum_step(w, v, gradient, rate, beta):
    v = beta * v + (1 - beta) * gradient
    return w - rate * v, v
