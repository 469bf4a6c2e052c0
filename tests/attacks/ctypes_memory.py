# /// attack
# name = "Writes into the interpreter's memory"
# hole = "ctypes reaches everything"
# cell = "w01-q1-standardise"
# honest = 0
# flagged = true
# needs_seal = false
# ///
# ruff: noqa
import ctypes


def standardise(X):
    api = ctypes.pythonapi
    api.PyErr_Clear()
    ctypes.memmove(id(1000) + 24, ctypes.byref(ctypes.c_int(1000)), 4)
    return X
