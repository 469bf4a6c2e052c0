"""What one submission may use up before it is stopped."""

from __future__ import annotations

import os
from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True)
class Limits:
    """The bounds of one submission; every one of them costs only the cell that hits it.

    Parameters
    ----------
    memory_mib
        Memory that the submission's processes may take together, beyond what the preloaded libraries take.
    address_space_mib
        Address space of one process beyond that of the warm process. Larger than the memory, because allocators
        reserve what they never use.
    processes
        Processes and threads at one time; the kernel itself has about ten threads.
    file_mib
        Size of one file.
    folder_mib
        Size of the home folder with the working folder in it; the temporary folder and shared memory may hold as much
        each. A submission's own files may take half of it.
    files
        Number of files in each of those three; a submission may bring half as many.
    open_files
        Open files of one process.
    output_bytes, total_output_bytes
        What one cell and all cells may print or display.
    cell_seconds
        Wall time of one cell; then it is interrupted, and killed if that does not help.
    grace_seconds
        How long a cell may take to react to the interrupt.
    submission_seconds
        Wall time of the whole submission, with restarts and replays.
    restarts
        How many fresh kernels a submission may cost.
    start_seconds
        How long a kernel may take until it answers.
    """

    memory_mib: int = 2048
    address_space_mib: int = 6144
    processes: int = 128
    file_mib: int = 256
    folder_mib: int = 512
    files: int = 20_000
    open_files: int = 1024
    output_bytes: int = 4 << 20
    total_output_bytes: int = 32 << 20
    cell_seconds: float = 60.0
    grace_seconds: float = 2.0
    submission_seconds: float = 600.0
    restarts: int = 20
    start_seconds: float = 30.0

    def __post_init__(self) -> None:
        """Refuse limits that would let everything or nothing through.

        Raises
        ------
        ValueError
            If a limit is not positive (``restarts`` may be 0), or too small for a kernel to start at all.
        """
        for name, value in asdict(self).items():
            if value < 0 or (value == 0 and name != "restarts"):
                raise ValueError(f"Limits.{name} must be positive, got {value}.")
        for name, least in (("processes", 24), ("open_files", 128), ("memory_mib", 64), ("address_space_mib", 256)):
            if getattr(self, name) < least:
                raise ValueError(f"Limits.{name} must be at least {least}: the kernel needs that itself.")

    def to_dict(self) -> dict[str, Any]:
        """As plain data, for the warm process and for records."""
        return asdict(self)

    def process_allowance(self) -> int:
        """The number for ``RLIMIT_NPROC``.

        Since Linux 5.14 a user namespace counts its own processes. Before, all processes of the user on the machine
        count, so those that run already are allowed for.
        """
        release = tuple(int(part) for part in os.uname().release.split("-")[0].split(".")[:2])
        return self.processes if release >= (5, 14) else self.processes + _tasks_of_user(os.getuid())


def _tasks_of_user(uid: int) -> int:
    count = 0
    for entry in os.scandir("/proc"):
        try:
            if entry.name.isdigit() and entry.stat().st_uid == uid:
                count += len(os.listdir(f"/proc/{entry.name}/task"))
        except OSError:
            continue  # the process ended while we counted
    return count
