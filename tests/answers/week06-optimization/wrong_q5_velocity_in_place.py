# /// answer
# kind = "wrong"
# exercise = "w06-q5-optimisers"
# misconception = "The first velocity is the gradient's own array, and is written into"
# loses = ["w06-q5-optimisers-momentum"]
# says = ["written into"]
# ///
# %% w06-q5-optimisers
def momentum(gradient, start, step_size, n_steps, beta=0.9):
    path = [np.array(start, dtype=float)]
    velocity = None
    for _ in range(n_steps):
        g = gradient(path[-1])
        if velocity is None:
            velocity = g
        else:
            velocity *= beta
            velocity += g
        path.append(path[-1] - step_size * velocity)
    return np.array(path)


def adam(gradient, start, step_size, n_steps, beta1=0.9, beta2=0.999, epsilon=1e-8):
    w, m, s, path = np.array(start, dtype=float), 0.0, 0.0, [np.array(start, dtype=float)]
    for t in range(1, n_steps + 1):
        g = gradient(w)
        m, s = beta1 * m + (1 - beta1) * g, beta2 * s + (1 - beta2) * g * g
        w = w - step_size * m / (1 - beta1**t) / (np.sqrt(s / (1 - beta2**t)) + epsilon)
        path.append(w)
    return np.array(path)
