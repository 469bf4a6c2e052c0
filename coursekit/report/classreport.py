"""The class as a table: per learner and exercise the points, and per exercise what went wrong most often."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from rich.table import Table

from coursekit.grading.score import ExerciseScore, score
from coursekit.notebooks.files import read_notebook
from coursekit.syllabus import Week

if TYPE_CHECKING:
    from nbgrader.api import Gradebook
    from rich.console import Console


@dataclass(frozen=True)
class LearnerRow:
    """One learner: points from the gradebook, exercises from the graded notebooks, what needs a person."""

    learner: str
    points: float
    max_points: float
    exercises: tuple[ExerciseScore, ...]
    needs_person: str


@dataclass(frozen=True)
class ExerciseRow:
    """One exercise over the class: the share of learners with full marks and the commonest message."""

    number: int
    title: str
    full_marks: float
    commonest: str


@dataclass(frozen=True)
class ClassReport:
    """A class's week."""

    week: str
    title: str
    learners: tuple[LearnerRow, ...]
    exercises: tuple[ExerciseRow, ...]


def read_class(folder: Path, week: Week, learners: tuple[str, ...], ungraded: dict[str, str]) -> ClassReport:
    """Read a graded week back from the gradebook and the graded notebooks of a class folder."""
    from nbgrader.api import Gradebook

    with Gradebook(f"sqlite:///{folder / 'gradebook.db'}") as gradebook:
        rows = tuple(_learner_row(gradebook, folder, week, name, ungraded.get(name, "")) for name in learners)
    return ClassReport(week.folder, week.title, rows, _exercise_rows(rows))


def _learner_row(gradebook: Gradebook, folder: Path, week: Week, learner: str, problem: str) -> LearnerRow:
    if problem:
        maximum = gradebook.find_assignment(week.folder).max_score
        return LearnerRow(learner, 0.0, maximum, (), f"could not be graded: {problem}")
    submission = gradebook.find_submission(week.folder, learner)
    exercises: list[ExerciseScore] = []
    for name in week.notebooks:
        exercises.extend(score(read_notebook(folder / "autograded" / learner / week.folder / f"{name}.ipynb")))
    waiting = "written answer to mark" if submission.needs_manual_grade else ""
    return LearnerRow(learner, submission.score, submission.max_score, tuple(exercises), waiting)


def _exercise_rows(rows: tuple[LearnerRow, ...]) -> tuple[ExerciseRow, ...]:
    graded = [row.exercises for row in rows if row.exercises]
    result = []
    for attempts in zip(*graded, strict=True):
        if attempts[0].verdict == "for a person":
            continue
        messages = Counter(attempt.message for attempt in attempts if attempt.message)
        result.append(
            ExerciseRow(
                attempts[0].number,
                attempts[0].title,
                sum(attempt.verdict == "passed" for attempt in attempts) / len(attempts),
                messages.most_common(1)[0][0] if messages else "",
            )
        )
    return tuple(result)


def print_class(console: Console, report: ClassReport) -> None:
    """Print the class table: one row a learner, one column an exercise."""
    numbers = [row.number for row in report.exercises]
    table = Table(title=f"{report.week} · {report.title}", title_justify="left", header_style="bold")
    table.add_column("learner")
    for number in numbers:
        table.add_column(str(number), justify="right")
    table.add_column("points", justify="right")
    table.add_column("for a person")
    for row in report.learners:
        points = {exercise.number: f"{exercise.points:g}" for exercise in row.exercises}
        cells = [points.get(number, "–") for number in numbers]
        table.add_row(row.learner, *cells, f"{row.points:g} / {row.max_points:g}", row.needs_person)
    console.print(table)


def write_class_page(report: ClassReport, path: Path) -> None:
    """Write the report as one HTML page that needs nothing beside it."""
    from jinja2 import Environment, PackageLoader

    environment = Environment(loader=PackageLoader("coursekit.report"), autoescape=True, trim_blocks=True)
    template = environment.get_template("class.html.j2")
    path.write_text(template.render(report=report), encoding="utf-8")
