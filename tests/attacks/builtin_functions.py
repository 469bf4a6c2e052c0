# /// attack
# name = "Replaces builtins"
# hole = "Every function looks its builtins up anew"
# cell = "w01-q1-standardise"
# honest = 0
# flagged = true
# needs_seal = false
# ///
# ruff: noqa
import builtins

builtins.all = lambda things: True
builtins.abs = lambda number: 0
builtins.round = lambda number, digits=0: 0


def standardise(X):
    return np.zeros(X.shape)
