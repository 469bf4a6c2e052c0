"""Tries mutants on an exercise's checks: one sealed kernel for a handful of them, a fork of it for each."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from coursekit.audit.mutants import Mutant
from coursekit.audit.regions import visible
from coursekit.audit.slices import cells_needed, cells_of
from coursekit.audit.workbench import Workbench
from coursekit.errors import CourseError
from coursekit.notebooks.exercises import nbgrader_of

if TYPE_CHECKING:
    from nbformat import NotebookNode

    from coursekit.notebooks.exercises import Exercise

#: Mutants for one kernel, and for one of its cells (after which the progress bar moves).
A_KERNEL, A_CELL = 30, 6
_MARK = "@audit@"
_LEAST_SECONDS, _TIMES_SOLUTION = 2.0, 8.0


@dataclass(frozen=True)
class Tried:
    """What became of one mutant.

    Parameters
    ----------
    mutant : None for the solution itself.
    outcome : ``passed`` all checks, ``failed`` one, ``timeout`` or ``died``.
    visible : the same with the visible checks alone.
    where, why : which cell noticed it, and what it said.
    seconds : wall time of the last fork.
    """

    mutant: Mutant | None
    outcome: str
    visible: str
    where: str
    why: str
    seconds: float

    @property
    def rejected(self) -> bool:
        """Whether some check, hidden ones included, noticed it."""
        return self.outcome != "passed"

    @property
    def rejected_visibly(self) -> bool:
        """Whether a check that learners have noticed it."""
        return self.visible != "passed"


def batches(mutants: Sequence[Mutant]) -> list[list[Mutant]]:
    """The mutants in parts of nearly equal size, one for each kernel."""
    parts = max(1, -(-len(mutants) // A_KERNEL))
    return [list(mutants[part::parts]) for part in range(parts)]


def try_mutants(
    bench: Workbench,
    notebook: NotebookNode,
    exercise: Exercise,
    mutants: Sequence[Mutant],
    *,
    seconds: float,
    on_some: Callable[[int], None] | None = None,
) -> list[Tried]:
    """Run an exercise's cells with each mutant in place of its answer cell; the solution itself comes first.

    Parameters
    ----------
    bench : with the week's warm process.
    notebook : the instructor's.
    seconds : what the solution and its checks take; a mutant may take some times as long.
    on_some : called with how many more mutants are done.

    Raises
    ------
    CourseError
        Where a cell before the exercise does not run, or the kernel is lost.
    """
    trial = _trial(notebook, exercise, mutants, max(_LEAST_SECONDS, _TIMES_SOLUTION * seconds))
    told = 0

    def tell(done: int, of: int) -> None:
        nonlocal told
        cells_left = of - done
        now = max(0, min(len(mutants), len(mutants) - cells_left * A_CELL))
        if on_some and now > told:
            on_some(now - told)
            told = now

    executed = bench.run(trial, cell_seconds=1800.0, submission_seconds=7200.0, on_cell=tell)
    reports = {report["number"]: report for report in _reports(executed)}
    if missing := set(range(len(mutants) + 1)) - set(reports):
        raise CourseError(f"{exercise.grade_id} could not be tried on {len(missing)} mutants: {_trouble(executed)}")
    return [_tried(mutant, reports[number]) for number, mutant in enumerate([None, *mutants])]


def _trial(notebook: NotebookNode, exercise: Exercise, mutants: Sequence[Mutant], seconds: float) -> NotebookNode:
    """The notebook that prepares the exercise and tries the mutants."""
    from nbformat.v4 import new_code_cell, new_notebook

    targets = cells_of(notebook, exercise)
    needed = cells_needed(notebook, targets)
    before = [notebook.cells[place].source for place in needed if place < targets[0]]
    steps = [_step(notebook.cells[place], place) for place in needed if place >= targets[0]]
    # Address space, of which allocators (pyarrow's behind pandas' text) reserve a GiB at a time and use little.
    order = {"steps": steps, "seconds": seconds, "memory_mib": 4096, "mark": _MARK}
    inside = Path(__file__).with_name("forks.py").read_text(encoding="utf-8")
    prepare = f"_audit = {{'__name__': 'forks'}}\nexec({inside!r}, _audit)\n_audit['order'] = {order!r}"
    tries = [{"number": 0, "sources": {}}]
    tries += [{"number": n, "sources": {mutant.cell: mutant.source}} for n, mutant in enumerate(mutants, start=1)]
    some = [tries[begin : begin + A_CELL] for begin in range(0, len(tries), A_CELL)]
    calls = [f"_audit['try_all'](get_ipython(), {{**_audit['order'], 'tries': {part!r}}})" for part in some]
    trial = new_notebook(metadata=dict(notebook.metadata))
    trial.cells = [new_code_cell(source) for source in (*before, prepare, *calls)]
    return trial


def _step(cell: NotebookNode, place: int) -> dict[str, Any]:
    meta = nbgrader_of(cell)
    name = meta.get("grade_id") or f"the cell at place {place + 1}"
    shown = visible(cell.source) if meta.get("grade") else cell.source
    return {"name": name, "visible": shown, "full": cell.source}


def _reports(executed: NotebookNode) -> Iterator[dict[str, Any]]:
    for cell in executed.cells:
        for output in cell.get("outputs", []):
            if output.output_type == "stream" and output.name == "stdout":
                for line in output.text.split("\n"):
                    if line.startswith(_MARK):
                        yield json.loads(line.removeprefix(_MARK))


def _trouble(executed: NotebookNode) -> str:
    errors = [o for cell in executed.cells for o in cell.get("outputs", []) if o.output_type == "error"]
    return f"{errors[0].ename}: {errors[0].evalue}"[:300] if errors else "the kernel said nothing."


def _tried(mutant: Mutant | None, report: dict[str, Any]) -> Tried:
    return Tried(
        mutant, report["outcome"], report["visible"], report["where"], report["why"], report.get("seconds", 0.0)
    )
