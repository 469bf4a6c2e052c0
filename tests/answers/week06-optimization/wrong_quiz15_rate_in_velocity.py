# /// answer
# kind = "wrong"
# exercise = "w06-q25-momentum"
# misconception = "Puts the rate into the velocity"
# loses = ["w06-q25-momentum-test"]
# says = ["the rate belongs"]
# ///
# %% w06-q25-momentum
def momentum_step(w, v, gradient, rate, beta):
    v = beta * v + rate * gradient
    return w - v, v
