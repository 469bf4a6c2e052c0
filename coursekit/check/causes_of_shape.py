"""Guesses where the shape differs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from numpy.typing import NDArray

from coursekit.check.closeness import alike, comparable

Array = NDArray[Any]
Detector = Callable[[Array, Array], str]


def _no_axes(have: Array, wanted: Array) -> str:
    return "a reduction over every axis: name one axis" if have.ndim == 0 else ""


def _transposed_shape(have: Array, wanted: Array) -> str:
    if have.ndim == 2 and have.T.shape == wanted.shape:
        return "this is the transpose" if alike(have.T, wanted) else "the axes look swapped, as in a transpose"
    return ""


def _permuted_axes(have: Array, wanted: Array) -> str:
    if have.ndim == wanted.ndim > 2 and sorted(have.shape) == sorted(wanted.shape):
        return "the axes are in another order"
    return ""


def _axes_of_length_one(have: Array, wanted: Array) -> str:
    if have.ndim == 2 and have.T.shape == wanted.shape:
        return ""
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
    return "the right entries in another shape: reshape" if alike(have.ravel(), wanted.ravel()) else ""


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
        if small.size and comparable(have, wanted) and alike(long[index], small):
            return f"one entry {word} at the {end}{along}"
    return f"one entry {'too many' if gap > 0 else 'too few'}{along}: an off-by-one in a range or slice"


def _double_long(have: Array, wanted: Array) -> str:
    if have.ndim == wanted.ndim == 1 and wanted.size and have.size % wanted.size == 0 and have.size > wanted.size:
        return f"{have.size // wanted.size} times too many entries: is an axis not reduced?"
    return ""


SHAPE_DETECTORS: tuple[Detector, ...] = (
    _no_axes,
    _axes_of_length_one,
    _transposed_shape,
    _permuted_axes,
    _flattened,
    _off_by_one_long,
    _double_long,
)
