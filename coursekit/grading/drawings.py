"""Cells that only draw are left out at grading: pictures earn no points, and take most of some notebooks' time.

The author says which by the tag ``only-draws`` in the instructor's notebook; `course lint` sees that nothing hangs on
them. Tags of a learner's notebook never count.
"""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING

from coursekit.notebooks.exercises import nbgrader_of

if TYPE_CHECKING:
    from nbformat import NotebookNode

TAG = "only-draws"
SENTENCE = (
    "This cell only draws: the picture appears when the notebook is run on one's own machine. "
    "It earns no points, so grading leaves it out."
)
_MARK = "course_only_draws"


def only_draws(cell: NotebookNode) -> bool:
    """Whether the author says of this cell that it only draws."""
    return cell.cell_type == "code" and TAG in cell.metadata.get("tags", []) and not nbgrader_of(cell).get("grade_id")


def set_aside(notebook: NotebookNode, reference: NotebookNode) -> NotebookNode:
    """A copy of a clean notebook in which the cells that only draw are no code.

    Parameters
    ----------
    notebook : as it comes from `coursekit.grading.clean.clean`; it is not changed.
    reference : the instructor's notebook, whose tags count.
    """
    drawings = {(cell.get("id"), cell.source) for cell in reference.cells if only_draws(cell)}
    if not drawings:
        return notebook
    rest = deepcopy(notebook)
    for cell in rest.cells:
        if cell.cell_type == "code" and (cell.get("id"), cell.source) in drawings:
            cell.cell_type = "raw"
            cell.metadata[_MARK] = True
            cell.pop("outputs", None)
            cell.pop("execution_count", None)
    return rest


def put_back(notebook: NotebookNode) -> NotebookNode:
    """Make them code again in an executed notebook, each with a sentence where its picture would be."""
    from nbformat.v4 import new_output

    for cell in notebook.cells:
        if cell.cell_type == "raw" and cell.metadata.pop(_MARK, False):
            cell.cell_type, cell.execution_count = "code", None
            cell.outputs = [new_output("stream", name="stdout", text=f"{SENTENCE}\n")]
    return notebook
