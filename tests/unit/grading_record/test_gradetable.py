"""The table of a run: scores, what needs a person, how each exercise went; and nothing that steers a terminal."""

from __future__ import annotations

import io
import json
from pathlib import Path

from classroom_kit import RIGHT, WORDS, WRONG, grade, hand_in
from rich.console import Console

from coursekit.report.gradetable import print_grades, summaries
from coursekit.syllabus import Week


def printed(graded, colour: bool = False) -> str:
    text = io.StringIO()
    console = Console(file=text, width=140, force_terminal=colour, color_system="standard" if colour else None)
    print_grades(console, graded)
    return text.getvalue()


def test_the_table(classroom: Path, week1: Week) -> None:
    hand_in(classroom, "ada", RIGHT, WORDS)
    hand_in(classroom, "bob", WRONG)
    hand_in(classroom, "cyd", WRONG)
    (hand_in(classroom, "dan", RIGHT) / "assignment.ipynb").write_text("{")
    graded = grade(classroom, week1)
    table = printed(graded)
    lines = {line.split("│")[1].strip(): line for line in table.splitlines() if "│" in line}
    assert "2 / 5" in lines["ada"]
    assert "answer to mark" in lines["ada"]
    assert "graded without a sandbox" in table
    assert "could not be graded" in lines["dan"]
    assert "33 %" in lines["1"]
    assert "2 × double(3): expected 6" in lines["1"]
    assert "3 graded, 1 could not be graded" in table
    summary = summaries(graded)
    assert [(s.number, s.learners, s.times) for s in summary] == [(1, 3, 2)]
    plain = json.loads(json.dumps(graded.to_dict()))
    assert [learner["student"] for learner in plain["learners"]] == ["ada", "bob", "cyd", "dan"]


def test_a_dry_run_says_why(classroom: Path, week1: Week) -> None:
    hand_in(classroom, "ada", RIGHT)
    table = printed(grade(classroom, week1, dry_run=True))
    assert "would be graded: not graded yet" in table
    assert not list((classroom / "autograded").glob("ada"))


def test_submissions_cannot_steer_the_terminal(classroom: Path, week1: Week) -> None:
    evil = "\x1b[2J\x1b]0;owned\x07\x9b31m\u202e[bold red]not markup[/bold red]\r"
    hand_in(classroom, "eve", f"raise ValueError({evil!r})")
    hand_in(classroom, "\x1b[31mmallory\u202e", RIGHT)
    text = printed(grade(classroom, week1))
    assert not set(text) & {"\x1b", "\x07", "\x9b", "\u202e", "\r"}
    assert "[bold red]not markup" in text
    coloured = printed(grade(classroom, week1), colour=True)
    assert "\x1b[2J" not in coloured
    assert "\x1b]0" not in coloured
