"""How much memory a sandbox's processes take together, seen from outside."""

from __future__ import annotations

import os
import time
from pathlib import Path

_PAGE = os.sysconf("SC_PAGE_SIZE")
_MIB = 1 << 20
_EVERY_SECONDS = 0.1


class MemoryWatch:
    """Looks now and then; `exceeded` says whether the submission must be stopped.

    Parameters
    ----------
    kernel
        The kernel's process number outside.
    first
        Process 1 of the sandbox: what the kernel's children leave behind becomes its child.
    memory_mib
        What the processes may take beyond what the kernel has at the beginning.
    """

    def __init__(self, kernel: int, first: int, memory_mib: float) -> None:
        self.kernel, self.first = kernel, first
        self.peak_mib = self._base = _resident(kernel) / _MIB
        self._limit = memory_mib
        self._next = 0.0

    def exceeded(self) -> bool:
        """Whether all processes together take more than allowed. Cheap to call often."""
        now = time.monotonic()
        if now < self._next:
            return False
        self._next = now + _EVERY_SECONDS
        return self._measure() > self._base + self._limit

    def now_mib(self) -> float:
        """What the kernel's own process takes at this moment, in MiB."""
        return _resident(self.kernel) / _MIB

    def final_peak_mib(self) -> float:
        """The largest memory seen, in MiB; the kernel's own peak is exact, other processes are sampled."""
        self.peak_mib = max(self.peak_mib, _field(self.kernel, "VmHWM:") / _MIB)
        return self.peak_mib

    def _measure(self) -> float:
        numbers = {self.kernel, *_descendants(self.kernel), *_descendants(self.first)}
        total = sum(_resident(number) for number in numbers) / _MIB
        if total > self._base + self._limit and len(numbers) > 1:
            # Forks share pages: count each page once before anything is stopped.
            total = sum(_share(number) for number in numbers) / _MIB
        self.peak_mib = max(self.peak_mib, total)
        return total


def _resident(number: int) -> int:
    try:
        return int(Path(f"/proc/{number}/statm").read_text().split()[1]) * _PAGE
    except (OSError, IndexError):
        return 0  # it has ended


def _share(number: int) -> int:
    return _field(number, "Pss:", "smaps_rollup") or _resident(number)


def _field(number: int, name: str, file: str = "status") -> int:
    try:
        lines = Path(f"/proc/{number}/{file}").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) * 1024 for line in lines if line.startswith(name)), 0)


def _descendants(number: int) -> set[int]:
    found: set[int] = set()
    waiting = [number]
    while waiting:
        for child in _children(waiting.pop()):
            if child not in found:
                found.add(child)
                waiting.append(child)
    return found


def _children(number: int) -> list[int]:
    found: list[int] = []
    try:
        for task in os.listdir(f"/proc/{number}/task"):
            found += [int(word) for word in Path(f"/proc/{number}/task/{task}/children").read_text().split()]
    except OSError:
        return found
    return found
