# /// attack
# name = "Replaces the code inside the checker's function"
# hole = "A function stays the same object when its code is exchanged"
# cell = "w01-q1-standardise"
# honest = 0
# flagged = true
# needs_seal = false
# ///
# ruff: noqa
from coursekit import check as checker


def nothing(*args, **kwargs):
    return None


for name in ("array", "unchanged", "new_array"):
    inner = getattr(checker, name).__wrapped__
    inner.__code__ = nothing.__code__


def standardise(X):
    return X
