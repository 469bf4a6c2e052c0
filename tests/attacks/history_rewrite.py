# /// attack
# name = "Runs the check's own source without its checks"
# hole = "Whoever can read a check can also run it with another checker"
# cell = "w01-q1-standardise"
# honest = 0
# flagged = false
# needs_seal = false
# ///
# ruff: noqa
import coursekit.check


def standardise(X):
    source = get_ipython().history_manager.input_hist_raw[-1]
    expected = []

    class Spy:
        def __getattr__(self, name):
            return lambda actual, wanted=None, *args, **kwargs: expected.append(wanted)

    names = {**get_ipython().user_ns, "check": Spy(), "standardise": lambda X: expected.append(X) or X}
    exec(source, names)
    for given, wanted in zip(expected[::2], expected[1::2]):
        if np.array_equal(given, X, equal_nan=True):
            return np.array(wanted, dtype=float)
    return X
