"""A graded week on the terminal: per learner the score and what needs a person, per exercise how the class did."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from rich.table import Table
from rich.text import Text

from coursekit.grading.worker import printable
from coursekit.report.summary import ExerciseSummary, summaries

if TYPE_CHECKING:
    from rich.console import Console

    from coursekit.grading.pipeline import Graded, Row


def print_grades(console: Console, graded: Graded) -> None:
    """Print a run's result; nothing that comes from a submission can steer the terminal."""
    console.print(_learners(graded))
    exercises = summaries(graded)
    if exercises and not graded.dry_run:
        console.print()
        console.print(_exercises(exercises))
    console.print()
    console.print(_closing(graded), soft_wrap=True)


def _learners(graded: Graded) -> Table:
    table = Table(title=Text(f"{graded.week} · {graded.title}"), title_justify="left", header_style="bold")
    table.add_column("learner", overflow="fold")
    table.add_column("points", justify="right", no_wrap=True)
    table.add_column("this run", no_wrap=not graded.dry_run)
    table.add_column("for a person", ratio=1, overflow="fold")
    for row in graded.rows:
        state = f"{row.state}: {row.why}" if graded.dry_run and row.why else row.state
        style = "red" if row.problem else "dim" if row.state == "unchanged" else ""
        table.add_row(_text(row.student), _points(row), Text(printable(state), style=style), _for_a_person(row))
    return table


def _points(row: Row) -> Text:
    if row.problem and not row.points:
        return Text("–", style="dim")
    text = Text(f"{row.points:g} / {row.max_points:g}")
    return text.append(f" (late −{row.penalty:g})", style="yellow") if row.penalty else text


def _for_a_person(row: Row) -> Text:
    parts = [printable(need) for need in row.needs_person]
    if not row.sealed:
        parts.append("graded without a sandbox")
    return Text("\n".join(parts), style="red" if row.problem else "yellow")


def _exercises(exercises: list[ExerciseSummary]) -> Table:
    table = Table(header_style="bold")
    table.add_column("№", justify="right")
    table.add_column("exercise", overflow="fold")
    table.add_column("full marks", justify="right", no_wrap=True)
    table.add_column("commonest mistake", ratio=1, overflow="fold")
    for exercise in exercises:
        share = Text(f"{100 * exercise.full_marks:.0f} %")
        table.add_row(str(exercise.number), _text(exercise.title), share, _mistake(exercise))
    return table


def _mistake(exercise: ExerciseSummary) -> Text:
    """The commonest misconception; the commonest message where no known mistake explains one."""
    if exercise.fell:
        commonest = exercise.fell[0]
        return Text(f"{len(commonest.learners)} × {printable(commonest.text)}")
    return Text(f"{exercise.times} × {printable(exercise.commonest)}" if exercise.commonest else "", style="dim")


def _closing(graded: Graded) -> Text:
    counts = Counter(row.state for row in graded.rows)
    text = Text(", ".join(f"{count} {state}" for state, count in counts.items()) or "nobody", style="bold")
    if graded.recovered:
        text.append(f"; finished from an interrupted run: {', '.join(map(printable, graded.recovered))}")
    if not graded.dry_run:
        text.append(f" ({graded.seconds:.1f} s)", style="not bold dim")
    return text


def _text(value: str) -> Text:
    return Text(printable(value))
