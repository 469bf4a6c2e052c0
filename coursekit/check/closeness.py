"""When are two entries the same? Tolerance, missing values and kinds of dtype."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from coursekit.check.plain import TEXTS

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
_RELATIVE_ROUNDINGS = 64
_ABSOLUTE_ROUNDINGS = 8


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
    wanted = np.asarray(expected)
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
        Relative part at least 64 roundings, absolute part at least 8 roundings of a typical entry, of the coarser dtype
        if that is float32. float16 counts as float32 unless ``wanted`` is float16 itself.

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
    sizes = np.abs(
        wanted[np.isfinite(wanted) & (wanted != 0)].astype(np.complex128 if wanted.dtype.kind == "c" else float)
    )
    typical = float(np.median(sizes)) if sizes.size else 0.0
    return Tolerance(
        max(tolerance.rtol, _RELATIVE_ROUNDINGS * coarsest),
        max(tolerance.atol, _ABSOLUTE_ROUNDINGS * coarsest * typical),
    )


def missing(values: NDArray[Any]) -> NDArray[np.bool_]:
    """Return where an array holds NaN or NaT."""
    if values.dtype.kind in "fc":
        return np.asarray(np.isnan(values))
    if values.dtype.kind in "mM":
        return np.asarray(np.isnat(values))
    return np.zeros(values.shape, dtype=bool)


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
        return np.asarray(have != wanted) & ~(missing(have) & missing(wanted))


def _floats_differ(have: NDArray[Any], wanted: NDArray[Any], tolerance: Tolerance) -> NDArray[np.bool_]:
    common = np.result_type(have.dtype, wanted.dtype, np.float64)
    have, wanted = have.astype(common, copy=False), wanted.astype(common, copy=False)
    same = have == wanted
    near = np.abs(have - wanted) <= tolerance.atol + tolerance.rtol * np.abs(wanted)
    # An infinity is near nothing but itself; without this, rtol * inf would forgive everything.
    finite = np.isfinite(have) & np.isfinite(wanted)
    return np.asarray(~(same | (near & finite) | (np.isnan(have) & np.isnan(wanted))))


def _integers_differ(have: NDArray[Any], wanted: NDArray[Any], tolerance: Tolerance) -> NDArray[np.bool_]:
    if tolerance.atol < 1:
        return ~_same_integers(have, wanted)
    # Python integers: no width to overflow, and a tolerance on integers is rare and small.
    gap = np.abs(have.astype(object) - wanted.astype(object))
    return np.asarray(gap > tolerance.atol).astype(bool)


def _same_integers(have: NDArray[Any], wanted: NDArray[Any]) -> NDArray[np.bool_]:
    if have.dtype.kind == wanted.dtype.kind:
        return np.asarray(have == wanted)
    # int64 against uint64: equal bits are equal numbers only where neither is negative.
    negative = (have < 0) | (wanted < 0)
    return np.asarray(~negative & (have.astype(np.uint64) == wanted.astype(np.uint64)))
