"""The rules for notebooks that a machine can check; each finding is one sentence with the cell it speaks of."""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from coursekit.notebooks.exercises import GRADE_ID, nbgrader_of, read_exercises
from coursekit.notebooks.lint_drawings import drawing_findings
from coursekit.notebooks.twins import text_to_notebook, text_twins

if TYPE_CHECKING:
    from nbformat import NotebookNode

MAX_MARKDOWN_WORDS = 150
LESSON_CELLS = (20, 45)
LESSON_WORDS = (1200, 2500)
MIN_FIGURES = 4
MIN_PREDICTIONS = 3
EXERCISES = (5, 8)
POINTS = (15, 27)
MIN_HINTS = 2
QUIZ_QUESTIONS = 15
REQUIRED_KEYS = {"grade", "grade_id", "locked", "schema_version", "solution", "task"}


def lint_week(week_folder: Path) -> list[str]:
    """Every finding in a week's notebooks; empty when all rules hold."""
    findings: list[str] = []
    seen: Counter[str] = Counter()
    number = week_folder.name[4:6]
    for text in text_twins(week_folder):
        notebook = text_to_notebook(text)
        rules = {"lesson": lint_lesson, "quiz": lint_quiz}.get(text.name.split(".")[0], lint_assignment)
        findings.extend(f"{week_folder.name}/{text.name}: {finding}" for finding in rules(notebook))
        ids = [nbgrader_of(cell)["grade_id"] for cell in notebook.cells if nbgrader_of(cell).get("grade_id")]
        seen.update(ids)
        findings.extend(
            f"{week_folder.name}/{text.name}: {grade_id} must begin with w{number}-."
            for grade_id in ids
            if not grade_id.startswith(f"w{number}-")
        )
    findings.extend(f"{week_folder.name}: {name} stands {n} times in the week." for name, n in seen.items() if n > 1)
    return findings


def lint_common(notebook: NotebookNode) -> Iterator[str]:
    """Rules for every notebook: a title first, parsable code, nothing left of a run."""
    cells = notebook.cells
    if not cells or cells[0].cell_type != "markdown" or not cells[0].source.startswith("# "):
        yield "the first cell must be markdown with the title as its '# ' heading."
    for number, cell in enumerate(cells, start=1):
        if cell.cell_type == "code":
            yield from _code_findings(cell, number)
    yield from drawing_findings(cells)


def lint_lesson(notebook: NotebookNode) -> Iterator[str]:
    """Rules for a lesson: length, figures, predictions, no graded cells."""
    yield from lint_common(notebook)
    cells = notebook.cells
    counts = {number: count_words(cell.source) for number, cell in enumerate(cells, 1) if cell.cell_type == "markdown"}
    words = sum(counts.values())
    for number in [number for number, count in counts.items() if count > MAX_MARKDOWN_WORDS]:
        yield f"cell {number} has {counts[number]} words of text; {MAX_MARKDOWN_WORDS} is the limit."
    if not LESSON_CELLS[0] <= len(cells) <= LESSON_CELLS[1]:
        yield f"a lesson has {LESSON_CELLS[0]} to {LESSON_CELLS[1]} cells; this one has {len(cells)}."
    if not LESSON_WORDS[0] <= words <= LESSON_WORDS[1]:
        yield f"a lesson has {LESSON_WORDS[0]} to {LESSON_WORDS[1]} words; this one has {words}."
    for number, (one, two) in enumerate(zip(cells, cells[1:], strict=False), start=1):
        if one.cell_type == two.cell_type == "code":
            yield f"cells {number} and {number + 1} are code without a sentence between them."
    figures = sum(bool(re.search(r"plt\.(subplots|figure)|\bplotting\.\w+\(", _code(cell))) for cell in cells[2:])
    if figures < MIN_FIGURES:
        yield f"a lesson draws at least {MIN_FIGURES} figures; this one draws {figures}."
    predictions = sum(cell.source.lower().count("predict, then run") for cell in cells if cell.cell_type == "markdown")
    if predictions < MIN_PREDICTIONS:
        yield f"a lesson has at least {MIN_PREDICTIONS} 'Predict, then run' moments; this one has {predictions}."
    if any(nbgrader_of(cell) for cell in cells):
        yield "a lesson is never graded, yet it has nbgrader cells."


def lint_assignment(notebook: NotebookNode) -> Iterator[str]:
    """Rules for an assignment or project: those of graded notebooks, size, hints, one written question."""
    yield from lint_graded(notebook)
    exercises = read_exercises(notebook)
    if not EXERCISES[0] <= len(exercises) <= EXERCISES[1]:
        yield f"an assignment has {EXERCISES[0]} to {EXERCISES[1]} exercises; this one has {len(exercises)}."
    points = sum(exercise.points for exercise in exercises)
    if not POINTS[0] <= points <= POINTS[1]:
        yield f"an assignment gives {POINTS[0]} to {POINTS[1]} points; this one gives {points:g}."
    if sum(exercise.manual for exercise in exercises) != 1:
        yield "an assignment has exactly one written question."
    for exercise in exercises:
        if not exercise.manual and exercise.hints < MIN_HINTS:
            yield f"{exercise.grade_id} has {exercise.hints} hints in <details>; give at least {MIN_HINTS}."


def lint_quiz(notebook: NotebookNode) -> Iterator[str]:
    """Rules for a phase's quiz: those of graded notebooks, 15 questions, every one marked at once."""
    yield from lint_graded(notebook)
    questions = read_exercises(notebook)
    if len(questions) != QUIZ_QUESTIONS:
        yield f"a quiz has {QUIZ_QUESTIONS} questions; this one has {len(questions)}."
    yield from (
        f"{question.grade_id} is marked by a person: a quiz is not." for question in questions if question.manual
    )


def lint_graded(notebook: NotebookNode) -> Iterator[str]:
    """Rules for every graded notebook: ids, metadata, stated points, checks that use the learner's answer."""
    yield from lint_common(notebook)
    for number, cell in enumerate(notebook.cells, start=1):
        if meta := nbgrader_of(cell):
            yield from _nbgrader_findings(cell, meta, number)
    for exercise in read_exercises(notebook):
        if exercise.stated_points is None:
            yield f"{exercise.grade_id} needs a heading '## N · Title ●○○ · M min · P points' before its answer cell."
        elif exercise.stated_points != exercise.points:
            stated = f"the heading says {exercise.stated_points:g} points"
            yield f"{exercise.grade_id}: {stated}, its checks give {exercise.points:g}."
        if not exercise.answers:
            yield f"{exercise.grade_id} has checks but no answer cell."


def _nbgrader_findings(cell: NotebookNode, meta: dict, number: int) -> Iterator[str]:
    grade_id = meta.get("grade_id", "")
    if not GRADE_ID.match(grade_id):
        yield f"cell {number}: grade_id {grade_id!r} is not of the form w01-q2-name."
    expected = REQUIRED_KEYS | ({"points"} if meta.get("grade") else set())
    if set(meta) != expected:
        yield f"cell {number} ({grade_id}): nbgrader metadata must have exactly {', '.join(sorted(expected))}."
    hidden = "BEGIN HIDDEN TESTS" in cell.source
    if hidden and not (meta.get("grade") and not meta.get("solution")):
        yield f"cell {number} ({grade_id}) has hidden tests but is no check."
    if meta.get("grade") and not meta.get("solution") and cell.cell_type == "code":
        yield from _check_findings(cell, grade_id, number)
    if meta.get("solution") and "BEGIN SOLUTION" not in cell.source:
        yield f"cell {number} ({grade_id}) marks no solution between ### BEGIN SOLUTION and ### END SOLUTION."


def _check_findings(cell: NotebookNode, grade_id: str, number: int) -> Iterator[str]:
    tree = _parse(cell.source)
    if tree is None:
        return
    if any(isinstance(node, ast.Assert) for node in ast.walk(tree)):
        yield f"cell {number} ({grade_id}) has a bare assert: use coursekit.check, which explains a failure."
    if "check." not in cell.source:
        yield f"cell {number} ({grade_id}) calls nothing of coursekit.check."


def _code_findings(cell: NotebookNode, number: int) -> Iterator[str]:
    if cell.get("outputs") or cell.get("execution_count") is not None:
        yield f"cell {number} keeps outputs of a run."
    if _parse(cell.source) is None:
        yield f"cell {number} is not valid Python."
    if re.search(
        r"np\.random\.(seed|rand|randn|randint|normal|uniform|choice|shuffle|permutation)\(", _uncommented(cell.source)
    ):
        yield f"cell {number} uses NumPy's global random state: pass a Generator."


def _parse(source: str) -> ast.Module | None:
    """The syntax tree, with IPython's magics left out; None where it is not Python."""
    plain = "\n".join(re.sub(r"^(\s*)[%!].*$", r"\1pass", line) for line in source.splitlines())
    try:
        return ast.parse(plain)
    except SyntaxError:
        return None


def _uncommented(source: str) -> str:
    return "\n".join(line.split("#")[0] for line in source.splitlines())


def _code(cell: NotebookNode) -> str:
    return cell.source if cell.cell_type == "code" else ""


def count_words(markdown: str) -> int:
    """Words a reader reads: without code fences, formulas' symbols and HTML tags."""
    text = re.sub(r"```.*?```|\$\$.*?\$\$", " ", markdown, flags=re.DOTALL)
    text = re.sub(r"<[^>]+>|\$[^$]*\$|\]\([^)]*\)", " ", text)
    return len(re.findall(r"\w[\w'’.-]*", text))
