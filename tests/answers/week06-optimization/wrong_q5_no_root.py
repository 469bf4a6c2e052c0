# /// answer
# kind = "wrong"
# exercise = "w06-q5-optimisers"
# misconception = "Divides by the mean square instead of its root"
# loses = ["w06-q5-optimisers-adam"]
# says = ["root"]
# ///
# %% w06-q5-optimisers
def momentum(gradient, start, step_size, n_steps, beta=0.9):
    path = [np.array(start, dtype=np.float64)]
    velocity = np.zeros(len(start))
    for _ in range(n_steps):
        velocity = beta * velocity + gradient(path[-1])
        path.append(path[-1] - step_size * velocity)
    return np.array(path)


def adam(gradient, start, step_size, n_steps, beta1=0.9, beta2=0.999, epsilon=1e-08):
    path = [np.array(start, dtype=np.float64)]
    mean, square = (np.zeros(len(start)), np.zeros(len(start)))
    for t in range(1, n_steps + 1):
        g = gradient(path[-1])
        mean = beta1 * mean + (1.0 - beta1) * g
        square = beta2 * square + (1.0 - beta2) * g**2
        step = mean / (1.0 - beta1**t) / ((square / (1.0 - beta2**t)) + epsilon)
        path.append(path[-1] - step_size * step)
    return np.array(path)
