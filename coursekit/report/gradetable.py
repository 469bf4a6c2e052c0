"""A graded week on the terminal: per learner the score and what needs a person, per exercise how the class did."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rich.table import Table
from rich.text import Text

from coursekit.grading.worker import printable

if TYPE_CHECKING:
    from rich.console import Console

    from coursekit.grading.pipeline import Graded, Row


@dataclass(frozen=True)
class ExerciseSummary:
    """One exercise over the class."""

    number: int
    title: str
    learners: int
    full_marks: float
    commonest: str
    times: int


def summaries(graded: Graded) -> list[ExerciseSummary]:
    """For each exercise that is checked, the share of learners with full marks and the commonest message.

    Shares are of the learners whose submission was graded.
    """
    by_exercise: dict[tuple[int, str], list] = {}
    for row in graded.rows:
        for line in row.exercises:
            if line.verdict != "for a person":
                by_exercise.setdefault((line.number, line.title), []).append(line)
    result = []
    for (number, title), lines in sorted(by_exercise.items()):
        messages = Counter(line.message for line in lines if line.message)
        message, times = messages.most_common(1)[0] if messages else ("", 0)
        full = sum(line.points >= line.max_points for line in lines) / len(lines)
        result.append(ExerciseSummary(number, title, len(lines), full, message, times))
    return result


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
    table.add_column("commonest message", ratio=1, overflow="fold")
    for exercise in exercises:
        message = f"{exercise.times} × {printable(exercise.commonest)}" if exercise.commonest else ""
        share = Text(f"{100 * exercise.full_marks:.0f} %")
        table.add_row(str(exercise.number), _text(exercise.title), share, Text(message, style="dim"))
    return table


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
