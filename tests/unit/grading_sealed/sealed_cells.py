"""Short ways to say what the tests of the sealed kernels run and what they see."""

from __future__ import annotations

import time
from collections.abc import Callable

from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_notebook

from coursekit.grading.sealed import Limits, SealedRun

#: Small enough to be hit quickly, large enough for a busy machine.
LIMITS = Limits(
    memory_mib=300, processes=64, file_mib=8, folder_mib=16, files=2000, output_bytes=100_000, cell_seconds=20
)

Run = Callable[..., SealedRun]


def notebook_of(*sources: str) -> NotebookNode:
    """A notebook of code cells; those that begin with ``# check`` are graded."""
    cells = []
    for number, source in enumerate(sources):
        cell = new_code_cell(source)
        if source.startswith("# check"):
            cell.metadata["nbgrader"] = {"grade": True, "solution": False, "grade_id": f"w00-q1-cell-{number}"}
        cells.append(cell)
    return new_notebook(cells=cells)


def printed(result: SealedRun, index: int = -1) -> str:
    """What a cell printed."""
    outputs = result.notebook.cells[index].outputs
    return "".join(output.text for output in outputs if output.output_type == "stream")


def error_names(result: SealedRun, index: int = -1) -> list[str]:
    """The names of a cell's errors."""
    return [output.ename for output in result.notebook.cells[index].outputs if output.output_type == "error"]


def statuses(result: SealedRun) -> list[str]:
    """What became of each cell."""
    return [cell.status for cell in result.cells]


def eventually(condition: Callable[[], bool], seconds: float = 5.0) -> bool:
    """Whether something becomes true soon."""
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.02)
    return True
