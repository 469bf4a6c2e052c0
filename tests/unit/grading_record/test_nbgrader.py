"""Beside nbgrader: the same rows as its own autograder, and its tools go on from what is recorded."""

from __future__ import annotations

import csv
import json
from datetime import datetime
from pathlib import Path

import pytest
from classroom_kit import (
    BLANK,
    RIGHT,
    WEEK,
    WORDS,
    WRONG,
    InProcess,
    change_gradebook,
    grade,
    gradebook_rows,
    hand_in,
)

from coursekit.grading.classroom import open_class
from coursekit.grading.executors import Sealed, Unsealed
from coursekit.grading.pipeline import grade_class
from coursekit.grading.sealed import available
from coursekit.notebooks.files import read_notebook
from coursekit.report.feedback import write_feedback
from coursekit.syllabus import Week


def fill_class(folder: Path) -> None:
    with open(folder / "nbgrader_config.py", "a") as config:
        config.write('\nc.LateSubmissionPlugin.penalty_method = "zero"\n')
    change_gradebook(folder, lambda book: book.update_or_create_assignment(WEEK, duedate=datetime(2026, 1, 1)))
    hand_in(folder, "ada", RIGHT, WORDS, stamp="2025-12-31 23:00:00 UTC")
    hand_in(folder, "bob", WRONG, WORDS)
    hand_in(folder, "cyd", BLANK)
    hand_in(folder, "late", RIGHT, stamp="2026-01-02 10:00:00 EST", notes__txt="mine")


@pytest.mark.slow
def test_the_same_rows_as_nbgraders_autograder(new_class, week1: Week) -> None:
    theirs, ours = new_class("theirs"), new_class("ours")
    for folder in (theirs, ours):
        fill_class(folder)
    with open_class(theirs) as classroom:
        for student in ("ada", "bob", "cyd", "late"):
            result = classroom.autograde(WEEK, student)
            assert result["success"], result["log"]
    graded = grade_class(ours, week1, executor=Unsealed(), jobs=2)
    assert [(row.student, row.points) for row in graded.rows] == [("ada", 2), ("bob", 0), ("cyd", 0), ("late", 0)]
    assert gradebook_rows(ours) == gradebook_rows(theirs)
    for student in ("ada", "bob", "cyd", "late"):
        mine, its = (folder / "autograded" / student / WEEK for folder in (ours, theirs))
        assert {path.name for path in mine.iterdir()} == {path.name for path in its.iterdir()} | {"result.json"}
        assert cells(mine / "assignment.ipynb") == cells(its / "assignment.ipynb")


def cells(path: Path) -> list:
    """A graded notebook without what a run's clock and a traceback's colours put into it."""
    notebook = read_notebook(path)
    found = [("kernelspec", dict(notebook.metadata.kernelspec))]
    for cell in notebook.cells:
        outputs = [(o.output_type, o.get("ename"), o.get("evalue"), o.get("text")) for o in cell.get("outputs", [])]
        found.append((cell.cell_type, cell.source, dict(cell.metadata.get("nbgrader", {})), outputs))
    return found


def test_nbgraders_own_tools_go_on(classroom: Path, week1: Week, tmp_path: Path) -> None:
    exchange = tmp_path / "exchange"
    with open(classroom / "nbgrader_config.py", "a") as config:
        config.write(f"\nc.Exchange.root = {str(exchange)!r}\n")
    exchange.mkdir(mode=0o777)
    place = hand_in(classroom, "ada", RIGHT, stamp="2026-01-02 10:00:00 UTC")
    (place / "submission_secret.txt").write_text("secret")
    graded = grade(classroom, week1)
    assert graded.rows[0].points == 2
    with open_class(classroom) as nbgrader:
        listed = nbgrader.get_submission(WEEK, "ada")
        assert (listed["autograded"], listed["score"], listed["max_score"]) == (True, 2, 5)
        feedback = nbgrader.generate_feedback(WEEK, "ada")
        assert feedback["success"], feedback["log"]
        theirs = (classroom / "feedback" / "ada" / WEEK / "assignment.html").read_text()
        ours = write_feedback(classroom, week1).pages["ada"][0]
        assert ours.read_text() != theirs
        released = nbgrader.release_feedback(WEEK, "ada")
        assert released["success"], released["log"]
    pages = list((exchange / "ml-engineering" / "feedback").glob("*.html"))
    assert [page.read_text() for page in pages] == [ours.read_text()]


def test_nbgraders_autograder_and_ours_take_turns(classroom: Path, week1: Week, tmp_path: Path) -> None:
    """Who presses formgrader's button loses nothing: the next run sees that it has to grade again."""
    hand_in(classroom, "ada", RIGHT)
    executor = InProcess(tmp_path / "log")
    grade(classroom, week1, executor)
    before = gradebook_rows(classroom)
    with open_class(classroom) as nbgrader:
        result = nbgrader.autograde(WEEK, "ada", force=True)
        assert result["success"], result["log"]
    assert gradebook_rows(classroom) == before
    grade(classroom, week1, executor)
    assert gradebook_rows(classroom) == before
    assert json.loads((classroom / "autograded" / "ada" / WEEK / "result.json").read_text())["points"] == 2


def test_nbgrader_export_with_our_exporter(classroom: Path, week1: Week, tmp_path: Path) -> None:
    from nbgrader.apps import NbGraderApp

    hand_in(classroom, "ada", RIGHT)
    grade(classroom, week1)
    target = tmp_path / "canvas.csv"
    NbGraderApp.clear_instance()
    NbGraderApp.launch_instance(
        [
            "export",
            "--exporter=coursekit.report.exporting.CanvasExporter",
            f"--to={target}",
            f"--db=sqlite:///{classroom / 'gradebook.db'}",
        ]
    )
    NbGraderApp.clear_instance()
    with open(target, newline="") as file:
        table = list(csv.reader(file))
    assert table[-1] == ["ada", "", "", "ada", "", "2"]


@pytest.mark.slow
@pytest.mark.skipif(not available(), reason=f"no sandbox here: {available().reason}")
def test_sealed_grades_are_the_same(new_class, week1: Week) -> None:
    ours, sealed = new_class("ours"), new_class("sealed")
    for folder in (ours, sealed):
        fill_class(folder)
    grade(ours, week1)
    graded = grade_class(sealed, week1, executor=Sealed(), jobs=2)
    assert [row.problem for row in graded.rows] == [""] * 4
    assert all(row.sealed and not row.flags for row in graded.rows)
    assert gradebook_rows(sealed) == gradebook_rows(ours)
