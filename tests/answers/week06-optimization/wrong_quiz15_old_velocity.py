# /// answer
# kind = "wrong"
# exercise = "w06-q25-momentum"
# misconception = "Moves with the old velocity"
# loses = ["w06-q25-momentum-test"]
# says = ["old velocity"]
# ///
# %% w06-q25-momentum
def momentum_step(w, v, gradient, rate, beta):
    return w - rate * v, beta * v + gradient
