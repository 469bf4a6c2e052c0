# /// attack
# name = "Replaces the functions of coursekit.check"
# hole = "The checker is a module like any other"
# cell = "w01-q1-standardise"
# honest = 0
# flagged = true
# needs_seal = false
# ///
# ruff: noqa
from coursekit import check as checker

for name in ("array", "that", "unchanged", "new_array", "raises", "number", "no_loops"):
    setattr(checker, name, lambda *args, **kwargs: None)


def standardise(X):
    return X
