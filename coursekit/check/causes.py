"""Guessing what went wrong from the wrong array itself.

Each detector takes the learner's array and the expected one and returns a short clause, or '' when it has nothing to
say. They run in order of how much they explain; the first clause wins.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from coursekit.check.causes_of_dtype import DTYPE_DETECTORS
from coursekit.check.causes_of_shape import SHAPE_DETECTORS
from coursekit.check.causes_of_values import EXACT_DETECTORS, NUMBER_DETECTORS
from coursekit.check.closeness import Tolerance, alike, as_expected, kind_name, matches, missing

Array = NDArray[Any]
Detector = Callable[[Array, Array], str]


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
            if matches(have, as_expected(value), tolerance):
                return sentence
        if kind_name(have.dtype) == "object":
            return "an array of Python objects: np.array(values, dtype=...) over plain values gives it a type"
        for detector in _detectors(have, wanted):
            clause = detector(have, wanted)
            if clause:
                return clause
    return ""


def _detectors(have: Array, wanted: Array) -> tuple[Detector, ...]:
    if have.shape != wanted.shape:
        return SHAPE_DETECTORS
    if have.dtype != wanted.dtype and alike(have, wanted):
        # Nothing is wrong but the dtype; detectors of wrong values would see things that are not there.
        return DTYPE_DETECTORS
    if kind_name(have.dtype) != kind_name(wanted.dtype) or (missing(have) != missing(wanted)).any():
        return DTYPE_DETECTORS
    if kind_name(wanted.dtype) in ("float", "int", "complex"):
        return NUMBER_DETECTORS
    return EXACT_DETECTORS
