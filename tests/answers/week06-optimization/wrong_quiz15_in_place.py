# /// answer
# kind = "wrong"
# exercise = "w06-q25-momentum"
# misconception = "Writes into the caller's weights and velocity"
# loses = ["w06-q25-momentum-test"]
# says = ["work on a copy"]
# ///
# %% w06-q25-momentum
def momentum_step(w, v, gradient, rate, beta):
    v *= beta
    v += gradient
    w -= rate * v
    return w, v
