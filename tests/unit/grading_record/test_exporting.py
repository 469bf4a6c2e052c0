"""Exports as Canvas, Moodle and Gradescope read them, of what nbgrader counts."""

from __future__ import annotations

import csv
import json
from datetime import datetime
from pathlib import Path

import pytest
from classroom_kit import RIGHT, WEEK, WORDS, WRONG, change_gradebook, grade, hand_in

from coursekit.errors import CourseError
from coursekit.report.exporting import EXPORTERS, export
from coursekit.syllabus import Week


@pytest.fixture
def marked(classroom: Path, week1: Week) -> Path:
    """Ada has a person's marks, Bob is late, Cyd handed nothing in."""
    with open(classroom / "nbgrader_config.py", "a") as config:
        config.write('\nc.LateSubmissionPlugin.penalty_method = "zero"\n')
    hand_in(classroom, "ada", RIGHT, WORDS)
    hand_in(classroom, "bob", RIGHT, stamp="2026-01-02 10:00:00 UTC")
    hand_in(classroom, "eve", WRONG)
    change_gradebook(classroom, lambda book: book.update_or_create_assignment(WEEK, duedate=datetime(2026, 1, 1)))
    grade(classroom, week1)

    def people(book) -> None:
        written = book.find_grade("w01-q2-words", "assignment", WEEK, "ada")
        written.manual_score, written.extra_credit, written.needs_manual_grade = 2.25, 0.5, False
        book.update_or_create_student("ada", first_name="Ada", last_name='Lovelace, "Countess"', lms_user_id="4711")
        book.update_or_create_student("cyd", first_name="Cyd", last_name="Ångström", email="cyd@example.org")

    change_gradebook(classroom, people)
    return classroom


def table(path: Path) -> list[list[str]]:
    with open(path, newline="", encoding="utf-8") as file:
        return list(csv.reader(file))


def test_csv(marked: Path) -> None:
    header, *lines = table(export(marked, "csv"))
    rows = [dict(zip(header, line, strict=True)) for line in lines]
    by_id = {row["student_id"]: row for row in rows}
    assert (by_id["ada"]["last_name"], by_id["ada"]["score"]) == ('Lovelace, "Countess"', "4.75")
    assert (by_id["bob"]["raw_score"], by_id["bob"]["late_submission_penalty"], by_id["bob"]["score"]) == (
        "2.0",
        "2.0",
        "0.0",
    )
    assert (by_id["cyd"]["score"], by_id["cyd"]["timestamp"]) == ("0.0", "")
    assert {row["max_score"] for row in rows} == {"5.0"}


def test_canvas(marked: Path) -> None:
    rows = table(export(marked, "canvas", marked / "out" / "c.csv"))
    # What Canvas's importer looks for: Student, ID … up to a last student column named Section.
    assert rows[0] == ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", WEEK]
    assert rows[1] == ["    Points Possible", "", "", "", "", "5"]
    by_login = {row[3]: row for row in rows[2:]}
    assert by_login["ada"] == ['Lovelace, "Countess", Ada', "4711", "", "ada", "", "4.75"]
    assert by_login["bob"][-1] == "0"
    assert by_login["cyd"][-1] == "", "no submission: the cell that Canvas has is left alone"


def test_moodle(marked: Path) -> None:
    rows = table(export(marked, "moodle"))
    assert rows[0] == ["First name", "Last name", "ID number", "Email address", f"Assignment: {WEEK} (Real)"]
    by_id = {row[2]: row for row in rows[1:]}
    assert by_id["cyd"] == ["Cyd", "Ångström", "cyd", "cyd@example.org", "-"]
    assert by_id["ada"][-1] == "4.75"
    assert by_id["bob"][-1] == "0"


def test_gradescope(marked: Path) -> None:
    folder = export(marked, "gradescope")
    files = sorted(str(path.relative_to(folder)) for path in folder.rglob("*.json"))
    assert files == [f"{WEEK}/{name}/results.json" for name in ("ada", "bob", "eve")]
    ada = json.loads((folder / files[0]).read_text())
    assert ada["score"] == 4.75
    assert [(test["score"], test["max_score"], test["status"]) for test in ada["tests"]] == [(2, 2, "passed")]
    eve = json.loads((folder / files[2]).read_text())
    assert eve["tests"][0]["output"] == "double(3): expected 6"
    assert eve["tests"][0]["visibility"] == "after_published", "it holds hidden checks"
    allowed = {"score", "execution_time", "output", "output_format", "visibility", "stdout_visibility", "extra_data"}
    assert set(ada) <= allowed | {"tests"}


@pytest.mark.parametrize("to", sorted(EXPORTERS))
def test_only_the_learners_and_weeks_asked_for(to: str, marked: Path) -> None:
    target = export(marked, to, marked / "part", weeks=[WEEK], students=["eve"])
    text = "".join(p.read_text() + str(p) for p in ([target] if target.is_file() else target.rglob("*.json")))
    assert "eve" in text
    assert "ada" not in text.lower().replace("canvas", "")


def test_what_is_unknown_is_refused(marked: Path) -> None:
    with pytest.raises(CourseError, match="can be exported to csv, canvas, moodle, gradescope"):
        export(marked, "blackboard")
    with pytest.raises(CourseError, match="no learner nobody"):
        export(marked, "csv", students=["nobody"])
    with pytest.raises(CourseError, match="no assignment week99"):
        export(marked, "canvas", weeks=["week99"])
    (marked / "file").write_text("")
    with pytest.raises(CourseError, match="cannot be written"):
        export(marked, "csv", marked / "file" / "x.csv")
