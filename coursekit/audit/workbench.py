"""Runs and marks an audited week's notebooks as grading does: clean, probed, sealed, on one warm process."""

from __future__ import annotations

import tempfile
from copy import deepcopy
from pathlib import Path
from shutil import copytree, ignore_patterns
from typing import TYPE_CHECKING

from coursekit.audit.material import Material
from coursekit.audit.slices import cells_graded
from coursekit.errors import CourseError
from coursekit.notebooks.exercises import nbgrader_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from nbformat import NotebookNode

    from coursekit.grading.score import CheckScore
    from coursekit.grading.sealed import Limits, WarmServer

_NOT_FILES = ("*.ipynb", "*.nb.py", ".*", "__pycache__")


def without_pictures(notebook: NotebookNode) -> NotebookNode:
    """A copy without the code cells on which no check depends; text stays."""
    kept = set(cells_graded(notebook))
    trimmed = deepcopy(notebook)
    trimmed.cells = [c for place, c in enumerate(trimmed.cells) if c.cell_type != "code" or place in kept]
    return trimmed


class Workbench:
    """One warm process for one week. Use it as a context manager; threads may share it.

    Parameters
    ----------
    material : the week.
    hash_seed : with which text is hashed, as ``PYTHONHASHSEED`` has it.
    preload : modules to keep warm; by default those that the notebooks name.
    """

    def __init__(self, material: Material, *, hash_seed: int = 0, preload: tuple[str, ...] = ()) -> None:
        self.material = material
        self.references = {name: without_pictures(notebook) for name, notebook in material.notebooks.items()}
        self._hash_seed, self._preload = hash_seed, preload
        self._server: WarmServer | None = None
        #: How long each cell with a name took in the rehearsal; empty where nobody measured.
        self.seconds: dict[str, float] = {}
        self._scratch = tempfile.TemporaryDirectory(prefix="course-audit-", ignore_cleanup_errors=True)
        self.files = Path(self._scratch.name) / "files"
        copytree(material.source, self.files, ignore=ignore_patterns(*_NOT_FILES))

    def __enter__(self) -> Workbench:
        from coursekit.grading.sealed import available

        if available():
            self._server = _warm(self.material, self._preload or _named(self.material), self._hash_seed)
        return self

    def __exit__(self, *_: object) -> None:
        if self._server is not None:
            self._server.close()
        self._scratch.cleanup()

    @property
    def preload(self) -> tuple[str, ...]:
        """What the warm process has imported by now, for another one like it."""
        return self._server.preload if self._server else ()

    def mark(self, name: str, submission: NotebookNode, *, cell_seconds: float | None = None) -> dict[str, CheckScore]:
        """Mark a submission of one notebook as ``course grade`` does; a score for each automatic check.

        Parameters
        ----------
        name : which notebook it answers.
        submission : the reference with other answers in it.
        cell_seconds : how long a cell may take; the grader's own limit by default.
        """
        from coursekit.grading.clean import clean
        from coursekit.grading.probe import with_probes, without_probes
        from coursekit.grading.score import score

        reference = self.references[name]
        probed = with_probes(clean(reference, submission).notebook, reference)
        executed = self.run(probed, cell_seconds=cell_seconds)
        scored = score(without_probes(executed))
        return {
            check.grade_id: check for exercise in scored for check in exercise.checks if check.verdict != "for a person"
        }

    def run(
        self,
        notebook: NotebookNode,
        *,
        cell_seconds: float | None = None,
        submission_seconds: float = 3600.0,
        on_cell: Callable[[int, int], None] | None = None,
    ) -> NotebookNode:
        """The notebook, executed sealed where that can be done, else in an ordinary kernel."""
        if self._server is None:
            return self._run_unsealed(notebook, cell_seconds)
        from coursekit.grading.sealed import run_sealed

        limits = self._limits(cell_seconds, submission_seconds)
        return run_sealed(notebook, self.files, server=self._server, limits=limits, on_cell=on_cell).notebook

    def rehearse(self) -> None:
        """Run the instructor's notebooks once, keep warm what they import, and note how long each cell takes.

        Raises
        ------
        CourseError
            Where a cell that is no check does not run.
        """
        executed = {name: self._rehearsed(reference) for name, reference in self.references.items()}
        for name, notebook in executed.items():
            for number, cell in enumerate(notebook.cells, start=1):
                error = next((o for o in cell.get("outputs", []) if o.output_type == "error"), None)
                if error is not None and not nbgrader_of(cell).get("grade"):
                    label = nbgrader_of(cell).get("grade_id") or f"code cell {number}"
                    raise CourseError(
                        f"source/{self.material.week.folder}/{name}.ipynb does not run: {label} raised "
                        f"{error.ename}: {_short(error.evalue)}"
                    )

    def _rehearsed(self, reference: NotebookNode) -> NotebookNode:
        if self._server is None:
            return self._run_unsealed(reference, None)
        from coursekit.grading.sealed import rehearse

        run = rehearse(reference, self.files, server=self._server)
        self.seconds |= {cell.grade_id: cell.seconds for cell in run.cells if cell.grade_id}
        return run.notebook

    def _limits(self, cell_seconds: float | None, submission_seconds: float) -> Limits:
        from coursekit.grading.sealed import Limits

        given = {} if cell_seconds is None else {"cell_seconds": cell_seconds, "grace_seconds": 1.0}
        memory = max(1024, self.material.week.budget.memory_mib)
        # Endless cheats lose a kernel with every check; the limit is not what is tried here.
        return Limits(memory_mib=memory, submission_seconds=submission_seconds, restarts=60, **given)

    def _run_unsealed(self, notebook: NotebookNode, cell_seconds: float | None) -> NotebookNode:
        from coursekit.grading.execute import execute

        with tempfile.TemporaryDirectory(prefix="course-audit-", ignore_cleanup_errors=True) as scratch:
            folder = copytree(self.files, Path(scratch) / "files")
            seconds = {} if cell_seconds is None else {"cell_seconds": max(1, round(cell_seconds))}
            return execute(notebook, folder, **seconds).notebook


def _warm(material: Material, modules: tuple[str, ...], hash_seed: int) -> WarmServer:
    from coursekit.grading.probe import modules_for_checks
    from coursekit.grading.sealed import WarmServer

    checks = [modules_for_checks(notebook) for notebook in material.notebooks.values()]
    return WarmServer(modules, checks=checks, hash_seed=hash_seed).start()


def _named(material: Material) -> tuple[str, ...]:
    """The modules that a week's notebooks import."""
    from coursekit.grading.sealed import preload_of

    names = [name for notebook in material.notebooks.values() for name in preload_of(notebook)]
    return tuple(dict.fromkeys(names))


def _short(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= 200 else f"{flat[:199]}…"
