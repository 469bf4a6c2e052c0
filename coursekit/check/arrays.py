"""`array`: a NumPy array against the one that was asked for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, DTypeLike, NDArray

from coursekit.check.causes import array_cause
from coursekit.check.closeness import Tolerance, alike, as_expected, as_texts, differs, kind_name, missing, widened
from coursekit.check.failure import counted, fail
from coursekit.check.kinds import ARRAYS, NUMPY_SCALARS
from coursekit.check.plain import describe, plural, short, two_numbers
from coursekit.check.refusals import array_advice

KIND_GROUPS = {"real": ("int", "float"), "number": ("int", "float", "complex")}
KINDS = ("float", "int", "bool", "complex", "text", "datetime", "timedelta")

Cause = Callable[[], str]


@counted
def array(
    actual: Any,
    expected: ArrayLike,
    *,
    of: str,
    shape: str | None = None,
    dtype: DTypeLike | None = None,
    rtol: float = 1e-7,
    atol: float = 0.0,
    causes: Mapping[str, ArrayLike] | None = None,
    kind: str | None = None,
    hide: bool = False,
) -> None:
    """Check that ``actual`` is a NumPy array equal to ``expected``: type, shape, dtype, missing entries, then values.

    Parameters
    ----------
    actual : object
        What the learner made. Exactly ``numpy.ndarray`` is accepted, in any memory layout; lists, Series, subclasses
        and lookalikes are refused with a sentence each.
    expected : array_like
        The right answer. Where it has no axes, a NumPy scalar is accepted too.
    of : str
        What is checked, as the learner would write it: ``"pairwise_distances(A, B)"``.
    shape : str, optional
        Names of the axes for the message, such as ``"(n_a, n_b)"``.
    dtype : dtype, optional
        The exact dtype wanted. Without it the kind must agree: any float for float, any integer for integer, bool for
        bool.
    rtol, atol : float
        Floats and complex numbers may differ by ``atol + rtol * |expected|``. Where either side is float32, ``rtol`` is
        at least 64 float32 roundings (7.6e-6) and ``atol`` at least as many times the median non-zero ``|expected|``;
        float16 earns more room only where ``expected`` is float16. ``rtol=0, atol=0`` is exact.
        Everything else must be equal, but integers may differ by ``atol`` if it is 1 or more.
    causes : mapping of str to array_like, optional
        For each misconception a sentence and the value it leads to; a match puts the sentence in the message.
    kind : {"real", "number", "float", "int", "bool", "complex", "text", "datetime", "timedelta"}, optional
        Which kinds of dtype to accept, instead of that of ``expected``. "real" takes integers and floats.
    hide : bool
        Leave expected values out of the message.

    Raises
    ------
    CheckFailed
        With the first thing that is wrong.
    TypeError, ValueError
        If ``expected``, ``kind`` or ``dtype`` cannot be used; that is the author's mistake, not the learner's.

    Examples
    --------
    >>> array(np.array([1.0, 2.0]), [1.0, 2.0], of="x")
    >>> array(np.array([1.0, 4.0, 9.0]), [1.0, 2.0, 3.0], of="x")
    Traceback (most recent call last):
    coursekit.check.failure.CheckFailed: x: expected 2.0 at [1], got 4.0 (2 of 3 entries differ); likely cause: ...
    """
    wanted = as_expected(expected)
    have = _plain_array(actual, wanted, of)
    tolerance = widened(have.dtype, wanted, Tolerance(rtol, atol))

    def cause() -> str:
        return array_cause(have, wanted, causes or {}, tolerance)

    _check_shape(have, wanted, of, shape, cause)
    _check_dtype(have, wanted, of, dtype, kind, cause)
    if wanted.dtype.names is not None:
        _check_fields(have, wanted, of, Tolerance(rtol, atol), hide)
        return
    _check_missing(have, wanted, of, cause, hide)
    _check_values(have, wanted, of, tolerance, cause, hide)


def _plain_array(actual: Any, wanted: NDArray[Any], of: str) -> NDArray[Any]:
    if type(actual) not in ARRAYS:
        if wanted.ndim == 0 and type(actual) in NUMPY_SCALARS:
            return np.asarray(actual)
        fail(of, f"a NumPy array of shape {wanted.shape}", describe(actual), array_advice(actual))
    if actual.dtype.kind == "O" and kind_name(wanted.dtype) == "text":
        # pandas hands text over as Python strings; that is a fair answer if they really are strings.
        texts = as_texts(actual)
        return actual if texts is None else texts
    return actual


def _check_shape(have: NDArray[Any], wanted: NDArray[Any], of: str, names: str | None, cause: Cause) -> None:
    if have.shape == wanted.shape:
        return
    named = f"{names} = {wanted.shape}" if names else str(wanted.shape)
    fail(of, f"shape {named}", f"shape {have.shape}", cause=cause())


def _check_dtype(
    have: NDArray[Any], wanted: NDArray[Any], of: str, dtype: DTypeLike | None, kind: str | None, cause: Cause
) -> None:
    if dtype is not None:
        if not _is_dtype(have.dtype, dtype):
            likely = _conversion(have, wanted, dtype) or cause()
            fail(of, f"dtype {_dtype_name(dtype)}", f"dtype {have.dtype}", cause=likely)
        return
    accepted = _accepted_kinds(kind or kind_name(wanted.dtype))
    found = kind_name(have.dtype)
    if found not in accepted:
        article = "an " if accepted[0][0] in "aeiou" else "a "
        fail(of, f"{article}{' or '.join(accepted)} dtype", f"dtype {have.dtype}", cause=cause())


def _conversion(have: NDArray[Any], wanted: NDArray[Any], dtype: DTypeLike) -> str:
    """Name the conversion where the values are right already: the dtype asked for need not be that of ``wanted``."""
    named = _dtype_name(dtype)
    if have.dtype.kind not in "biufc" or not hasattr(np, named) or have.shape != wanted.shape or not have.size:
        return ""
    return f"the values are right, the dtype is not: .astype(np.{named}) at the end" if alike(have, wanted) else ""


def _accepted_kinds(kind: str) -> tuple[str, ...]:
    if kind in KIND_GROUPS:
        return KIND_GROUPS[kind]
    if kind in KINDS or kind in ("bytes", "record"):
        return (kind,)
    raise ValueError(f"kind={kind!r} is not known; use one of {', '.join([*KIND_GROUPS, *KINDS])}")


def _is_dtype(have: np.dtype, wanted: DTypeLike) -> bool:
    if isinstance(wanted, type) and issubclass(wanted, np.generic) and wanted not in NUMPY_SCALARS:
        return np.issubdtype(have, wanted)
    exact = np.dtype(wanted)
    if exact.kind in "US" and exact.itemsize == 0:
        return have.kind == exact.kind
    # Byte order is storage, not meaning.
    return have.newbyteorder("=") == exact.newbyteorder("=")


def _dtype_name(wanted: DTypeLike) -> str:
    if isinstance(wanted, type) and issubclass(wanted, np.generic):
        return wanted.__name__
    return str(np.dtype(wanted))


def _check_fields(have: NDArray[Any], wanted: NDArray[Any], of: str, tolerance: Tolerance, hide: bool) -> None:
    if have.dtype.names != wanted.dtype.names:
        fail(of, f"fields {wanted.dtype.names}", f"fields {have.dtype.names}")
    for name in wanted.dtype.names or ():
        array(have[name], wanted[name], of=f"{of}[{name!r}]", rtol=tolerance.rtol, atol=tolerance.atol, hide=hide)


def _check_missing(have: NDArray[Any], wanted: NDArray[Any], of: str, cause: Cause, hide: bool) -> None:
    gaps, wanted_gaps = missing(have), missing(wanted)
    if (gaps == wanted_gaps).all():
        return
    extra, lacking = gaps & ~wanted_gaps, wanted_gaps & ~gaps
    gap = "NaT" if have.dtype.kind in "mM" else "nan"
    if extra.any():
        where = _first(extra)
        value = "a value" if hide else _entry(wanted[where])
        got = f"{gap} ({_count(extra)} {'is' if extra.sum() == 1 else 'are'} {gap} and should not be)"
    else:
        where = _first(lacking)
        value = gap
        got = (
            f"{_entry(have[where])} ({_count(lacking)} should be {gap} and {'is' if lacking.sum() == 1 else 'are'} not)"
        )
    fail(of, f"{value}{_at(where)}", got, cause=cause())


def _check_values(
    have: NDArray[Any], wanted: NDArray[Any], of: str, tolerance: Tolerance, cause: Cause, hide: bool
) -> None:
    wrong = differs(have, wanted, tolerance)
    if not wrong.any():
        return
    where = _first(wrong)
    if have.dtype.kind in "fciub" and wanted.dtype.kind in "fciub":
        expected_text, got_text = two_numbers(wanted[where], have[where])
    else:
        expected_text, got_text = _entry(wanted[where]), _entry(have[where])
    expected_text = "another value" if hide else expected_text
    fail(of, f"{expected_text}{_at(where)}", f"{got_text} ({_differ(wrong)})", cause=cause())


def _first(mask: NDArray[np.bool_]) -> tuple[int, ...]:
    return tuple(int(i) for i in np.unravel_index(int(np.argmax(mask)), mask.shape))


def _at(where: tuple[int, ...]) -> str:
    return f" at [{', '.join(map(str, where))}]" if where else ""


def _entry(value: Any) -> str:
    return short(value, 40)


def _count(mask: NDArray[np.bool_]) -> str:
    return f"{int(mask.sum()):,} of {plural(mask.size, 'entry', 'entries')}"


def _differ(mask: NDArray[np.bool_]) -> str:
    return f"{_count(mask)} {'differs' if mask.sum() == 1 else 'differ'}"
