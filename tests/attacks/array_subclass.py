# /// attack
# name = "Returns an array whose operators lie"
# hole = "A subclass of ndarray may override every comparison"
# cell = "w01-q1-standardise"
# honest = 0
# flagged = false
# needs_seal = false
# ///
# ruff: noqa
class Agreeable(np.ndarray):
    def __array_ufunc__(self, ufunc, method, *inputs, **kwargs):
        return np.zeros(self.shape)

    def __array_function__(self, function, types, args, kwargs):
        return np.True_

    def __eq__(self, other):
        return np.ones(self.shape, dtype=bool)


def standardise(X):
    return np.zeros(X.shape).view(Agreeable)
