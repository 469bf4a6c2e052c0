"""Guessing what went wrong from the wrong array itself.

Each detector takes the learner's array and the expected one and returns a short clause, or '' when it has nothing to
say. They run in order of how much they explain; the first clause wins.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from coursekit.check.closeness import Tolerance, as_expected, differs, kind_name, missing, widened

Array = NDArray[Any]
Detector = Callable[[Array, Array], str]

_RTOL = 1e-6
_FACTORS = {
    "percent against fractions": (100.0, 0.01),
    "a factor of 2 forgotten, or counted twice": (2.0, 0.5),
    "degrees against radians": (180.0 / np.pi, np.pi / 180.0),
    "the natural logarithm against that of base 2": (np.log(2.0), 1.0 / np.log(2.0)),
    "the natural logarithm against that of base 10": (np.log(10.0), 1.0 / np.log(10.0)),
    "thousands or millions in the units": (1e3, 1e-3, 1e6, 1e-6),
    "a scale of 0 to 255 against 0 to 1": (255.0, 1.0 / 255.0),
}


def array_cause(have: Array, wanted: Array, causes: Mapping[str, ArrayLike], tolerance: Tolerance) -> str:
    """Return the likely cause of a difference, or ''.

    Parameters
    ----------
    have, wanted : ndarray
        The learner's array and the expected one; their shapes and dtypes may differ.
    causes : mapping of str to array_like
        The author's sentences with the value each misconception leads to; these are tried first.
    tolerance : Tolerance
        That of the check.

    Examples
    --------
    >>> array_cause(np.array([1.0, 4.0, 9.0]), np.array([1.0, 2.0, 3.0]), {}, Tolerance(1e-7, 0.0))
    'these look like the squares: is a root missing?'
    """
    with np.errstate(all="ignore"):
        for sentence, value in causes.items():
            if _matches(have, as_expected(value), tolerance):
                return sentence
        if kind_name(have.dtype) == "object":
            return "Python objects inside: np.array(..., dtype=...) over plain values makes a typed array"
        for detector in _detectors(have, wanted):
            clause = detector(have, wanted)
            if clause:
                return clause
    return ""


def _detectors(have: Array, wanted: Array) -> tuple[Detector, ...]:
    if have.shape != wanted.shape:
        return _SHAPE_DETECTORS
    if have.dtype != wanted.dtype and _same(have, wanted):
        # Nothing is wrong but the dtype; detectors of wrong values would see things that are not there.
        return _KIND_DETECTORS
    if kind_name(have.dtype) != kind_name(wanted.dtype) or (missing(have) != missing(wanted)).any():
        return _KIND_DETECTORS
    if kind_name(wanted.dtype) in ("float", "int", "complex"):
        return _VALUE_DETECTORS
    return _EXACT_DETECTORS


def _comparable(have: Array, wanted: Array) -> bool:
    numeric = set("fciub")
    if have.dtype.kind in numeric and wanted.dtype.kind in numeric:
        return True
    kind = kind_name(have.dtype)
    return kind == kind_name(wanted.dtype) and kind in ("text", "bytes", "datetime", "timedelta")


def _matches(have: Array, wanted: Array, tolerance: Tolerance) -> bool:
    if have.shape != wanted.shape or not _comparable(have, wanted) or have.size == 0:
        return False
    loose = widened(have.dtype, wanted, Tolerance(max(tolerance.rtol, _RTOL), tolerance.atol))
    return not differs(have, wanted, loose).any()


def _same(have: Array, wanted: Array) -> bool:
    return _matches(have, wanted, Tolerance(_RTOL, 0.0))


# --- the shape differs ---------------------------------------------------------------------------------------------


def _no_axes(have: Array, wanted: Array) -> str:
    return "a reduction over every axis: name one axis" if have.ndim == 0 else ""


def _transposed_shape(have: Array, wanted: Array) -> str:
    if have.ndim == 2 and have.T.shape == wanted.shape:
        return "this is the transpose" if _same(have.T, wanted) else "the axes look swapped, as in a transpose"
    return ""


def _permuted_axes(have: Array, wanted: Array) -> str:
    if have.ndim == wanted.ndim > 2 and sorted(have.shape) == sorted(wanted.shape):
        return "the axes are in another order"
    return ""


def _axes_of_length_one(have: Array, wanted: Array) -> str:
    without = tuple(n for n in have.shape if n != 1), tuple(n for n in wanted.shape if n != 1)
    if without[0] != without[1]:
        return ""
    if have.ndim > wanted.ndim:
        return "one axis of length 1 too many (keepdims, or an extra None in the index)"
    if have.ndim < wanted.ndim:
        return "an axis of length 1 is missing (keepdims=True or [:, None] keeps it)"
    return "the axis of length 1 stands in the wrong place"


def _flattened(have: Array, wanted: Array) -> str:
    if have.size != wanted.size or have.size == 0:
        return ""
    return "the right entries in another shape: reshape" if _same(have.ravel(), wanted.ravel()) else ""


def _off_by_one_long(have: Array, wanted: Array) -> str:
    if have.ndim != wanted.ndim:
        return ""
    for axis in range(have.ndim):
        gap = have.shape[axis] - wanted.shape[axis]
        rest = [have.shape[i] == wanted.shape[i] for i in range(have.ndim) if i != axis]
        if abs(gap) == 1 and all(rest):
            return _which_end(have, wanted, axis, gap)
    return ""


def _which_end(have: Array, wanted: Array, axis: int, gap: int) -> str:
    long, small, word = (have, wanted, "too many") if gap > 0 else (wanted, have, "is missing")
    count = long.shape[axis]
    along = f" along axis {axis}" if have.ndim > 1 else ""
    for end, kept in (("start", slice(1, None)), ("end", slice(0, count - 1))):
        index = tuple(kept if i == axis else slice(None) for i in range(long.ndim))
        if small.size and _comparable(have, wanted) and _same(long[index], small):
            return f"one entry {word} at the {end}{along}"
    return f"one entry {'too many' if gap > 0 else 'too few'}{along}: an off-by-one in a range or slice"


def _double_long(have: Array, wanted: Array) -> str:
    if have.ndim == wanted.ndim == 1 and wanted.size and have.size % wanted.size == 0 and have.size > wanted.size:
        return f"{have.size // wanted.size} times too many entries: is an axis not reduced?"
    return ""


# --- the dtype or the missing entries differ -----------------------------------------------------------------------


def _all_missing(have: Array, wanted: Array) -> str:
    gaps = missing(have)
    if gaps.size > 1 and gaps.all():
        return "one missing value spread through every entry: was nan left in a sum or a mean?"
    return ""


def _gaps_spread(have: Array, wanted: Array) -> str:
    gaps, wanted_gaps = missing(have), missing(wanted)
    if (gaps & ~wanted_gaps).any():
        return "nan spreads through arithmetic, and 0/0 makes it (np.nanmean and friends skip it)"
    if (wanted_gaps & ~gaps).any():
        filled = np.unique(have[wanted_gaps & ~gaps])
        if filled.size == 1:
            return f"missing entries were filled with {filled[0]}"
        return "missing entries were filled or skipped"
    return ""


def _cut_off(have: Array, wanted: Array) -> str:
    if have.dtype.kind not in "iu" or wanted.dtype.kind != "f":
        return ""
    if _same(have, wanted):
        return "right values in an integer dtype: make the result a float"
    if _same(have, np.trunc(wanted)) or _same(have, np.floor(wanted)):
        return "the decimals were cut off: an integer array or // keeps only whole numbers"
    return "an integer array cannot hold decimals"


def _should_be_integer(have: Array, wanted: Array) -> str:
    if wanted.dtype.kind not in "iu" or have.dtype.kind not in "fb":
        return ""
    return "right values in the wrong dtype: .astype(int) at the end" if _same(have, wanted) else ""


def _should_be_bool(have: Array, wanted: Array) -> str:
    if wanted.dtype.kind == "b" and have.dtype.kind in "iuf":
        return "0 and 1 are not booleans: a comparison, or .astype(bool), gives True and False"
    return ""


def _right_otherwise(have: Array, wanted: Array) -> str:
    return f"the values are right, the dtype is not: .astype({wanted.dtype})" if _same(have, wanted) else ""


# --- the values differ ---------------------------------------------------------------------------------------------


def _scale(wanted: Array) -> float:
    finite = np.abs(wanted[np.isfinite(wanted)])
    return float(finite.max()) if finite.size else 0.0


def _nearly(have: Array, wanted: Array) -> str:
    if kind_name(have.dtype) == "int":
        return ""
    if not differs(have, wanted, Tolerance(1e-4, 1e-12 * _scale(wanted))).any():
        return "close, but with fewer digits than asked for: rounding, or a step in low precision"
    return ""


def _never_filled(have: Array, wanted: Array) -> str:
    if have.size > 1 and not have.any():
        return "every entry is 0: was the result ever filled in?"
    if have.size > 2 and np.unique(have).size == 1 and np.unique(wanted).size > 1:
        return "every entry is the same: an axis is missing, or one value was spread over all"
    return ""


def _swapped_truth(have: Array, wanted: Array) -> str:
    return "True and False are swapped" if wanted.dtype.kind == "b" and not (have == wanted).any() else ""


def _transposed(have: Array, wanted: Array) -> str:
    return "this is the transpose: rows and columns are swapped" if have.ndim == 2 and _same(have.T, wanted) else ""


def _reversed(have: Array, wanted: Array) -> str:
    for axis in range(have.ndim):
        if _same(np.flip(have, axis), wanted):
            return "the order is reversed" + (f" along axis {axis}" if have.ndim > 1 else "")
    return ""


def _sign(have: Array, wanted: Array) -> str:
    if wanted.dtype.kind == "u" or have.dtype.kind == "u":
        return ""
    if _same(-have, wanted):
        return "every sign is flipped: is a difference taken the wrong way round?"
    if _same(have, np.abs(wanted)):
        return "the signs are lost: is there an absolute value or a square too many?"
    return ""


def _power(have: Array, wanted: Array) -> str:
    have, wanted = _as_floats(have), _as_floats(wanted)
    if _same(have, wanted**2):
        return "these look like the squares: is a root missing?"
    if _same(have**2, wanted) and (have >= 0).all():
        return "these look like the square roots: is a root too many, or a square missing?"
    if _same(have, 1.0 / wanted):
        return "these look like the reciprocals: is a fraction upside down?"
    if _same(have, np.log(wanted)):
        return "these look like the logarithms: is an exponential missing?"
    if _same(have, np.exp(wanted)):
        return "these look like the exponentials: is a logarithm missing?"
    return ""


def _as_floats(values: Array) -> Array:
    return values if values.dtype.kind in "fc" else values.astype(float)


def _rounded(have: Array, wanted: Array) -> str:
    if wanted.dtype.kind != "f" or _same(wanted, np.round(wanted)):
        return ""
    for digits in range(5):
        if _same(have, np.round(wanted, digits)):
            return f"rounded to {digits} decimals: return the full value" if digits else "rounded to whole numbers"
    return "the decimals were cut off" if _same(have, np.trunc(wanted)) else ""


def _wrapped(have: Array, wanted: Array) -> str:
    if have.dtype.kind not in "iuf" or _scale(wanted) < 256:
        return ""
    if _same(have, np.mod(wanted, 256)):
        return "the values wrapped round at 256: convert uint8 to a wider dtype first"
    return ""


def _factor(have: Array, wanted: Array) -> str:
    ratio = _constant_ratio(_as_floats(have), _as_floats(wanted))
    if ratio is None:
        return ""
    said = f"every entry is {ratio:.6g} times the expected one" if have.size > 1 else f"{ratio:.6g} times too much"
    for meaning, values in _FACTORS.items():
        if any(np.isclose(ratio, value, rtol=_RTOL, atol=0.0) for value in values):
            return f"{said}: {meaning}?"
    # One number is some multiple of any other: without a known factor that says nothing.
    return f"{said}{_as_ddof(ratio)}" if have.size > 1 else ""


def _constant_ratio(have: Array, wanted: Array) -> float | None:
    """Return the one ratio behind all entries; None if there is none, or too few entries to tell."""
    if have.dtype.kind == "c" or wanted.dtype.kind == "c":
        return None
    useful = np.isfinite(wanted) & (wanted != 0)
    if not useful.any() or (wanted.size > 1 and np.unique(wanted[useful]).size < 2):
        return None
    ratio = float(have[useful][0] / wanted[useful][0])
    if not np.isfinite(ratio) or ratio == 0 or abs(ratio - 1.0) < 1e-4:
        return None
    return ratio if _same(have, ratio * wanted) else None


def _as_ddof(ratio: float) -> str:
    for power, spread in ((1.0, "variance"), (2.0, "standard deviation")):
        big = max(abs(ratio), 1.0 / abs(ratio)) ** power
        count = big / (big - 1.0)
        if 3 <= count <= 1_000 and abs(count - round(count)) < 1e-3:
            return f", as a {spread} with the other ddof would be for n = {round(count)}"
    return ""


def _offset(have: Array, wanted: Array) -> str:
    if np.unique(wanted).size < 2:
        return ""
    gaps = _as_floats(have) - _as_floats(wanted)
    gaps = gaps[np.isfinite(gaps)]
    if (
        gaps.size < 2
        or gaps.dtype.kind == "c"
        or not np.allclose(gaps, gaps[0], rtol=_RTOL, atol=1e-9 * _scale(wanted))
    ):
        return ""
    return f"every entry is {abs(float(gaps[0])):.6g} too {'high' if gaps[0] > 0 else 'low'}"


def _complement(have: Array, wanted: Array) -> str:
    have, wanted = _as_floats(have), _as_floats(wanted)
    return "this is one minus the expected value" if have.size > 1 and _same(1.0 - have, wanted) else ""


def _shifted(have: Array, wanted: Array) -> str:
    for axis in range(have.ndim):
        if have.shape[axis] < 3:
            continue
        for step, word in ((1, "late"), (-1, "early")):
            ahead, behind = _overlap(have.ndim, axis, step)
            if _same(have[ahead], wanted[behind]) and np.unique(wanted[behind]).size > 1:
                along = f" along axis {axis}" if have.ndim > 1 else ""
                return f"every entry stands one place too {word}{along}: an off-by-one"
    return ""


def _overlap(ndim: int, axis: int, step: int) -> tuple[tuple[slice, ...], tuple[slice, ...]]:
    late, early = slice(1, None), slice(None, -1)
    ahead, behind = (late, early) if step > 0 else (early, late)
    return (
        tuple(ahead if i == axis else slice(None) for i in range(ndim)),
        tuple(behind if i == axis else slice(None) for i in range(ndim)),
    )


def _reordered(have: Array, wanted: Array) -> str:
    if have.size < 2 or not _same(np.sort(have, axis=None), np.sort(wanted, axis=None)):
        return ""
    return "the right values in another order"


def _only_an_edge(have: Array, wanted: Array) -> str:
    wrong = differs(have, wanted, Tolerance(_RTOL, 0.0))
    for axis in range(have.ndim):
        if have.shape[axis] < 3:
            continue
        hit = np.flatnonzero(wrong.any(axis=tuple(i for i in range(have.ndim) if i != axis)))
        if hit.size == 1 and hit[0] in (0, have.shape[axis] - 1):
            name = {1: "entry"}.get(have.ndim, {0: "row", 1: "column"}.get(axis, f"slice along axis {axis}"))
            return f"only the {'first' if hit[0] == 0 else 'last'} {name} is wrong: look at the edge"
    return ""


def _infinite(have: Array, wanted: Array) -> str:
    if have.dtype.kind in "fc" and (np.isinf(have) & np.isfinite(wanted)).any():
        return "infinity comes from a division by zero, log(0) or an overflow"
    return ""


_SHAPE_DETECTORS: tuple[Detector, ...] = (
    _no_axes,
    _axes_of_length_one,
    _transposed_shape,
    _permuted_axes,
    _flattened,
    _off_by_one_long,
    _double_long,
)
_KIND_DETECTORS: tuple[Detector, ...] = (
    _all_missing,
    _gaps_spread,
    _cut_off,
    _should_be_integer,
    _should_be_bool,
    _right_otherwise,
)
_EXACT_DETECTORS: tuple[Detector, ...] = (_swapped_truth, _transposed, _reversed, _shifted, _reordered, _only_an_edge)
_VALUE_DETECTORS: tuple[Detector, ...] = (
    _nearly,
    _never_filled,
    _transposed,
    _reversed,
    _sign,
    _power,
    _rounded,
    _wrapped,
    _factor,
    _complement,
    _offset,
    _shifted,
    _reordered,
    _infinite,
    _only_an_edge,
)
