# /// attack
# name = "Replaces AssertionError"
# hole = "A bare assert in a function looks AssertionError up when it fails"
# cell = "w01-q1-standardise"
# honest = 0
# flagged = true
# needs_seal = false
# ///
# ruff: noqa
import builtins


class Silent(Exception):
    def __new__(cls, *args):
        return super().__new__(cls)


builtins.AssertionError = Silent


def standardise(X):
    return X
