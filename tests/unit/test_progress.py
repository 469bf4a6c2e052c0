"""What a learner sees after checking several notebooks."""

from __future__ import annotations

import io

from rich.console import Console

from coursekit.grading.score import CheckScore, ExerciseScore
from coursekit.grading.selfcheck import Progress
from coursekit.report.progress import print_summary


def progress(week: str, notebook: str, *verdicts: str) -> Progress:
    exercises = tuple(
        ExerciseScore(
            f"{week[:3]}-q{number}",
            number,
            "Title",
            0,
            (CheckScore("c", verdict, 2.0 * (verdict == "passed"), 2.0, ""),),
        )
        for number, verdict in enumerate(verdicts, start=1)
    )
    return Progress(week, notebook, False, exercises, (), 1.0)


def test_a_summary_has_a_line_a_notebook_and_one_for_all() -> None:
    console = Console(file=io.StringIO(), width=100)
    done = progress("week05-statistics", "assignment.ipynb", "passed", "failed", "for a person")
    quiz = progress("week06-optimization", "quiz.ipynb", "passed", "passed", "not attempted")
    print_summary(console, [done, quiz])
    lines = [" ".join(line.split()) for line in console.file.getvalue().splitlines()]
    assert lines == [
        "week notebook exercises done points",
        "week05-statistics assignment 1 of 2 2 / 4",
        "week06-optimization quiz 2 of 3 4 / 6",
        "together 3 of 5 6 / 10",
    ]
