"""Runs a notebook in a fresh kernel and says what happened; it knows no learner, no marks and no database."""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from coursekit.errors import CourseError

if TYPE_CHECKING:
    from nbclient import NotebookClient
    from nbformat import NotebookNode

#: Environment of every kernel: no figure window, one thread per library, no telemetry, no colours in messages.
KERNEL_ENVIRONMENT = {
    "MPLBACKEND": "module://matplotlib_inline.backend_inline",
    "OMP_NUM_THREADS": "1",
    "OMP_WAIT_POLICY": "PASSIVE",
    "DO_NOT_TRACK": "1",
}


@dataclass(frozen=True)
class Executed:
    """A notebook with outputs, and what running it took."""

    notebook: NotebookNode
    seconds: float
    peak_mib: float
    cpu_seconds: float = 0.0


def execute(
    notebook: NotebookNode,
    folder: Path,
    *,
    cell_seconds: int = 60,
    on_cell: Callable[[int, int], None] | None = None,
) -> Executed:
    """Run every code cell in a fresh kernel whose working folder is ``folder``; errors stay in the outputs.

    Parameters
    ----------
    notebook : what to run; it is not changed.
    folder : working folder of the kernel.
    cell_seconds : a cell that takes longer is interrupted and counts as failed.
    on_cell : called after each cell with the number of cells done and of all cells.

    Returns
    -------
    Executed
        ``seconds`` is the time of the cells alone, ``peak_mib`` the kernel's largest resident memory and
        ``cpu_seconds`` its time on a core, start included (both 0 where the system does not tell).

    Raises
    ------
    CourseError
        Where no kernel can be started.
    """
    from jupyter_client.kernelspec import NoSuchKernel
    from jupyter_client.manager import AsyncKernelManager
    from nbclient import NotebookClient

    result = deepcopy(notebook)
    sockets = tempfile.TemporaryDirectory(prefix="course-")
    # Over files, not over TCP: nobody else on the machine can listen in.
    manager = AsyncKernelManager(
        kernel_name="python3",
        transport="ipc",
        connection_file=f"{sockets.name}/kernel.json",
        ip=f"{sockets.name}/kernel",
    )
    client = NotebookClient(
        result,
        km=manager,
        timeout=cell_seconds,
        interrupt_on_timeout=True,
        allow_errors=True,
        resources={"metadata": {"path": str(folder)}},
    )
    try:
        with sockets:
            return Executed(result, *_run_cells(client, on_cell))
    except NoSuchKernel:
        raise CourseError("There is no Python kernel here: install ipykernel into this environment.") from None


def _run_cells(client: NotebookClient, on_cell: Callable[[int, int], None] | None) -> tuple[float, float, float]:
    from jupyter_core.utils import run_sync
    from nbclient.exceptions import DeadKernelError

    cells = client.nb.cells
    try:
        with client.setup_kernel(env={**os.environ, **KERNEL_ENVIRONMENT}):
            start = time.perf_counter()
            for index, cell in enumerate(cells):
                try:
                    client.execute_cell(cell, index)
                except DeadKernelError:
                    _mark_dead(cells[index:])
                    break
                if on_cell:
                    on_cell(index + 1, len(cells))
            seconds = time.perf_counter() - start
            pid = getattr(client.km.provisioner, "pid", None)
            peak, cpu_seconds = _peak_mib(pid), _cpu_seconds(pid)
    finally:
        # nbclient leaves a manager that it was given running.
        run_sync(client.km.shutdown_kernel)(now=True)
    return seconds, peak, cpu_seconds


def _mark_dead(cells: list[NotebookNode]) -> None:
    """What was not run because the kernel died must not look as if it had passed."""
    from nbformat.v4 import new_output

    for cell in cells:
        if cell.cell_type == "code":
            message = "the kernel died here or before: the code ended the process or ran out of memory"
            cell.outputs = [new_output("error", ename="DeadKernel", evalue=message, traceback=[message])]


def _peak_mib(pid: int | None) -> float:
    """The largest resident memory of a process so far, in MiB, as Linux counts it."""
    try:
        status = Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return 0.0
    lines = [line for line in status.splitlines() if line.startswith("VmHWM:")]
    return int(lines[0].split()[1]) / 1024 if lines else 0.0


def _cpu_seconds(pid: int | None) -> float:
    """Time that a process has spent on a core so far, in seconds, as Linux counts it."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    user, system = int(fields[11]), int(fields[12])
    return (user + system) / os.sysconf("SC_CLK_TCK")
