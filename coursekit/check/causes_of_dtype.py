"""Guesses where the dtype or the missing entries differ."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from coursekit.check.closeness import alike, missing
from coursekit.check.plain import short

Array = NDArray[Any]
Detector = Callable[[Array, Array], str]


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
        if filled.size == 1 and (not filled[0] or (wanted_gaps & ~gaps).sum() > 1):
            return f"missing entries were filled with {short(filled[0])}"
        return "missing entries were filled or skipped"
    return ""


def _cut_off(have: Array, wanted: Array) -> str:
    if have.dtype.kind not in "iu" or wanted.dtype.kind != "f":
        return ""
    if alike(have, wanted):
        return "right values in an integer dtype: make the result a float"
    if alike(have, np.trunc(wanted)) or alike(have, np.floor(wanted)):
        return "the decimals were cut off: an integer array or // keeps only whole numbers"
    return "an integer array cannot hold decimals"


def _should_be_integer(have: Array, wanted: Array) -> str:
    if wanted.dtype.kind not in "iu" or have.dtype.kind not in "fb":
        return ""
    if not alike(have, wanted):
        return ""
    name = "int" if wanted.dtype == np.dtype(int) else f"np.{wanted.dtype}"
    return f"right values in the wrong dtype: .astype({name}) at the end"


def _should_be_bool(have: Array, wanted: Array) -> str:
    if wanted.dtype.kind == "b" and have.dtype.kind in "iuf":
        return "0 and 1 are not booleans: a comparison, or .astype(bool), gives True and False"
    return ""


def _right_otherwise(have: Array, wanted: Array) -> str:
    return f"the values are right, the dtype is not: .astype({wanted.dtype})" if alike(have, wanted) else ""


DTYPE_DETECTORS: tuple[Detector, ...] = (
    _all_missing,
    _gaps_spread,
    _cut_off,
    _should_be_integer,
    _should_be_bool,
    _right_otherwise,
)
