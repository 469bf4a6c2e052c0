"""A learner's progress as a person reads it: one line an exercise, the sentence of what failed, where the hints are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.table import Table
from rich.text import Text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.console import Console

    from coursekit.grading.score import ExerciseScore
    from coursekit.grading.selfcheck import Progress

SIGNS = {
    "passed": ("✔", "green"),
    "failed": ("✘", "red"),
    "not attempted": ("·", "dim"),
    "for a person": ("✎", "blue"),
}


def print_progress(console: Console, progress: Progress) -> None:
    """Print one notebook's progress."""
    table = Table(box=None, pad_edge=False, show_header=False, padding=(0, 1))
    table.add_column(width=1)
    table.add_column(justify="right", no_wrap=True)
    table.add_column(ratio=1)
    table.add_column(justify="right", no_wrap=True)
    for exercise in progress.exercises:
        sign, colour = SIGNS[exercise.verdict]
        table.add_row(
            Text(sign, style=colour),
            str(exercise.number),
            _cell(exercise),
            f"{exercise.points:g} / {exercise.max_points:g}",
        )
    console.print(Text(f"{progress.week} · {progress.notebook}", style="bold"))
    console.print(table)
    for remark in progress.remarks:
        console.print(Text(f"Note: {remark}", style="yellow"))
    console.print(_closing(progress))


def print_summary(console: Console, all_progress: Sequence[Progress]) -> None:
    """Print one line a notebook and one for all of them, for a check of several."""
    table = Table(
        "week", "notebook", "exercises done", "points", box=None, pad_edge=False, padding=(0, 2, 0, 0), show_footer=True
    )
    done_of_all = of_all = 0
    for progress in all_progress:
        automatic = [exercise for exercise in progress.exercises if exercise.verdict != "for a person"]
        done = sum(exercise.verdict == "passed" for exercise in automatic)
        done_of_all, of_all = done_of_all + done, of_all + len(automatic)
        points = f"{progress.points:g} / {progress.max_points:g}"
        name = progress.notebook.removesuffix(".ipynb")
        table.add_row(progress.week, name, f"{done} of {len(automatic)}", points)
    points = sum(progress.points for progress in all_progress)
    most = sum(progress.max_points for progress in all_progress)
    footers = ("together", "", f"{done_of_all} of {of_all}", f"{points:g} / {most:g}")
    for column, footer in zip(table.columns, footers, strict=True):
        column.footer = Text(footer, style="bold")
    console.print(table)


def _cell(exercise: ExerciseScore) -> Text:
    text = Text(exercise.title)
    if exercise.verdict == "not attempted":
        text.append("  not attempted", style="dim")
    elif exercise.verdict == "for a person":
        text.append("  marked by a person", style="dim")
    elif exercise.verdict == "failed":
        text.append(f"\n{exercise.message}", style="red")
        if exercise.hints:
            text.append(f"\n{_hints(exercise.hints)} under the exercise's text in the notebook", style="dim")
    return text


def _hints(count: int) -> str:
    return "1 hint stands" if count == 1 else f"{count} hints stand"


def _closing(progress: Progress) -> Text:
    checks = "visible and hidden checks" if progress.hidden_checks else "visible checks; hidden ones run at grading"
    text = Text(f"{progress.points:g} of {progress.max_points:g} points", style="bold")
    return text.append(f"  ({checks}, {progress.seconds:.1f} s)", style="not bold dim")
