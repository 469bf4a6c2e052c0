"""Runs a command and watches it: how long it takes, how many submissions it has done, how much memory its tree uses."""

from __future__ import annotations

import contextlib
import os
import resource
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING

from coursekit.errors import CourseError

if TYPE_CHECKING:
    import psutil

_LOOK_SECONDS = 0.1
#: Looking at the memory of processes takes time of the cores that these work on, and stops them for a moment.
OFTEN_SECONDS, SELDOM_SECONDS = 0.4, 4.0
_STOP_SECONDS = 15.0
_MIB = 1 << 20
_PAGE = os.sysconf("SC_PAGE_SIZE")


@dataclass(frozen=True)
class Sample:
    """The memory of a process tree when so many submissions were done."""

    seconds: float
    done: int
    mib: float


@dataclass(frozen=True)
class Watched:
    """A command that ended.

    Parameters
    ----------
    seconds : wall time, the start of its process included.
    cpu_seconds : time that the cores spent on it and all that it started; what else runs here hardly changes it.
    samples : memory in the course of time, in MiB; a page that processes share counts once.
    load : the machine's load average of one minute when it began.
    """

    seconds: float
    cpu_seconds: float
    samples: tuple[Sample, ...]
    load: float
    output: str = ""

    @property
    def peak_mib(self) -> float:
        """The most memory that the whole process tree used."""
        return max((sample.mib for sample in self.samples), default=0.0)

    def mib_at(self, done: int, window: int) -> float:
        """The middle value of the memory while the last ``window`` of ``done`` submissions were graded."""
        near = sorted(sample.mib for sample in self.samples if done - window <= sample.done <= done)
        return near[len(near) // 2] if near else 0.0


def watch(
    command: Sequence[str],
    folder: Path,
    *,
    done: Callable[[], int],
    on_progress: Callable[[int], None],
    environment: Mapping[str, str] | None = None,
    every: float = OFTEN_SECONDS,
) -> Watched:
    """Run a command to its end and watch it; interrupted, it ends everything that it started.

    Parameters
    ----------
    command, folder : what to run, and where.
    done : tells how many submissions are done.
    on_progress : called with that number now and then.
    environment : variables to set besides this process's own.
    every : seconds from one look at progress and memory to the next.

    Raises
    ------
    CourseError
        Where the command fails; the sentence holds its last line.
    """
    load, cpu = os.getloadavg()[0], _cpu_seconds()
    with tempfile.TemporaryFile(mode="w+", encoding="utf-8", errors="replace") as said:
        began = time.monotonic()
        process = subprocess.Popen(
            list(command),
            cwd=folder,
            env={**os.environ, **(environment or {})},
            stdin=subprocess.DEVNULL,
            stdout=said,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        try:
            samples = _watch(process, began, done, on_progress, every)
            seconds = time.monotonic() - began
        except BaseException:
            end_tree(process)
            raise
        output = _read(said)
    if process.returncode != 0:
        raise CourseError(f"`{' '.join(command[:3])} …` ended with status {process.returncode}: {_last_line(output)}")
    return Watched(seconds, _cpu_seconds() - cpu, tuple(samples), load, output)


def _watch(
    process: subprocess.Popen[bytes],
    began: float,
    done: Callable[[], int],
    on_progress: Callable[[int], None],
    every: float,
) -> list[Sample]:
    samples: list[Sample] = []
    count, next_look = 0, 0.0
    while True:
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(_LOOK_SECONDS)
            on_progress(done())
            return samples
        now = time.monotonic() - began
        if now >= next_look:
            next_look = now + every
            if (found := done()) != count:
                count = found
                on_progress(count)
            samples.append(Sample(now, count, tree_mib(process.pid)))


def _cpu_seconds() -> float:
    """Of all processes that this one started and that have ended, and of theirs."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def tree_mib(pid: int) -> float:
    """The memory of a process and all its descendants in MiB; pages that they share count once."""
    return sum(_process_bytes(process.pid) for process in _tree(pid)) / _MIB


def _tree(pid: int) -> list[psutil.Process]:
    import psutil

    try:
        first = psutil.Process(pid)
        return [first, *first.children(recursive=True)]
    except psutil.NoSuchProcess:
        return []


def _process_bytes(pid: int) -> int:
    """A process's proportional share of its pages; where that may not be read, its pages that no file backs."""
    try:
        with open(f"/proc/{pid}/smaps_rollup") as rollup:
            return sum(int(line.split()[1]) << 10 for line in rollup if line.startswith("Pss:"))
    except (OSError, ValueError):
        pass  # another user's (a sandbox's), or it has just ended
    try:
        with open(f"/proc/{pid}/statm") as statm:
            _, resident, shared, *_ = map(int, statm.read().split())
    except (OSError, ValueError):
        return 0
    return (resident - shared) * _PAGE


def end_tree(process: subprocess.Popen[bytes]) -> None:
    """Ask a command to end, as Ctrl-C does, then kill what is left of its tree."""
    import psutil

    tree = _tree(process.pid)
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGINT)
    with contextlib.suppress(subprocess.TimeoutExpired):
        process.wait(_STOP_SECONDS)
    for left in tree:
        with contextlib.suppress(psutil.NoSuchProcess):
            left.kill()
    process.wait()


def _read(said: IO[str]) -> str:
    said.seek(0)
    return said.read()


def _last_line(output: str) -> str:
    lines = [line.strip() for line in output.splitlines() if line.strip()]
    return lines[-1] if lines else "it said nothing"
