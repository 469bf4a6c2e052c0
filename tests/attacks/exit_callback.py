# /// attack
# name = "Changes the result when the kernel ends"
# hole = "atexit runs after the last cell"
# cell = "w01-q1-standardise"
# honest = 0
# flagged = false
# needs_seal = false
# ///
# ruff: noqa
import atexit
import sys

atexit.register(lambda: sys.stdout.write("2.0"))


def standardise(X):
    return X
