# /// attack
# name = "Sends a result of its own"
# hole = "Whatever a cell displays reaches the grader"
# cell = "w01-q1-standardise"
# honest = 0
# flagged = true
# needs_seal = false
# ///
# ruff: noqa
from IPython.display import display


def standardise(X):
    result = repr({"records": {}, "evidence": []})
    display({"application/vnd.coursekit.probe": "0" * 32 + result}, raw=True)
    return X
