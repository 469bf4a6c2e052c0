"""`value`: anything plain, by the check that fits its type; and `difference`, the same as a clause."""

from __future__ import annotations

import dataclasses
from typing import Any, NamedTuple

from coursekit.check.arrays import array
from coursekit.check.containers import mapping, members, sequence
from coursekit.check.failure import CheckFailed, counted, fail
from coursekit.check.kinds import ARRAYS, BOOLEANS, MAPPINGS, NUMBERS, NUMPY_SCALARS, SEQUENCES, SETS, TEXTS
from coursekit.check.numbers import boolean, number
from coursekit.check.plain import describe, is_a
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
    elif kind in NUMBERS:
        number(actual, expected, of=of, **room)
    elif kind in TEXTS:
        text(actual, expected, of=of, hide=hide)
    elif kind in ARRAYS or kind in NUMPY_SCALARS:
        array(actual, expected, of=of, **room)
    elif kind in SEQUENCES:
        sequence(actual, expected, of=of, **room)
    elif kind in MAPPINGS:
        mapping(actual, expected, of=of, **room)
    elif kind in SETS:
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


class Difference(NamedTuple):
    """Where two values part, and what stands there on either side."""

    place: str
    expected: str
    got: str

    def text(self, verb: str) -> str:
        """Return "expected verb got", for instance "1.0 at [2] became 5.0"."""
        return f"{self.place} {self.expected} {verb} {self.got}".strip()


def difference(actual: Any, expected: Any) -> Difference | None:
    """Return the first difference between two values, or None where they are exactly equal.

    Examples
    --------
    >>> difference(np.array([1.0, 2.0]), np.array([1.0, 2.0])) is None
    True
    >>> difference([1, 2], [1, 3])
    Difference(place='[1]', expected='3', got='2')
    """
    if type(actual) in ARRAYS and type(expected) in ARRAYS and actual.dtype != expected.dtype:
        return Difference("", f"dtype {expected.dtype}", f"dtype {actual.dtype}")
    try:
        if is_a(expected, "pandas", "DataFrame", "Series"):
            _other_value(actual, expected, "", {"rtol": 0.0, "atol": 0.0, "check_dtype": "exact"})
        else:
            value(actual, expected, of="", rtol=0.0, atol=0.0)
    except CheckFailed as failure:
        return Difference(*(failure.parts or ("", "one value", "another")))
    except TypeError:
        return Difference("", describe(expected), f"{describe(actual)}, which cannot be compared")
    return None
