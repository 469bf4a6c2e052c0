from copy import deepcopy
from pathlib import Path

import pytest
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_notebook

from coursekit.grading.clean import clean
from coursekit.grading.execute import execute
from coursekit.grading.score import ExerciseScore, score
from coursekit.notebooks.exercises import nbgrader_of
from coursekit.notebooks.twins import text_to_notebook

TEXT = Path(__file__).parents[1] / "mini_course/source/week01-numpy/assignment.nb.py"


def scored(answer: str, tmp_path: Path, **options: int) -> ExerciseScore:
    reference = text_to_notebook(TEXT)
    submission = deepcopy(reference)
    for cell in submission.cells:
        if nbgrader_of(cell).get("grade_id") == "w01-q1-double":
            cell.source = answer
    executed = execute(clean(reference, submission).notebook, tmp_path, **options)
    return score(executed.notebook)[0]


@pytest.mark.parametrize(
    ("answer", "verdict", "message"),
    [
        ("def double(x):\n    return 2 * x", "passed", ""),
        ("def double(x):\n    return 4", "failed", "double(3): expected 6"),
        ("def double(x):\n    raise NotImplementedError()", "not attempted", ""),
        ("def double(x):\n    return y", "failed", "NameError: name 'y' is not defined"),
        ("def double(x)\n    return 2 * x", "failed", "Your answer cell could not be run: SyntaxError"),
        ("import os\nos._exit(0)", "failed", "the kernel died here or before"),
    ],
)
def test_verdicts(answer: str, verdict: str, message: str, tmp_path: Path) -> None:
    exercise = scored(answer, tmp_path)
    assert exercise.verdict == verdict
    assert message in exercise.message
    assert exercise.points == (2 if verdict == "passed" else 0)


def test_a_cell_that_takes_too_long_is_stopped(tmp_path: Path) -> None:
    exercise = scored("def double(x):\n    while True:\n        pass", tmp_path, cell_seconds=2)
    assert exercise.verdict == "failed"
    assert "longer than allowed" in exercise.message


def test_output_on_stderr_costs_nothing(tmp_path: Path) -> None:
    exercise = scored("import warnings\ndef double(x):\n    warnings.warn('careful')\n    return 2 * x", tmp_path)
    assert exercise.verdict == "passed"


def test_a_notebook_that_was_not_run_scores_nothing() -> None:
    exercise = score(text_to_notebook(TEXT))[0]
    assert (exercise.points, exercise.checks[0].message) == (0, "This check was not run.")


def test_the_written_question_waits_for_a_person() -> None:
    written = score(text_to_notebook(TEXT))[1]
    assert (written.verdict, written.points, written.max_points) == ("for a person", 0, 3)


def test_execute_reports_what_it_took_and_leaves_the_input_alone(tmp_path: Path) -> None:
    notebook: NotebookNode = new_notebook(cells=[new_code_cell("import time; time.sleep(0.2); 1 + 1")])
    seen = []
    executed = execute(notebook, tmp_path, on_cell=lambda done, of: seen.append((done, of)))
    assert notebook.cells[0].outputs == []
    assert executed.notebook.cells[0].outputs[0]["data"]["text/plain"] == "2"
    assert executed.seconds >= 0.2
    assert executed.peak_mib > 20
    assert seen == [(1, 1)]
