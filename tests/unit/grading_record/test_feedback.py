"""Feedback pages say what helps, and hold nothing that a browser would run or a learner should not see."""

from __future__ import annotations

import base64
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from classroom_kit import RIGHT, WEEK, WORDS, WRONG, InProcess, change_gradebook, grade, hand_in
from nbformat.v4 import new_output

from coursekit.errors import CourseError
from coursekit.grading.record.result import CheckResult
from coursekit.notebooks.exercises import nbgrader_of
from coursekit.report.feedback import PNG, _check, _output, shown, write_feedback
from coursekit.syllabus import Week

ATTACK = '</pre><script>alert(1)</script><img src=x onerror="alert(2)"><svg onload=alert(3)>&#60;{{ 7*7 }}'


class Tags(HTMLParser):
    """Every tag and attribute of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict]] = []
        self.text = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data


def page_of(folder: Path, week: Week, student: str) -> str:
    return write_feedback(folder, week, [student]).pages[student][0].read_text(encoding="utf-8")


def harmless(page: str) -> Tags:
    found = Tags(page)
    names = {tag for tag, _ in found.tags}
    assert not names & {"script", "svg", "iframe", "object", "embed", "form", "link", "base"}
    for tag, attributes in found.tags:
        assert not [name for name in attributes if name.startswith("on") or name == "href"]
        assert tag != "img" or attributes["src"].startswith("data:image/png;base64,")
    assert "default-src 'none'" in page
    return found


class Hostile(InProcess):
    """Adds outputs that a hostile kernel could send."""

    def __call__(self, notebook, folder: Path):
        ran = super().__call__(notebook, folder)
        for cell in ran.notebook.cells:
            if nbgrader_of(cell).get("grade_id") == "w01-q1-double":
                picture = base64.b64encode(PNG + b"picture").decode()
                cell.outputs += [
                    new_output("display_data", {"text/html": ATTACK, "text/plain": ATTACK}),
                    new_output("display_data", {"image/svg+xml": ATTACK, "text/javascript": ATTACK}),
                    new_output("display_data", {"image/png": picture}),
                    new_output("display_data", {"image/png": f'x" onerror="{ATTACK}'}),
                    new_output("stream", name="stdout", text=f"\x1b[31m{ATTACK}\u202e"),
                ]
        return ran


def test_a_hostile_learner_cannot_inject_anything(classroom: Path, week1: Week) -> None:
    body = f'raise ValueError("""{ATTACK}""")'
    hand_in(classroom, "eve", body, f"Because {ATTACK}")
    grade(classroom, week1, Hostile())
    page = page_of(classroom, week1, "eve")
    found = harmless(page)
    assert [tag for tag, _ in found.tags].count("img") == 1
    assert "alert(1)" in found.text, "shown as text"
    assert "49" not in found.text
    assert "\x1b" not in page
    assert "\u202e" not in page


def test_no_hidden_source_and_no_traceback(classroom: Path, week1: Week) -> None:
    hand_in(classroom, "bob", WRONG)
    grade(classroom, week1)
    page = page_of(classroom, week1, "bob")
    assert "double(3): expected 6" in page
    assert "AssertionError" not in page
    assert "raise" not in page
    assert "double(3) != 6" not in page
    assert "BEGIN HIDDEN" not in page
    assert "0 of 5 points" in page


def test_what_a_person_gave_and_wrote_is_there(classroom: Path, week1: Week) -> None:
    hand_in(classroom, "ada", RIGHT, WORDS, stamp="2026-01-02 10:00:00 UTC")
    grade(classroom, week1)
    assert "wait for a person" in page_of(classroom, week1, "ada")

    def mark(book) -> None:
        written = book.find_grade("w01-q2-words", "assignment", WEEK, "ada")
        written.manual_score, written.needs_manual_grade = 2.5, False
        book.find_comment("w01-q2-words", "assignment", WEEK, "ada").manual_comment = "Well <b>said</b>."

    change_gradebook(classroom, mark)
    page = page_of(classroom, week1, "ada")
    assert "4.5 of 5 points" in page
    assert "2.5 / 3" in page
    assert "Well &lt;b&gt;said&lt;/b&gt;." in page
    assert "wait for a person" not in page
    assert "2026-01-02 10:00 UTC" in page
    harmless(page)


def test_expected_and_got_are_set_apart_for_visible_checks_only() -> None:
    message = "mean: expected 2.0, got [3.0, 4.0]; likely cause: one axis too many"
    check = CheckResult("w01-q1-a-test", "failed", 0, 2, message)
    page = _check(check, None)
    assert (page.of, page.expected, page.got) == ("mean", "2.0", "[3.0, 4.0]")
    assert page.advice == "likely cause: one axis too many"
    hidden = _check(CheckResult("w01-q1-a-test", "failed", 0, 2, message, hidden=True), None)
    assert (hidden.expected, hidden.message) == ("", message)
    assert _check(CheckResult("x", "failed", 0, 2, "NameError: no mean"), None).expected == ""


def test_long_text_is_cut_and_pictures_are_pictures() -> None:
    assert shown("x\n" * 10_000).endswith("(shortened)")
    assert len(shown("y" * 1_000_000)) < 10_000
    assert _output(new_output("display_data", {"image/png": "bm90IGEgcG5n"}), True) is None
    assert _output(new_output("display_data", {"image/png": base64.b64encode(PNG).decode()}), True).kind == "picture"
    assert _output(new_output("display_data", {"image/png": base64.b64encode(PNG).decode()}), False) is None


def test_no_page_without_a_grade(classroom: Path, week1: Week) -> None:
    with pytest.raises(CourseError, match="run `course grade 1` first"):
        write_feedback(classroom, week1)
    hand_in(classroom, "ada", RIGHT)
    grade(classroom, week1)
    written = write_feedback(classroom, week1, ["ada", "bob"])
    assert written.missing == {"bob": "nothing of theirs has been graded"}
    (classroom / "gradebook.db").unlink()
    assert "run `course grade 1` again" in write_feedback(classroom, week1).missing["ada"]
    assert re.fullmatch(r".*feedback/ada/week01-numpy/assignment\.html", str(written.pages["ada"][0]))
