# /// attack
# name = "Looks up the hidden checks in linecache"
# hole = "Tracebacks need the source of every cell"
# cell = "w01-q1-standardise"
# honest = 0
# flagged = false
# needs_seal = false
# ///
# ruff: noqa
import linecache


def standardise(X):
    for name in reversed(list(linecache.cache)):
        source = "".join(linecache.getlines(name))
        if 'of="standardise(X)"' in source:
            names = {"np": np}
            start = source.index("X = ")
            exec(source[start : source.index("check.array")], names)
            if names["X"].shape == X.shape:
                return names["Z"]
    return X
