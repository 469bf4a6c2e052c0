"""Cells that only draw are left out at grading: by the instructor's tag alone, and with a word in their place."""

from copy import deepcopy
from pathlib import Path

import pytest
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell

from coursekit.grading import drawings
from coursekit.grading.clean import clean
from coursekit.grading.probe import with_probes
from coursekit.grading.worker import mark
from coursekit.notebooks.exercises import nbgrader_of
from coursekit.notebooks.twins import text_to_notebook

TEXT = Path(__file__).parents[1] / "mini_course/source/week01-numpy/assignment.nb.py"
DRAW = "print('a picture')"


class Remembering:
    """An executor that runs nothing, and remembers what it should have run."""

    sealed = probed = False

    def __init__(self) -> None:
        self.sources: list[str] = []
        self.seconds, self.peak_mib = 0.0, 0.0

    def __call__(self, notebook: NotebookNode, folder: Path) -> "Remembering":
        self.notebook = deepcopy(notebook)
        self.sources = [cell.source for cell in notebook.cells if cell.cell_type == "code"]
        return self


@pytest.fixture
def reference() -> NotebookNode:
    """The mini course's notebook with a drawing in it."""
    notebook = text_to_notebook(TEXT)
    notebook.cells.insert(2, new_code_cell(DRAW, metadata={"tags": [drawings.TAG]}))
    return notebook


def test_a_drawing_is_not_run_and_says_so_in_its_place(reference: NotebookNode, tmp_path: Path) -> None:
    executor = Remembering()
    cleaned = clean(reference, deepcopy(reference)).notebook
    marked = mark(executor, cleaned, reference, tmp_path)
    assert DRAW not in executor.sources
    assert len(executor.sources) == sum(cell.cell_type == "code" for cell in reference.cells) - 1
    cell = marked.notebook.cells[2]
    assert (cell.cell_type, cell.source, cell.execution_count) == ("code", DRAW, None)
    assert cell.metadata.get("tags") == [drawings.TAG]
    assert cell.outputs[0].text == f"{drawings.SENTENCE}\n"
    assert [cell.cell_type for cell in marked.notebook.cells] == [cell.cell_type for cell in cleaned.cells]


def test_a_learners_tags_do_not_count(reference: NotebookNode, tmp_path: Path) -> None:
    submission = deepcopy(reference)
    for cell in submission.cells:
        cell.metadata["tags"] = [drawings.TAG]
        cell.metadata["course_only_draws"] = True
    submission.cells.append(new_code_cell("extra = 1", metadata={"tags": [drawings.TAG], "course_only_draws": True}))
    executor = Remembering()
    mark(executor, clean(reference, submission).notebook, reference, tmp_path)
    graded = [cell.source for cell in reference.cells if nbgrader_of(cell).get("grade") and cell.cell_type == "code"]
    assert {*graded, "extra = 1"} <= set(executor.sources)
    assert DRAW not in executor.sources


def test_a_graded_cell_is_never_left_out(reference: NotebookNode) -> None:
    for cell in reference.cells:
        cell.metadata["tags"] = [drawings.TAG]
    left = [cell.source for cell in drawings.set_aside(reference, reference).cells if cell.cell_type == "code"]
    wanted = [c.source for c in reference.cells if c.cell_type == "code" and nbgrader_of(c).get("grade_id")]
    assert left == wanted


def test_places_of_other_cells_stay(reference: NotebookNode) -> None:
    aside = drawings.set_aside(reference, reference)
    assert len(aside.cells) == len(reference.cells)
    assert reference.cells[2].cell_type == "code"
    assert DRAW not in [cell.source for cell in with_probes(aside, reference).cells if cell.cell_type == "code"]
