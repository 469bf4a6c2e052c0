"""`value`: anything plain, by the check that fits its type; and `difference`, the same as a clause."""

from __future__ import annotations

import dataclasses
from typing import Any

import numpy as np

from coursekit.check.arrays import array
from coursekit.check.containers import mapping, members, sequence
from coursekit.check.failure import CheckFailed, counted, fail
from coursekit.check.numbers import boolean, number
from coursekit.check.plain import BOOLEANS, COMPLEXES, FLOATS, INTEGERS, MAPPINGS, NUMPY_SCALARS, TEXTS, describe, is_a
from coursekit.check.texts import text


@counted
def value(actual: Any, expected: Any, *, of: str, rtol: float = 1e-7, atol: float = 0.0, hide: bool = False) -> None:
    """Check ``actual`` with the check that fits the type of ``expected``.

    Parameters
    ----------
    actual : object
        What the learner made.
    expected : None, bool, number, str, bytes, ndarray, list, tuple, dict, set, DataFrame, Series, Index or dataclass
        The right answer.
    of : str
        What is checked.
    rtol, atol : float
        Tolerance for numbers.
    hide : bool
        Leave expected values out of the message.

    Raises
    ------
    CheckFailed
        With the first thing that is wrong.
    TypeError
        If no check fits ``expected``.

    Examples
    --------
    >>> value({"mean": [1.0, 2.0]}, {"mean": [1.0, 2.0]}, of="summary")
    """
    kind = type(expected)
    room = {"rtol": rtol, "atol": atol, "hide": hide}
    if expected is None:
        if actual is not None:
            fail(of, "None", describe(actual))
    elif kind in BOOLEANS:
        boolean(actual, expected, of=of)
    elif kind in INTEGERS | FLOATS | COMPLEXES:
        number(actual, expected, of=of, **room)
    elif kind in TEXTS:
        text(actual, expected, of=of, hide=hide)
    elif kind is np.ndarray or kind in NUMPY_SCALARS:
        array(actual, expected, of=of, **room)
    elif kind in (list, tuple):
        sequence(actual, expected, of=of, **room)
    elif kind in MAPPINGS:
        mapping(actual, expected, of=of, **room)
    elif kind in (set, frozenset):
        members(actual, expected, of=of)
    else:
        _other_value(actual, expected, of, room)


def _other_value(actual: Any, expected: Any, of: str, room: dict[str, Any]) -> None:
    if is_a(expected, "pandas", "DataFrame"):
        from coursekit.check.tables import table

        table(actual, expected, of=of, **room)
    elif is_a(expected, "pandas", "Series"):
        from coursekit.check.tables import series

        series(actual, expected, of=of, **room)
    elif type(expected) in (bytes, range, slice):
        if type(actual) is not type(expected) or actual != expected:
            fail(of, repr(expected), describe(actual))
    elif dataclasses.is_dataclass(expected) and not isinstance(expected, type):
        _dataclass_value(actual, expected, of, room)
    else:
        raise TypeError(f"{of}: no check fits {describe(expected)}; compare plain values taken out of it")


def _dataclass_value(actual: Any, expected: Any, of: str, room: dict[str, Any]) -> None:
    if type(actual) is not type(expected):
        fail(of, describe(expected), describe(actual))
    for field in dataclasses.fields(expected):
        value(getattr(actual, field.name), getattr(expected, field.name), of=f"{of}.{field.name}", **room)


def difference(actual: Any, expected: Any) -> str:
    """Return the first difference between two values as a clause, or '' where they are exactly equal.

    Examples
    --------
    >>> difference(np.array([1.0, 2.0]), np.array([1.0, 2.0]))
    ''
    >>> difference([1, 2], [1, 3])
    'the value[1]: expected 3, got 2; likely cause: off by one'
    """
    if type(actual) is np.ndarray and type(expected) is np.ndarray and actual.dtype != expected.dtype:
        return f"dtype {actual.dtype} instead of {expected.dtype}"
    try:
        if is_a(expected, "pandas", "DataFrame", "Series"):
            _other_value(actual, expected, "the value", {"rtol": 0.0, "atol": 0.0, "check_dtype": "exact"})
        else:
            value(actual, expected, of="the value", rtol=0.0, atol=0.0)
    except CheckFailed as failure:
        return failure.sentence
    except TypeError:
        return f"{describe(expected)} cannot be compared"
    return ""
