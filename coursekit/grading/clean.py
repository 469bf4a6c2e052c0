"""A learner's answers go into a fresh copy of the instructor's notebook; nothing else of the submission counts.

Checks, their order, tags, metadata and locked text come from the instructor. From the submission come the source of
the answer cells, and code cells that the learner added, in their place and without metadata.
"""

from __future__ import annotations

from collections import defaultdict
from copy import deepcopy
from dataclasses import dataclass
from typing import TYPE_CHECKING

from coursekit.notebooks.exercises import nbgrader_of
from coursekit.notebooks.header import BADGES_ID, SETUP_ID

if TYPE_CHECKING:
    from nbformat import NotebookNode

STUB = "# YOUR CODE HERE\nraise NotImplementedError()"
TEXT_STUB = "YOUR ANSWER HERE"


@dataclass(frozen=True)
class Cleaned:
    """A notebook fit to be run, and remarks on what of the submission could not be matched."""

    notebook: NotebookNode
    remarks: tuple[str, ...] = ()


def clean(reference: NotebookNode, submission: NotebookNode) -> Cleaned:
    """Put a submission's answers into a fresh copy of the reference.

    Parameters
    ----------
    reference : the instructor's notebook (with hidden checks) or, without it, the released one.
    submission : the learner's notebook, in whatever state; it is not changed.
    """
    known = {nbgrader_of(cell).get("grade_id") for cell in reference.cells} - {None}
    answers, extras, remarks = _sort_submission(submission, reference, known)
    cells = [_fresh_code(source) for source in extras[None]]
    for cell in reference.cells:
        fresh = _fresh(cell)
        grade_id = nbgrader_of(cell).get("grade_id")
        if nbgrader_of(cell).get("solution"):
            if grade_id in answers:
                fresh.source = answers[grade_id]
            else:
                fresh.source = STUB if cell.cell_type == "code" else TEXT_STUB
                remarks.append(f"The answer cell {grade_id} is not in the submission: it counts as not attempted.")
        cells.append(fresh)
        cells.extend(_fresh_code(source) for source in extras[_anchor(cell)])
    notebook = deepcopy(reference)
    notebook.cells = cells
    return Cleaned(notebook, tuple(remarks))


def _sort_submission(
    submission: NotebookNode, reference: NotebookNode, known: set[str]
) -> tuple[dict[str, str], dict[str | None, list[str]], list[str]]:
    """Answers by grade_id, the learner's own code cells by the reference cell they follow, and remarks."""
    answer_ids = {nbgrader_of(cell)["grade_id"] for cell in reference.cells if nbgrader_of(cell).get("solution")}
    given = {_anchor(cell): cell.source.strip() for cell in reference.cells}
    answers: dict[str, str] = {}
    extras: dict[str | None, list[str]] = defaultdict(list)
    remarks: list[str] = []
    anchor: str | None = None
    for cell in submission.cells:
        grade_id = nbgrader_of(cell).get("grade_id")
        if grade_id in answer_ids:
            if grade_id in answers:
                remarks.append(f"The answer cell {grade_id} stands twice in the submission: the first one counts.")
            answers.setdefault(grade_id, cell.source)
            anchor = grade_id
        elif grade_id in known:
            anchor = grade_id
        elif cell.get("id") in given and cell.source.strip() == given[cell.get("id")]:
            anchor = cell.get("id")
        elif cell.cell_type == "code" and cell.source.strip() and cell.get("id") not in (BADGES_ID, SETUP_ID):
            extras[anchor].append(cell.source)
    return answers, extras, remarks


def _anchor(cell: NotebookNode) -> str:
    return nbgrader_of(cell).get("grade_id") or cell.get("id", "")


def _fresh(cell: NotebookNode) -> NotebookNode:
    fresh = deepcopy(cell)
    if fresh.cell_type == "code":
        fresh.outputs, fresh.execution_count = [], None
    return fresh


def _fresh_code(source: str) -> NotebookNode:
    from nbformat.v4 import new_code_cell

    return new_code_cell(source)
