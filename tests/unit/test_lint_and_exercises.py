from pathlib import Path

import pytest
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from coursekit.notebooks.exercises import question_of, read_exercises
from coursekit.notebooks.lint import count_words, lint_assignment, lint_lesson, lint_quiz
from coursekit.notebooks.lint_drawings import drawing_findings
from coursekit.notebooks.twins import text_to_notebook

TEXT = Path(__file__).parents[1] / "mini_course/source/week01-numpy/assignment.nb.py"


@pytest.fixture
def graded() -> NotebookNode:
    return text_to_notebook(TEXT)


def by_id(notebook: NotebookNode, cell_id: str) -> NotebookNode:
    return next(cell for cell in notebook.cells if cell.id == cell_id)


def test_reading_exercises(graded: NotebookNode) -> None:
    double, words = read_exercises(graded)
    assert (double.number, double.title, double.difficulty, double.minutes) == (1, "Double", "●○○", 5)
    assert (double.points, double.stated_points, double.hints, double.manual) == (2, 2, 2, False)
    assert (double.grade_id, double.answers) == ("w01-q1-double", ("w01-q1-double",))
    assert (words.points, words.manual) == (3, True)


def test_question_of() -> None:
    assert question_of("w01-q2-pairwise-limits") == question_of("w01-q2-pairwise") == "w01-q2"
    assert question_of("odd") == "odd"


def findings(notebook: NotebookNode) -> str:
    return "\n".join(lint_assignment(notebook))


@pytest.mark.parametrize(
    ("cell_id", "old", "new", "words"),
    [
        ("w01-q1-double-test", "if double(2) != 4:", "assert double(2) == 4\nif 0:", "bare assert"),
        ("w01-q1-double-test", "double", "double", "calls nothing of coursekit.check"),
        ("w01-q1-double", "### BEGIN SOLUTION", "", "marks no solution"),
        ("w01-q1-double", "return 2 * x", "return np.random.rand(3)", "global random state"),
        ("w01-q1-double", "return 2 * x", "return 2 *", "not valid Python"),
    ],
)
def test_rules_for_cells(graded: NotebookNode, cell_id: str, old: str, new: str, words: str) -> None:
    cell = by_id(graded, cell_id)
    cell.source = cell.source.replace(old, new)
    assert words in findings(graded)


def test_a_magic_is_valid(graded: NotebookNode) -> None:
    graded.cells.append(new_code_cell("%matplotlib inline\nif True:\n    %pip list"))
    assert "not valid Python" not in findings(graded)


def test_rules_for_metadata(graded: NotebookNode) -> None:
    by_id(graded, "w01-q1-double").metadata.nbgrader["grade_id"] = "Double!"
    assert "is not of the form w01-q2-name" in findings(graded)
    del by_id(graded, "w01-q1-double-test").metadata.nbgrader["task"]
    assert "must have exactly" in findings(graded)


def test_points_in_the_heading_must_be_the_sum(graded: NotebookNode) -> None:
    by_id(graded, "w01-q1-double-test").metadata.nbgrader["points"] = 5
    assert "the heading says 2 points, its checks give 5" in findings(graded)


def test_outputs_are_found(graded: NotebookNode) -> None:
    by_id(graded, "w01-q1-double").execution_count = 3
    assert "keeps outputs of a run" in findings(graded)


def lesson(**changes: object) -> NotebookNode:
    figure = "fig, ax = plt.subplots()"
    cells = [new_markdown_cell("# Title")]
    for number in range(12):
        words = "**Predict, then run.** " if number < 3 else ""
        cells += [new_markdown_cell(words + "word " * 120), new_code_cell(figure if number < 4 else "1")]
    return new_notebook(cells=cells)


def test_a_lesson_that_keeps_the_rules() -> None:
    assert list(lint_lesson(lesson())) == []


def test_rules_for_lessons() -> None:
    notebook = lesson()
    notebook.cells[1:4] = [new_code_cell("1"), new_code_cell("2"), new_markdown_cell("w " * 200)]
    text = "\n".join(lint_lesson(notebook))
    assert "cells 2 and 3 are code" in text
    assert "cell 4 has 200 words" in text
    assert "this one has 1." in text
    assert "this one draws 3." in text
    notebook.cells = notebook.cells[1:6]
    text = "\n".join(lint_lesson(notebook))
    assert "the first cell must be markdown" in text
    assert "a lesson has 20 to 45 cells; this one has 5." in text


def drawing(source: str, *others: NotebookNode) -> list[str]:
    """What is found in a notebook whose first cell is tagged as a drawing."""
    cell = new_code_cell(source, metadata={"tags": ["only-draws"]})
    return list(drawing_findings([cell, *others]))


def test_a_drawing_may_use_what_it_likes_and_later_cells_may_bind_the_same_names() -> None:
    source = "fig, axes = plt.subplots()\nwanted = [1, 2]\naxes.plot(table, wanted)\naxes.lines[0].x = 1\nplt.show()"
    later = [
        new_code_cell("wanted = [3]\ncheck.that(wanted)"),
        new_code_cell("def answer(axes, fig):\n    wanted = fig\n    return [wanted for wanted in axes]"),
        new_code_cell("for wanted in range(3):\n    print(wanted)"),
        new_code_cell("axes.plot(wanted)", metadata={"tags": ["only-draws"]}),
    ]
    assert drawing(source, *later) == []


@pytest.mark.parametrize(
    ("source", "later", "finding"),
    [
        ("wanted = 1", "print(wanted)", "later cells use what it binds: wanted"),
        ("wanted = 1", "def late():\n    return wanted", "later cells use what it binds: wanted"),
        ("wanted = 1", "wanted = wanted + 1", "later cells use what it binds: wanted"),
        ("wanted = 1", "wanted += 1", "later cells use what it binds: wanted"),
        ("table[0] = 1", "", "changes a part of table"),
        ("plt.rcParams['x'] = 1", "", "changes a part of plt"),
        ("things.append(1)", "", "calls things's append"),
        ("x = rng.normal()", "", "calls rng's normal"),
        ("import numpy", "", "imports something"),
        ("del table", "", "says delete"),
        ("open('a', 'w')", "", "calls open"),
        ("%timeit 1", "", "has a magic"),
    ],
)
def test_a_drawing_that_is_more_is_found(source: str, later: str, finding: str) -> None:
    found = drawing(source, new_code_cell(later))
    assert len(found) == 1
    assert finding in found[0]


def test_only_an_ungraded_code_cell_can_be_a_drawing() -> None:
    tagged = {"tags": ["only-draws"], "nbgrader": {"grade_id": "w01-q1-a"}}
    cells = [new_code_cell("x", metadata=tagged), new_markdown_cell("x", metadata={"tags": ["only-draws"]})]
    found = list(drawing_findings(cells))
    assert len(found) == 2
    assert all("only ungraded code cells" in sentence for sentence in found)
    assert any("only ungraded code cells" in sentence for sentence in lint_lesson(new_notebook(cells=cells)))


def test_words_are_what_a_reader_reads() -> None:
    assert count_words("Two words $a + b$ `x`\n```\ncode here\n```\n<b>bold</b> [link](https://x.y/z)") == 5


def question(number: int, *, written: bool = False) -> list[NotebookNode]:
    """A question of a quiz: its heading, its answer and its check."""
    name = f"w06-q{number}-answer"
    common = {"locked": False, "schema_version": 3, "task": False}
    answer = {"grade": written, "grade_id": name, "solution": True, **common} | ({"points": 1} if written else {})
    check = {"grade": True, "grade_id": f"{name}-test", "points": 1, "solution": False, **common, "locked": True}
    cells = [new_markdown_cell(f"## {number} · Which ●○○ · 2 min · {1 + written} points")]
    cells.append(
        new_code_cell("### BEGIN SOLUTION\nanswer = 'A'\n### END SOLUTION", metadata={"nbgrader": answer})
        if not written
        else new_markdown_cell("### BEGIN SOLUTION\nwords\n### END SOLUTION", metadata={"nbgrader": answer})
    )
    if not written:
        cells.append(new_code_cell("check.text(answer, 'A', of='answer')", metadata={"nbgrader": check}))
    return cells


def test_a_quiz_has_fifteen_questions_marked_at_once() -> None:
    title = new_markdown_cell("# Quiz")
    quiz = new_notebook(cells=[title, *(cell for number in range(1, 16) for cell in question(number))])
    assert [found for found in lint_quiz(quiz) if "heading says" not in found] == []
    short = new_notebook(cells=[title, *question(1), *question(2, written=True)])
    found = "\n".join(lint_quiz(short))
    assert "a quiz has 15 questions; this one has 2" in found
    assert "w06-q2-answer is marked by a person" in found
