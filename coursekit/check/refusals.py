"""What to say about a value of the wrong type."""

from __future__ import annotations

from types import GeneratorType
from typing import Any

from coursekit.check.kinds import ARRAYS, BOOLEANS, FUNCTIONS, MAPPINGS, NUMBERS, SEQUENCES, SETS, TEXTS
from coursekit.check.plain import class_name, is_a, is_class, is_subclass_of_array, module_name

_NOTHING_RETURNED = "does the function end without a return?"


def array_advice(value: Any) -> str:
    """Say how to get from ``value`` to a plain NumPy array."""
    kind = type(value)
    if value is None:
        return _NOTHING_RETURNED
    if kind in SEQUENCES or kind is range:
        return "np.array(...) turns it into an array"
    if is_a(value, "pandas", "Series", "DataFrame") or module_name(kind) == "pandas":
        return "call .to_numpy() on it"
    if is_a(value, "numpy", "matrix"):
        return "np.asarray(...) makes it a plain array"
    if is_a(value, "numpy", "MaskedArray"):
        return "call .filled(...) on it: a mask hides entries"
    if is_a(value, "torch", "Tensor", "Parameter"):
        return "call .detach().numpy() on it"
    if module_name(kind) == "scipy" and hasattr(kind, "toarray"):
        return "call .toarray() on it"
    if kind in NUMBERS or kind in BOOLEANS:
        return "a reduction without axis=... returns one number for the whole array"
    if kind is GeneratorType or is_a(value, "builtins", "map", "filter", "zip"):
        return "np.array(list(...)) runs it and keeps the result"
    if kind in FUNCTIONS or is_class(value):
        return "call it with parentheses and return what it gives"
    if kind is dict:
        return "return the array itself"
    if class_name(kind) == "ndarray" or is_subclass_of_array(kind):
        return "only a plain numpy.ndarray is accepted: np.array(..., subok=False) makes one"
    return "return a plain numpy.ndarray"


def number_advice(value: Any) -> str:
    """Say how to get from ``value`` to one plain number."""
    kind = type(value)
    if value is None:
        return _NOTHING_RETURNED
    if kind in BOOLEANS:
        return "True and False are not numbers here"
    if kind in ARRAYS:
        if value.size == 1:
            return "take the number out of the array with .item()"
        return "one number is wanted: is a reduction (sum, mean, ...) missing, or its axis too many?"
    if kind in TEXTS:
        return "convert it with int(...) or float(...)"
    if is_a(value, "pandas", "Series", "DataFrame"):
        return "one number is wanted: select or reduce, then .item()"
    if is_a(value, "torch", "Tensor", "Parameter"):
        return "call .item() on it"
    if kind in SEQUENCES or kind in SETS or kind in MAPPINGS:
        return "one number is wanted, not a container"
    if kind in FUNCTIONS or is_class(value):
        return "call it with parentheses and return what it gives"
    return "return a plain int or float"


def plain_advice(value: Any, wanted: str) -> str:
    """Say how to get from ``value`` to a ``wanted`` such as "str" or "dict"."""
    if value is None:
        return _NOTHING_RETURNED
    if type(value) in FUNCTIONS:
        return "call it with parentheses and return what it gives"
    if class_name(type(value)) == wanted:
        return f"a class of your own that is called {wanted} is not accepted"
    return f"return a plain {wanted}"
