"""`unchanged` and `new_array`: whose memory a value lives in."""

from __future__ import annotations

from typing import Any

import numpy as np

from coursekit.check.failure import CheckFailed, counted, fail, one_line
from coursekit.check.kinds import ARRAYS
from coursekit.check.plain import describe, is_a
from coursekit.check.refusals import array_advice
from coursekit.check.values import difference

# Deciding exactly whether two strided views overlap can take for ever; beyond this effort they count as overlapping.
_EFFORT = 100_000


@counted
def unchanged(value: Any, original: Any, *, of: str) -> None:
    """Check that an input still equals a copy taken before the call, exactly.

    Parameters
    ----------
    value : ndarray, DataFrame, Series, list, dict, …
        What was passed to the learner's function.
    original : same type
        A copy taken before, or the same thing made again.
    of : str
        Which input it is.

    Raises
    ------
    CheckFailed
        With the first thing that differs.
    ValueError
        If both are one object, for then nothing can differ.

    Examples
    --------
    >>> x = np.array([1.0, 2.0])
    >>> unchanged(x, np.array([1.0, 2.0]), of="x")
    """
    if value is original and isinstance(value, (np.ndarray, list, dict, set)):
        raise ValueError(f"{of}: both values are the same object; pass a copy taken before the call as the original")
    gap = difference(value, original)
    if gap:
        raise CheckFailed(
            f"{one_line(of, 100)}: expected an input that is left as it was, but {one_line(gap.text('became'), 120)}; "
            "work on a copy"
        )


@counted
def new_array(value: Any, *sources: Any, of: str) -> None:
    """Check that an array shares no memory with its sources, so that writing to one cannot change the other.

    Parameters
    ----------
    value : ndarray
        What the learner's function returned.
    *sources : ndarray, Series or DataFrame
        What it was given.
    of : str
        What is checked.

    Raises
    ------
    CheckFailed
        If ``value`` is no plain array, is one of the sources, or shares memory with one.

    Examples
    --------
    >>> x = np.arange(4.0)
    >>> new_array(x + 1, x, of="result")
    >>> new_array(x[1:], x, of="result")
    Traceback (most recent call last):
    coursekit.check.failure.CheckFailed: result: expected an array with memory of its own, got a view of the input; ...
    """
    if type(value) not in ARRAYS:
        fail(of, "a NumPy array", describe(value), array_advice(value))
    for source in sources:
        if value is source:
            fail(of, "a new array", "the input itself", "return a copy or a new result")
        if any(_overlap(value, block) for block in _blocks(source)):
            fail(
                of,
                "an array with memory of its own",
                "a view of the input",
                "slices and reshapes share memory: .copy() ends that",
            )


def _blocks(source: Any) -> list[np.ndarray]:
    if is_a(source, "pandas", "DataFrame"):
        return [source[name].to_numpy() for name in source.columns]
    if is_a(source, "pandas", "Series"):
        return [source.to_numpy()]
    return [np.asarray(source)]


def _overlap(left: np.ndarray, right: np.ndarray) -> bool:
    try:
        return bool(np.shares_memory(left, right, max_work=_EFFORT))
    except np.exceptions.TooHardError:
        return True
