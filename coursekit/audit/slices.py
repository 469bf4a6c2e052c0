"""Which cells an exercise needs: its answers and checks, the set-up cells, and what these read; no pictures."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from coursekit.audit.reads import Names, names_of
from coursekit.grading.drawings import only_draws
from coursekit.notebooks.exercises import nbgrader_of

if TYPE_CHECKING:
    from nbformat import NotebookNode

    from coursekit.notebooks.exercises import Exercise


def cells_of(notebook: NotebookNode, exercise: Exercise) -> list[int]:
    """Places of an exercise's answer cells and automatic checks."""
    own = {*exercise.answers, *(check.grade_id for check in exercise.checks if not check.manual)}
    return [place for place in _code(notebook) if nbgrader_of(notebook.cells[place]).get("grade_id") in own]


def cells_needed(notebook: NotebookNode, targets: Collection[int]) -> list[int]:
    """Places of the code cells to run so that the target cells run as in the whole notebook, in order.

    Set-up cells (code before the first answer) always belong; another exercise's check only for a name that nothing
    else binds; a cell tagged ``only-draws`` never.
    """
    code = _code(notebook)
    setup = _setup(notebook, code)
    elsewhere = {name for place in code if not _is_check(notebook, place) for name in _names(notebook, place).binds}
    chosen: list[int] = []
    wanted: set[str] = set()
    for place in reversed([place for place in code if targets and place <= max(targets)]):
        names = _names(notebook, place)
        gives = names.binds - elsewhere if _is_check(notebook, place) else names.binds | names.changes
        if place in targets or place in setup or (gives & wanted and not only_draws(notebook.cells[place])):
            chosen.append(place)
            wanted = (wanted - names.binds) | names.needs
    return chosen[::-1]


def cells_graded(notebook: NotebookNode) -> list[int]:
    """Places of the code cells without which the notebook's checks could not run as they do."""
    targets = [place for place in _code(notebook) if nbgrader_of(notebook.cells[place]).get("grade_id")]
    return cells_needed(notebook, targets)


def _code(notebook: NotebookNode) -> list[int]:
    return [i for i, cell in enumerate(notebook.cells) if cell.cell_type == "code" and cell.source.strip()]


def _setup(notebook: NotebookNode, code: list[int]) -> set[int]:
    setup: set[int] = set()
    for place in code:
        if nbgrader_of(notebook.cells[place]).get("grade_id"):
            return setup
        if not only_draws(notebook.cells[place]):
            setup.add(place)
    return setup


def _names(notebook: NotebookNode, place: int) -> Names:
    return names_of(notebook.cells[place].source)


def _is_check(notebook: NotebookNode, place: int) -> bool:
    return bool(nbgrader_of(notebook.cells[place]).get("grade"))
