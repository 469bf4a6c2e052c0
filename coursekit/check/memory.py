"""`peak_memory`: how much a passage of code needed at once."""

from __future__ import annotations

import tracemalloc
from types import TracebackType
from typing import Self

from coursekit.check.failure import CheckFailed, one_line
from coursekit.check.plain import error_message

_MIB = 1024.0**2


class peak_memory:  # noqa: N801 - used like a function: with check.peak_memory(mib=400):
    """Fail when the code inside allocates more than ``mib`` mebibytes at once.

    Counts what Python and NumPy allocate after the start, at its highest point; what existed before does not count.
    Tracing slows pure Python code several times over, so keep time out of it. Where tracing was already on it stays on.

    Parameters
    ----------
    mib : float
        The limit in mebibytes (2**20 bytes).
    hint : str
        The likely cause to name.

    Attributes
    ----------
    peak : float
        The measured peak in mebibytes, once the passage has ended.

    Raises
    ------
    CheckFailed
        If the peak was higher, with both numbers. An error inside the passage goes through untouched, except a
        MemoryError, which is the limit missed in another way.

    Examples
    --------
    >>> with peak_memory(mib=50) as used:
    ...     ones = np.ones(1_000_000)
    >>> 7 < used.peak < 9
    True
    """

    def __init__(self, mib: float, *, hint: str = "") -> None:
        if not mib > 0:
            raise ValueError(f"mib={mib!r}: the limit must be a positive number of mebibytes")
        self.limit = float(mib)
        self.hint = hint
        self.peak = 0.0

    def __enter__(self) -> Self:
        self._was_tracing = tracemalloc.is_tracing()
        if not self._was_tracing:
            tracemalloc.start(1)
        tracemalloc.reset_peak()
        self._before = tracemalloc.get_traced_memory()[0]
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None) -> None:
        still_tracing = tracemalloc.is_tracing()
        self.peak = max(0.0, (tracemalloc.get_traced_memory()[1] - self._before) / _MIB)
        if still_tracing and not self._was_tracing:
            tracemalloc.stop()
        elif self._was_tracing and not still_tracing:
            tracemalloc.start(1)
        if isinstance(error, MemoryError):
            asked = one_line(error_message(error), 120) or "no more memory"
            raise CheckFailed(
                f"peak memory: expected at most {self.limit:g} MiB, got a MemoryError ({asked}){self._tail}"
            )
        if kind is not None:
            return
        if not still_tracing:
            raise CheckFailed("peak memory: the measurement was switched off inside; leave tracemalloc alone")
        if self.peak > self.limit:
            raise CheckFailed(f"peak memory: expected at most {self.limit:g} MiB, got {self.peak:,.1f} MiB{self._tail}")

    @property
    def _tail(self) -> str:
        return f"; likely cause: {self.hint}" if self.hint else ""
