from copy import deepcopy
from pathlib import Path

import nbformat
import pytest
from nbformat import NotebookNode

from coursekit.grading.clean import clean
from coursekit.notebooks.exercises import nbgrader_of
from coursekit.notebooks.twins import text_to_notebook

TEXT = Path(__file__).parents[1] / "mini_course/source/week01-numpy/assignment.nb.py"


@pytest.fixture
def reference() -> NotebookNode:
    return text_to_notebook(TEXT)


def cell(notebook: NotebookNode, grade_id: str) -> NotebookNode:
    return next(cell for cell in notebook.cells if nbgrader_of(cell).get("grade_id") == grade_id)


@pytest.fixture
def submission(reference: NotebookNode) -> NotebookNode:
    notebook = deepcopy(reference)
    cell(notebook, "w01-q1-double").source = "def double(x):\n    return x + x"
    return notebook


def test_the_answer_comes_from_the_learner_and_the_check_from_the_instructor(reference, submission) -> None:
    cell(submission, "w01-q1-double-test").source = "pass"
    cleaned = clean(reference, submission)
    assert cell(cleaned.notebook, "w01-q1-double").source.endswith("return x + x")
    assert "double(3)" in cell(cleaned.notebook, "w01-q1-double-test").source
    assert cleaned.remarks == ()


def test_neither_notebook_is_changed(reference, submission) -> None:
    before = deepcopy((reference, submission))
    clean(reference, submission)
    assert (reference, submission) == before


def test_deleted_answers_count_as_not_attempted_and_are_reported(reference, submission) -> None:
    submission.cells.remove(cell(submission, "w01-q1-double"))
    cleaned = clean(reference, submission)
    assert "raise NotImplementedError()" in cell(cleaned.notebook, "w01-q1-double").source
    assert "w01-q1-double is not in the submission" in cleaned.remarks[0]


def test_a_copied_answer_is_reported_and_the_first_counts(reference, submission) -> None:
    copied = deepcopy(cell(submission, "w01-q1-double"))
    copied.source = "def double(x):\n    return 0"
    submission.cells.append(copied)
    cleaned = clean(reference, submission)
    assert cell(cleaned.notebook, "w01-q1-double").source.endswith("return x + x")
    assert "stands twice" in cleaned.remarks[0]


def test_a_learners_own_cell_keeps_its_place_and_loses_its_metadata(reference, submission) -> None:
    own = nbformat.v4.new_code_cell("helper = 2", metadata={"tags": ["skip-execution"]})
    submission.cells.insert(submission.cells.index(cell(submission, "w01-q1-double")), own)
    cells = clean(reference, submission).notebook.cells
    places = {c.source.splitlines()[0]: i for i, c in enumerate(cells) if c.source}
    assert places["helper = 2"] < places["def double(x):"]
    assert dict(cells[places["helper = 2"]].metadata) == {}


def test_metadata_kernel_and_outputs_of_the_submission_do_not_count(reference, submission) -> None:
    submission.metadata["kernelspec"] = {"name": "evil", "display_name": "e", "language": "R"}
    test = cell(submission, "w01-q1-double-test")
    test.metadata["tags"] = ["raises-exception", "skip-execution"]
    test.outputs = [nbformat.v4.new_output("stream", text="x")]
    cleaned = clean(reference, submission).notebook
    assert cleaned.metadata == reference.metadata
    assert cell(cleaned, "w01-q1-double-test").metadata == cell(reference, "w01-q1-double-test").metadata
    assert all(not c.outputs for c in cleaned.cells if c.cell_type == "code")


def test_an_empty_submission_is_all_stubs(reference) -> None:
    cleaned = clean(reference, nbformat.v4.new_notebook())
    assert len(cleaned.remarks) == 2
    assert len(cleaned.notebook.cells) == len(reference.cells)
