"""Guesses where the values differ."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from coursekit.check.closeness import ALIKE_RTOL, Tolerance, alike, differs, kind_name, matches

Array = NDArray[Any]
Detector = Callable[[Array, Array], str]

_FACTORS = {
    "percent against fractions": (100.0, 0.01),
    "a factor of 2 forgotten, or counted twice": (2.0, 0.5),
    "degrees against radians": (180.0 / np.pi, np.pi / 180.0),
    "the natural logarithm against that of base 2": (np.log(2.0), 1.0 / np.log(2.0)),
    "the natural logarithm against that of base 10": (np.log(10.0), 1.0 / np.log(10.0)),
    "thousands or millions in the units": (1e3, 1e-3, 1e6, 1e-6),
    "a scale of 0 to 255 against 0 to 1": (255.0, 1.0 / 255.0),
}


def _scale(wanted: Array) -> float:
    finite = np.abs(wanted[np.isfinite(wanted)])
    return float(finite.max()) if finite.size else 0.0


def _nearly(have: Array, wanted: Array) -> str:
    if kind_name(have.dtype) == "int" or np.array_equal(have, wanted):
        return ""
    if have.dtype == np.float16 and not differs(have, wanted, Tolerance(2e-3, 1e-7 * _scale(wanted))).any():
        return "float16 keeps only three digits: use float32 or float64"
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
    return "this is the transpose: rows and columns are swapped" if have.ndim == 2 and alike(have.T, wanted) else ""


def _reversed(have: Array, wanted: Array) -> str:
    for axis in range(have.ndim):
        if alike(np.flip(have, axis), wanted):
            return "the order is reversed" + (f" along axis {axis}" if have.ndim > 1 else "")
    return ""


def _sign(have: Array, wanted: Array) -> str:
    if wanted.dtype.kind == "u" or have.dtype.kind == "u":
        return ""
    if alike(-have, wanted):
        return f"{_these(have, 'the sign is', 'every sign is')} flipped: is a difference taken the wrong way round?"
    if alike(have, np.abs(wanted)):
        return f"{_these(have, 'the sign is', 'the signs are')} lost: is there an absolute value or a square too many?"
    return ""


def _these(have: Array, one: str, many: str) -> str:
    return one if have.size == 1 else many


def _looks_like(have: Array, word: str) -> str:
    return _these(have, f"this looks like the {word}", f"these look like the {word}s")


def _power(have: Array, wanted: Array) -> str:
    have, wanted = _as_floats(have), _as_floats(wanted)
    if alike(have, wanted**2):
        return f"{_looks_like(have, 'square')}: is a root missing?"
    if alike(have**2, wanted) and (have >= 0).all():
        return f"{_looks_like(have, 'root')}: is a square missing?"
    if alike(have, 1.0 / wanted):
        return f"{_looks_like(have, 'reciprocal')}: is a fraction upside down?"
    if alike(have, np.log(wanted)):
        return f"{_looks_like(have, 'logarithm')}: is an exponential missing?"
    if alike(have, np.exp(wanted)):
        return f"{_looks_like(have, 'exponential')}: is a logarithm missing?"
    return ""


def _as_floats(values: Array) -> Array:
    return values if values.dtype.kind in "fc" else values.astype(float)


def _rounded(have: Array, wanted: Array) -> str:
    if wanted.dtype.kind != "f" or alike(wanted, np.round(wanted)):
        return ""
    for digits in range(5):
        if alike(have, np.round(wanted, digits)):
            return f"rounded to {digits} decimals: return the full value" if digits else "rounded to whole numbers"
    return "the decimals were cut off" if alike(have, np.trunc(wanted)) else ""


def _wrapped(have: Array, wanted: Array) -> str:
    if have.dtype.kind not in "iuf" or _scale(wanted) < 256:
        return ""
    if alike(have, np.mod(wanted, 256)):
        return "the values wrapped round at 256: convert uint8 to a wider dtype first"
    return ""


def _factor(have: Array, wanted: Array) -> str:
    ratio = _constant_ratio(_as_floats(have), _as_floats(wanted))
    if ratio is None:
        return ""
    said = f"{_these(have, 'this', 'every entry')} is {ratio:.6g} times the expected one"
    for meaning, values in _FACTORS.items():
        if any(np.isclose(ratio, value, rtol=ALIKE_RTOL, atol=0.0) for value in values):
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
    return ratio if alike(have, ratio * wanted) else None


def _as_ddof(ratio: float) -> str:
    larger = max(abs(ratio), 1.0 / abs(ratio))
    if larger > 2.0:  # n / (n - 1) is at most 1.5 for the sizes below
        return ""
    for power, spread in ((1.0, "variance"), (2.0, "standard deviation")):
        big = larger**power
        count = big / (big - 1.0)
        if 3 <= count <= 1_000 and abs(count - round(count)) < 1e-3:
            return f", as a {spread} with the other ddof would be for n = {round(count)}"
    return ""


def _offset(have: Array, wanted: Array) -> str:
    have, wanted = _as_floats(have), _as_floats(wanted)
    finite = np.isfinite(wanted)
    if have.dtype.kind == "c" or np.unique(wanted[finite]).size < 2:
        return ""
    gap = float(have[finite][0] - wanted[finite][0])
    if not matches(have - gap, wanted, Tolerance(ALIKE_RTOL, 1e-9 * max(_scale(wanted), abs(gap)))):
        return ""
    return f"every entry is {abs(gap):.6g} too {'high' if gap > 0 else 'low'}"


def _complement(have: Array, wanted: Array) -> str:
    have, wanted = _as_floats(have), _as_floats(wanted)
    return "this is one minus the expected value" if have.size > 1 and alike(1.0 - have, wanted) else ""


def _shifted(have: Array, wanted: Array) -> str:
    for axis in range(have.ndim):
        if have.shape[axis] < 3:
            continue
        for step, word in ((1, "late"), (-1, "early")):
            ahead, behind = _overlap(have.ndim, axis, step)
            if alike(have[ahead], wanted[behind]) and np.unique(wanted[behind]).size > 1:
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
    if have.size < 2 or not alike(np.sort(have, axis=None), np.sort(wanted, axis=None)):
        return ""
    return "the right values in another order"


def _only_an_edge(have: Array, wanted: Array) -> str:
    wrong = differs(have, wanted, Tolerance(ALIKE_RTOL, 0.0))
    for axis in range(have.ndim):
        if have.shape[axis] < 5:
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


EXACT_DETECTORS: tuple[Detector, ...] = (
    _swapped_truth,
    _transposed,
    _reversed,
    _shifted,
    _reordered,
    _only_an_edge,
)
NUMBER_DETECTORS: tuple[Detector, ...] = (
    _infinite,
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
    _only_an_edge,
)
