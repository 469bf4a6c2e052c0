# /// attack
# name = "Replaces the function behind the checker's wrapper"
# hole = "A closure's cell can be written to"
# cell = "w01-q1-standardise"
# honest = 0
# flagged = true
# needs_seal = false
# ///
# ruff: noqa
from coursekit import check as checker

for name in ("array", "unchanged", "new_array"):
    getattr(checker, name).__closure__[0].cell_contents = lambda *args, **kwargs: None


def standardise(X):
    return X
