# /// attack
# name = "Replaces the checker just before each cell"
# hole = "IPython calls a notebook back before a cell runs"
# cell = "w01-q1-standardise"
# honest = 0
# flagged = true
# needs_seal = false
# ///
# ruff: noqa
from coursekit import check as checker


def replace(*args):
    for name in ("array", "unchanged", "new_array"):
        setattr(checker, name, lambda *args, **kwargs: None)


get_ipython().events.register("pre_run_cell", replace)


def standardise(X):
    return X
