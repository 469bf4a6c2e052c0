# /// attack
# name = "Reads the expected values from the check's frame"
# hole = "A function can look at the variables of its caller"
# cell = "w01-q1-standardise"
# honest = 0
# flagged = true
# needs_seal = false
# ///
# ruff: noqa
import inspect


def standardise(X):
    for frame in inspect.stack():
        names = frame.frame.f_globals | frame.frame.f_locals
        for name in ("reference", "Z"):
            value = names.get(name)
            if isinstance(value, np.ndarray) and value.shape == X.shape:
                return np.array(value)
    return X
