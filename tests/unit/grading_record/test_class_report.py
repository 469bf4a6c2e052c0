"""Misconceptions from a graded class to result.json, the table and the class report."""

from __future__ import annotations

import io
import json
import re
from pathlib import Path

import pytest
from classroom_kit import RIGHT, WORDS, WRONG, InProcess, hand_in
from rich.console import Console

from coursekit.audit.misconceptions import Misconceptions, Mistake
from coursekit.grading.pipeline import Graded, grade_class
from coursekit.grading.record.result import read_result
from coursekit.report.classreport import class_page_path, overview, write_class_page
from coursekit.report.gradetable import print_grades
from coursekit.report.summary import summaries
from coursekit.syllabus import Week

CHECK = "w01-q1-double-test"
ALWAYS_FOUR = Mistake("wrong_q1_four", "w01-q1-double", "Returns the <b>example</b>", {CHECK: "double(3): expected 6"})
SQUARES = Mistake("wrong_q1_squares", "w01-q1-double", "Squares", {CHECK: "double(3): expected 6"})


def grade(folder: Path, week: Week, *mistakes: Mistake) -> Graded:
    known = Misconceptions(mistakes) if mistakes else None
    return grade_class(folder, week, executor=InProcess(), jobs=0, misconceptions=known)


def table(graded: Graded) -> str:
    text = io.StringIO()
    print_grades(Console(file=text, width=140), graded)
    return text.getvalue()


@pytest.fixture
def graded_class(classroom: Path, week1: Week) -> Path:
    hand_in(classroom, "ada", RIGHT, WORDS)
    hand_in(classroom, "bob", WRONG)
    hand_in(classroom, "cyd", WRONG)
    hand_in(classroom, "dan", "return 0")
    hand_in(classroom, "eve", "")
    return classroom


def test_result_json_names_the_misconception_of_a_failed_check(graded_class: Path, week1: Week) -> None:
    grade(graded_class, week1, ALWAYS_FOUR)
    folder = graded_class / "autograded" / "bob" / week1.folder
    checks = json.loads((folder / "result.json").read_text())["notebooks"][0]["exercises"][0]["checks"]
    assert [check["misconceptions"] for check in checks] == [["Returns the <b>example</b>"]]
    assert read_result(folder).notebooks[0].exercises[0].checks[0].misconceptions == ("Returns the <b>example</b>",)
    for other in ("ada", "dan", "eve"):
        result = read_result(graded_class / "autograded" / other / week1.folder)
        assert [c.misconceptions for e in result.notebooks[0].exercises for c in e.checks] == [(), ()], other


def test_an_older_result_without_misconceptions_is_still_read(graded_class: Path, week1: Week) -> None:
    grade(graded_class, week1)
    path = graded_class / "autograded" / "bob" / week1.folder / "result.json"
    plain = json.loads(path.read_text())
    for check in (c for notebook in plain["notebooks"] for e in notebook["exercises"] for c in e["checks"]):
        del check["misconceptions"]
    path.write_text(json.dumps(plain))
    again = grade(graded_class, week1, ALWAYS_FOUR)
    assert {row.state for row in again.rows} == {"unchanged"}
    assert summaries(again)[0].fell[0].learners == ("bob", "cyd"), "what is known today is named in what is recorded"


def test_the_class_is_counted(graded_class: Path, week1: Week) -> None:
    summary = summaries(grade(graded_class, week1, ALWAYS_FOUR))[0]
    assert (summary.full, summary.part, summary.nothing, summary.not_attempted) == (1, 0, 3, 1)
    assert [(fallen.text, fallen.learners) for fallen in summary.fell] == [
        ("Returns the <b>example</b>", ("bob", "cyd")),
    ]
    assert (summary.unnamed, summary.unnamed_message) == (1, "double(2): expected 4")


def test_several_that_share_a_message_are_one_of(graded_class: Path, week1: Week) -> None:
    graded = grade(graded_class, week1, ALWAYS_FOUR, SQUARES)
    assert summaries(graded)[0].fell[0].text == "one of: Returns the <b>example</b>; Squares"
    assert "2 × one of: Returns the <b>example</b>; Squares" in re.sub(r"\s+", " ", table(graded))


def test_the_table_falls_back_on_the_commonest_message(graded_class: Path, week1: Week) -> None:
    assert "2 × double(3): expected 6" in table(grade(graded_class, week1))


def test_the_page(graded_class: Path, week1: Week, tmp_path: Path) -> None:
    hand_in(graded_class, "<script>alert(1)", WRONG)
    (hand_in(graded_class, "fay", RIGHT) / "assignment.ipynb").write_text("{")
    graded = grade(graded_class, week1, ALWAYS_FOUR)
    path = class_page_path(tmp_path, week1)
    write_class_page(graded, path)
    page = path.read_text()
    assert path == tmp_path / "reports" / "week01-numpy.html"
    assert "Returns the &lt;b&gt;example&lt;/b&gt;" in page
    assert "<script>" not in page
    assert "bob, cyd" in page
    assert "No known mistake; most often told:" in page
    assert "double(2): expected 4" in page
    counted = overview(graded)
    assert (counted.graded, counted.not_graded, counted.waiting, counted.max_points) == (6, 1, 1, 5.0)
    assert sum(one.learners for one in counted.bins) == 6


def test_a_class_of_which_nothing_could_be_graded_has_a_page(classroom: Path, week1: Week, tmp_path: Path) -> None:
    (hand_in(classroom, "fay", RIGHT) / "assignment.ipynb").write_text("{")
    write_class_page(grade(classroom, week1), tmp_path / "page.html")
    assert "No submission could be graded." in (tmp_path / "page.html").read_text()
