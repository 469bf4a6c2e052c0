"""When are two entries the same? Tolerance, missing values and kinds of dtype."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

# Bound now: what a notebook later does to the names inside numpy does not reach the comparison.
from numpy import absolute, asarray, isfinite, isnan, isnat, result_type, zeros
from numpy.typing import ArrayLike, NDArray

from coursekit.check.kinds import TEXTS

KIND_NAMES = {
    "b": "bool",
    "i": "int",
    "u": "int",
    "f": "float",
    "c": "complex",
    "U": "text",
    "T": "text",
    "S": "bytes",
    "M": "datetime",
    "m": "timedelta",
    "V": "record",
    "O": "object",
}

# Roundings of the coarser dtype that a right answer may have gathered on its way: a reduction over thousands of
# float32 values stays within them, a wrong formula does not.
_ROUNDINGS = 64

# A guess at a cause must fit this closely; the digits beyond tell nothing about the mistake.
ALIKE_RTOL = 1e-6


class Tolerance(NamedTuple):
    """How far an entry may lie from the expected one: ``atol + rtol * |expected|``."""

    rtol: float
    atol: float


def kind_name(dtype: np.dtype) -> str:
    """Return "float", "int", "text", … for a dtype.

    Examples
    --------
    >>> kind_name(np.dtype("uint8")), kind_name(np.dtype("<U3"))
    ('int', 'text')
    """
    return KIND_NAMES.get(dtype.kind, "object")


def as_expected(expected: ArrayLike) -> NDArray[Any]:
    """Return the author's expected value as an array.

    Raises
    ------
    TypeError
        If it can only be held as Python objects.
    """
    wanted = asarray(expected)
    if wanted.dtype.kind == "O":
        texts = as_texts(wanted)
        if texts is None:
            raise TypeError(
                "the expected value becomes an array of Python objects; give numbers, text or dates of one kind"
            )
        return texts
    return wanted


def as_texts(values: NDArray[Any]) -> NDArray[Any] | None:
    """Return an object array of plain strings as a text array, or None if anything else is in it."""
    items = values.ravel().tolist()
    if not all(type(item) in TEXTS for item in items):
        return None
    return np.array([str.__str__(item) for item in items], dtype=str).reshape(values.shape)


def widened(have: np.dtype, wanted: NDArray[Any], tolerance: Tolerance) -> Tolerance:
    """Return the tolerance that a right answer of dtype ``have`` deserves.

    Parameters
    ----------
    have : dtype
        Of the learner's array.
    wanted : ndarray
        The expected array.
    tolerance : Tolerance
        As the author gave it; (0, 0) means exact and is never widened.

    Returns
    -------
    Tolerance
        Where the coarser dtype is float32: 64 of its roundings of the entry itself, and as many of a typical (median
        non-zero) entry, because a difference of large numbers keeps their error. float16 counts as float32 unless
        ``wanted`` is float16 itself.

    Examples
    --------
    >>> widened(np.dtype("float64"), np.ones(3), Tolerance(1e-7, 0.0))
    Tolerance(rtol=1e-07, atol=0.0)
    >>> round(widened(np.dtype("float32"), np.ones(3), Tolerance(1e-7, 0.0)).rtol, 8)
    7.63e-06
    """
    if tolerance == (0.0, 0.0) or have.kind not in "fc" or wanted.dtype.kind not in "fc":
        return tolerance
    single = float(np.finfo(np.float32).eps)
    of_wanted = float(np.finfo(wanted.dtype).eps)
    coarsest = max(of_wanted, min(float(np.finfo(have).eps), single))
    if coarsest < single:
        return tolerance
    present = wanted[isfinite(wanted) & (wanted != 0)]
    typical = float(np.median(absolute(present.astype(np.complex128)))) if present.size else 0.0
    room = _ROUNDINGS * coarsest
    return Tolerance(max(tolerance.rtol, room), max(tolerance.atol, room * typical))


def missing(values: NDArray[Any]) -> NDArray[np.bool_]:
    """Return where an array holds NaN or NaT."""
    if values.dtype.kind in "fc":
        return asarray(isnan(values))
    if values.dtype.kind in "mM":
        return asarray(isnat(values))
    return zeros(values.shape, dtype=bool)


def differs(have: NDArray[Any], wanted: NDArray[Any], tolerance: Tolerance) -> NDArray[np.bool_]:
    """Return where two arrays of one shape differ by more than the tolerance; missing equals missing.

    Examples
    --------
    >>> differs(np.array([1.0, np.nan, 3.0]), np.array([1.0, np.nan, 4.0]), Tolerance(1e-7, 0.0))
    array([False, False,  True])
    """
    kinds = have.dtype.kind + wanted.dtype.kind
    with np.errstate(all="ignore"):
        if set(kinds) <= set("fciub") and set(kinds) & set("fc"):
            return _floats_differ(have, wanted, tolerance)
        if set(kinds) <= set("iub"):
            return _integers_differ(have, wanted, tolerance)
        return asarray(have != wanted) & ~(missing(have) & missing(wanted))


def _floats_differ(have: NDArray[Any], wanted: NDArray[Any], tolerance: Tolerance) -> NDArray[np.bool_]:
    common = result_type(have.dtype, wanted.dtype, np.float64)
    have, wanted = have.astype(common, copy=False), wanted.astype(common, copy=False)
    same = have == wanted
    near = absolute(have - wanted) <= tolerance.atol + tolerance.rtol * absolute(wanted)
    # An infinity is near nothing but itself; without this, rtol * inf would forgive everything.
    finite = isfinite(have) & isfinite(wanted)
    return asarray(~(same | (near & finite) | (isnan(have) & isnan(wanted))))


def _integers_differ(have: NDArray[Any], wanted: NDArray[Any], tolerance: Tolerance) -> NDArray[np.bool_]:
    if tolerance.atol < 1:
        return ~_same_integers(have, wanted)
    # Python integers: no width to overflow, and a tolerance on integers is rare and small.
    gap = absolute(have.astype(object) - wanted.astype(object))
    return asarray(gap > tolerance.atol).astype(bool)


def _same_integers(have: NDArray[Any], wanted: NDArray[Any]) -> NDArray[np.bool_]:
    if have.dtype.kind == wanted.dtype.kind:
        return asarray(have == wanted)
    # int64 against uint64: equal bits are equal numbers only where neither is negative.
    negative = (have < 0) | (wanted < 0)
    return asarray(~negative & (have.astype(np.uint64) == wanted.astype(np.uint64)))


def comparable(have: NDArray[Any], wanted: NDArray[Any]) -> bool:
    """Tell whether entries of two arrays can be equal at all: numbers and numbers, text and text, dates and dates."""
    numeric = set("fciub")
    if have.dtype.kind in numeric and wanted.dtype.kind in numeric:
        return True
    kind = kind_name(have.dtype)
    return kind == kind_name(wanted.dtype) and kind in ("text", "bytes", "datetime", "timedelta")


def matches(have: NDArray[Any], wanted: NDArray[Any], tolerance: Tolerance) -> bool:
    """Tell whether two arrays have one shape, at least one entry, and equal values whatever their dtypes."""
    if have.shape != wanted.shape or not comparable(have, wanted) or have.size == 0:
        return False
    loose = widened(have.dtype, wanted, Tolerance(max(tolerance.rtol, ALIKE_RTOL), tolerance.atol))
    return not differs(have, wanted, loose).any()


def alike(have: NDArray[Any], wanted: NDArray[Any]) -> bool:
    """Tell whether two arrays match as closely as a guess at a cause asks for."""
    return matches(have, wanted, Tolerance(ALIKE_RTOL, 0.0))
