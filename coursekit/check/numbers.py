"""`number`, `boolean`: one plain value."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import numpy as np

from coursekit.check.causes import array_cause
from coursekit.check.closeness import Tolerance, widened
from coursekit.check.failure import counted, fail
from coursekit.check.kinds import BOOLEANS, COMPLEXES, FLOATS, INTEGERS
from coursekit.check.plain import describe, number_text, two_numbers
from coursekit.check.refusals import number_advice, plain_advice


@counted
def number(
    actual: Any,
    expected: float,
    *,
    of: str,
    rtol: float = 1e-7,
    atol: float = 0.0,
    integer: bool = False,
    causes: Mapping[str, float] | None = None,
    hide: bool = False,
) -> None:
    """Check that ``actual`` is one plain number equal to ``expected``.

    Parameters
    ----------
    actual : object
        What the learner made: int, float or a NumPy scalar (complex where ``expected`` is). Booleans, text, arrays
        (even of one entry) and lookalikes are refused.
    expected : int, float or complex
        The right answer; nan equals nan.
    of : str
        What is checked.
    rtol, atol : float
        Accepts ``|actual - expected| <= atol + rtol * |expected|``; a float32 is given 64 float32 roundings. Two
        integers must be equal, or within ``atol`` if it is 1 or more.
    integer : bool
        Accept integers only.
    causes : mapping of str to number, optional
        For each misconception a sentence and the value it leads to.
    hide : bool
        Leave the expected value out of the message.

    Raises
    ------
    CheckFailed
        With what is wrong.

    Examples
    --------
    >>> number(np.float64(2.0), 2, of="mean")
    >>> number(4.0, 2.0, of="std", causes={"this is the variance: take the root": 4.0})
    Traceback (most recent call last):
    coursekit.check.failure.CheckFailed: std: expected 2.0, got 4.0; likely cause: this is the variance: take the root
    """
    _check_number_type(actual, expected, of, integer)
    if _numbers_agree(actual, expected, Tolerance(rtol, atol)):
        return
    expected_text, got_text = two_numbers(expected, actual)
    cause = _number_cause(actual, expected, causes or {}, Tolerance(rtol, atol))
    fail(of, "another number" if hide else expected_text, got_text, cause=cause)


@counted
def boolean(actual: Any, expected: bool, *, of: str) -> None:
    """Check that ``actual`` is True or False, and the right one.

    Parameters
    ----------
    actual : object
        bool or NumPy bool; 0 and 1 are refused.
    expected : bool
        The right answer.
    of : str
        What is checked.

    Raises
    ------
    CheckFailed
        With what is wrong.

    Examples
    --------
    >>> boolean(np.bool_(True), True, of="is_view")
    >>> boolean(1, True, of="is_view")
    Traceback (most recent call last):
    coursekit.check.failure.CheckFailed: is_view: expected True or False, got the number 1; return a plain bool
    """
    if type(actual) not in BOOLEANS:
        fail(of, "True or False", describe(actual), plain_advice(actual, "bool"))
    if bool(actual) is not bool(expected):
        fail(of, str(bool(expected)), str(bool(actual)))


def _check_number_type(actual: Any, expected: Any, of: str, integer: bool) -> None:
    kind = type(actual)
    wanted = "an integer" if integer else "a number"
    if kind in INTEGERS or (kind in FLOATS and not integer) or (kind in COMPLEXES and type(expected) in COMPLEXES):
        return
    if kind in FLOATS:
        whole = math.isfinite(actual) and float(actual).is_integer()
        fail(of, wanted, f"the float {number_text(actual)}", "int(...) makes a whole float an integer" if whole else "")
    if kind in COMPLEXES:
        fail(
            of, wanted, f"the complex number {number_text(actual)}", "take .real if the imaginary part is only rounding"
        )
    fail(of, wanted, describe(actual), number_advice(actual))


def _numbers_agree(actual: Any, expected: Any, tolerance: Tolerance) -> bool:
    if type(actual) in INTEGERS and type(expected) in INTEGERS:
        gap = abs(int(actual) - int(expected))
        return gap == 0 or (tolerance.atol >= 1 and gap <= tolerance.atol)
    plain = complex if type(actual) in COMPLEXES or type(expected) in COMPLEXES else float
    try:
        have, wanted = plain(actual), plain(expected)
    except OverflowError:  # an integer beyond the range of floats
        return False
    if have == wanted or (have != have and wanted != wanted):
        return True
    if not (np.isfinite(have) and np.isfinite(wanted)):
        return False
    dtype = np.asarray(actual).dtype if type(actual) not in INTEGERS else np.dtype(float)
    room = widened(dtype, np.asarray(wanted), tolerance)
    return abs(have - wanted) <= room.atol + room.rtol * abs(wanted)


def _number_cause(actual: Any, expected: Any, causes: Mapping[str, float], tolerance: Tolerance) -> str:
    for sentence, value in causes.items():
        if _numbers_agree(actual, value, Tolerance(max(tolerance.rtol, 1e-6), tolerance.atol)):
            return sentence
    try:
        have, wanted = (np.asarray(value, dtype=None) for value in (actual, expected))
    except OverflowError:
        return ""
    if have.dtype.kind not in "iuf" or wanted.dtype.kind not in "iuf":
        return ""
    if np.isnan(wanted):
        return ""
    if np.isnan(have):
        return "nan spreads through arithmetic, and 0/0 makes it"
    if have.dtype.kind in "iu" and wanted.dtype.kind in "iu" and abs(int(actual) - int(expected)) == 1:
        return "off by one"
    if {float(have), float(wanted)} & {0.0, 1.0, -1.0}:
        return ""  # so many mistakes lead to these that no guess would be better than chance
    if have.dtype.kind == "f" or wanted.dtype.kind == "f":
        have, wanted = have.astype(float, copy=False), wanted.astype(float, copy=False)
    return array_cause(have, wanted, {}, tolerance)
