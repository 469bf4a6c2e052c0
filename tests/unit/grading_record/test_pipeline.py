"""What a run grades, what it leaves alone, and what it records."""

from __future__ import annotations

import json
import os
import signal
import weakref
from dataclasses import replace
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
    graded_files,
    hand_in,
    mend_check,
)

from coursekit.errors import CourseError
from coursekit.grading.handed_in import read_handed_in
from coursekit.grading.pipeline import grade_class
from coursekit.grading.record import open_ledger
from coursekit.grading.worker import checksum_of, grade_one, printable
from coursekit.notebooks.files import read_notebook
from coursekit.syllabus import Week


def states(graded) -> dict[str, str]:
    return {row.student: row.state for row in graded.rows}


def test_a_second_run_does_nothing(classroom: Path, week1: Week, tmp_path: Path) -> None:
    for name, body in (("ada", RIGHT), ("bob", WRONG)):
        hand_in(classroom, name, body)
    executor = InProcess(tmp_path / "log")
    first = grade(classroom, week1, executor)
    assert states(first) == {"ada": "graded", "bob": "graded"}
    assert [(row.points, row.max_points) for row in first.rows] == [(2, 5), (0, 5)]
    rows, files = gradebook_rows(classroom), graded_files(classroom)
    second = grade(classroom, week1, executor)
    assert states(second) == {"ada": "unchanged", "bob": "unchanged"}
    assert [row.points for row in second.rows] == [2, 0]
    assert executor.runs() == 2
    assert (gradebook_rows(classroom), graded_files(classroom)) == (rows, files)
    assert states(grade(classroom, week1, executor, force=True)) == {"ada": "graded", "bob": "graded"}
    assert executor.runs() == 4
    assert gradebook_rows(classroom) == rows


def test_only_what_was_handed_in_again_is_graded_again(classroom: Path, week1: Week, tmp_path: Path) -> None:
    hand_in(classroom, "ada", WRONG)
    hand_in(classroom, "bob", WRONG)
    executor = InProcess(tmp_path / "log")
    grade(classroom, week1, executor)
    hand_in(classroom, "bob", RIGHT)
    plan = grade(classroom, week1, executor, dry_run=True)
    assert states(plan) == {"ada": "unchanged", "bob": "would be graded"}
    assert plan.rows[1].why == "handed in again"
    assert executor.runs() == 2
    grade(classroom, week1, executor)
    assert executor.runs() == 3
    assert gradebook_rows(classroom)[f"bob/{WEEK}/assignment"]["score"] == 2


def test_a_mended_check_is_graded_again_and_prose_is_not(classroom: Path, week1: Week, tmp_path: Path) -> None:
    hand_in(classroom, "ada", "return 5 if x == 2 else 2 * x")
    executor = InProcess(tmp_path / "log")
    grade(classroom, week1, executor)
    mend_check(classroom, "# Week 1 · Mini", "# Week 1 · The mini course")
    mend_check(classroom, "Because.", "Because it is so.")
    assert states(grade(classroom, week1, executor)) == {"ada": "unchanged"}
    mend_check(classroom, "double(2) != 4", "double(2) not in (4, 5)")
    graded = grade(classroom, week1, executor)
    assert graded.rows[0].why == "changed: w01-q1-double-test"
    assert graded.rows[0].points == 2
    assert executor.runs() == 2


def test_new_points_of_a_check_reach_the_gradebook(classroom: Path, week1: Week) -> None:
    hand_in(classroom, "ada", RIGHT)
    grade(classroom, week1)
    path = classroom / "source" / WEEK / "assignment.ipynb"
    path.write_text(path.read_text().replace('"points": 2', '"points": 4'))
    graded = grade(classroom, week1)
    assert (graded.rows[0].points, graded.rows[0].max_points) == (4, 7)


def test_removed_checks_are_refused_with_a_sentence(classroom: Path, week1: Week) -> None:
    hand_in(classroom, "ada", RIGHT)
    grade(classroom, week1)
    rows = gradebook_rows(classroom)
    path = classroom / "source" / WEEK / "assignment.ipynb"
    path.write_text(path.read_text().replace("w01-q1-double-test", "w01-q1-double-other"))
    with pytest.raises(CourseError, match="added, removed or renamed"):
        grade(classroom, week1)
    assert gradebook_rows(classroom) == rows


def test_what_a_person_gave_survives(classroom: Path, week1: Week) -> None:
    hand_in(classroom, "ada", RIGHT, WORDS)
    grade(classroom, week1)

    def mark(book) -> None:
        written = book.find_grade("w01-q2-words", "assignment", WEEK, "ada")
        written.manual_score, written.extra_credit, written.needs_manual_grade = 2.5, 1.0, False
        book.find_comment("w01-q2-words", "assignment", WEEK, "ada").manual_comment = "Well said."

    change_gradebook(classroom, mark)
    marked = gradebook_rows(classroom)
    assert grade(classroom, week1, force=True).rows[0].points == 5.5
    assert gradebook_rows(classroom) == marked, "the same answers and the same scores: nothing to look at again"
    hand_in(classroom, "ada", RIGHT, "Other words.")
    assert grade(classroom, week1).rows[0].needs_person == ("answer to mark",)
    row = gradebook_rows(classroom)[f"ada/{WEEK}/assignment"]
    assert ("w01-q2-words", None, 2.5, 1.0, True) in row["grades"]
    assert ("w01-q2-words", None, "Well said.") in row["comments"]


def test_a_due_date_set_later_costs_without_running_again(classroom: Path, week1: Week, tmp_path: Path) -> None:
    with open(classroom / "nbgrader_config.py", "a") as config:
        config.write('\nc.LateSubmissionPlugin.penalty_method = "zero"\n')
    hand_in(classroom, "ada", RIGHT, stamp="2026-01-02 10:00:00 UTC")
    executor = InProcess(tmp_path / "log")
    assert grade(classroom, week1, executor).rows[0].points == 2
    change_gradebook(classroom, lambda book: book.update_or_create_assignment(WEEK, duedate=datetime(2026, 1, 1)))
    late = grade(classroom, week1, executor).rows[0]
    assert (late.state, late.points, late.penalty) == ("recorded again", 0, 2)
    change_gradebook(classroom, lambda book: book.grant_extension(WEEK, "ada", days=3))
    assert grade(classroom, week1, executor).rows[0].points == 2
    hand_in(classroom, "ada", RIGHT, stamp="2026-02-02 10:00:00 UTC")
    later = grade(classroom, week1, executor).rows[0]
    assert (later.state, later.why, later.points) == ("recorded again", "its time of submission changed", 0)
    assert executor.runs() == 1
    assert states(grade(classroom, week1, executor)) == {"ada": "unchanged"}


def test_a_lost_gradebook_is_written_anew_from_the_results(classroom: Path, week1: Week, tmp_path: Path) -> None:
    hand_in(classroom, "ada", RIGHT, WORDS)
    hand_in(classroom, "bob", BLANK)
    executor = InProcess(tmp_path / "log")
    grade(classroom, week1, executor)
    rows = gradebook_rows(classroom)
    (classroom / "gradebook.db").unlink()
    assert set(states(grade(classroom, week1, executor)).values()) == {"recorded again"}
    assert gradebook_rows(classroom) == rows
    assert executor.runs() == 2


def test_what_cannot_be_read_is_reported_and_not_scored(classroom: Path, week1: Week) -> None:
    hand_in(classroom, "ada", RIGHT)
    (hand_in(classroom, "broken", RIGHT) / "assignment.ipynb").write_text("{")
    (hand_in(classroom, "empty", RIGHT) / "assignment.ipynb").unlink()
    secret = hand_in(classroom, "link", RIGHT) / "assignment.ipynb"
    secret.unlink()
    secret.symlink_to(classroom / "source" / WEEK / "assignment.ipynb")
    graded = grade(classroom, week1)
    assert states(graded) == {
        "ada": "graded",
        **dict.fromkeys(("broken", "empty", "link"), "could not be graded"),
    }
    assert all("could not be graded" in row.needs_person[0] for row in graded.rows[1:])
    assert set(gradebook_rows(classroom)) == {f"ada/{WEEK}/assignment"}


def test_an_earlier_grade_stays_when_a_broken_file_follows(classroom: Path, week1: Week) -> None:
    place = hand_in(classroom, "ada", RIGHT)
    grade(classroom, week1)
    before = gradebook_rows(classroom), graded_files(classroom)
    (place / "assignment.ipynb").write_text("{")
    row = grade(classroom, week1).rows[0]
    assert "the grade shown is an earlier one" in row.needs_person[0]
    assert (gradebook_rows(classroom), graded_files(classroom)) == before


class Failing(InProcess):
    """Breaks over one learner's submission, as its files tell."""

    def __call__(self, notebook, folder: Path):
        if (folder / "raise.txt").exists():
            raise RuntimeError("\x1b[2J broken\u202e")
        if (folder / "die.txt").exists():
            os.kill(os.getpid(), signal.SIGKILL)
        if (folder / "hang.txt").exists():
            signal.pause()
        return super().__call__(notebook, folder)


def test_workers_that_die_or_hang_cost_only_that_submission(classroom: Path, week1: Week) -> None:
    hand_in(classroom, "ada", RIGHT)
    for name in ("raise", "die", "hang"):
        hand_in(classroom, name, RIGHT, **{f"{name}__txt": ""})
    hand_in(classroom, "zoe", RIGHT)
    graded = grade(classroom, week1, Failing(), jobs=2, submission_seconds=5)
    problems = {row.student: row.problem for row in graded.rows}
    assert problems["ada"] == problems["zoe"] == ""
    assert problems["raise"] == "assignment: It could not be graded (RuntimeError: broken)."
    assert problems["die"] == "The grading process ended over it, 2 times (signal 9)."
    assert problems["hang"] == "It took more than 5 s and was stopped."
    assert set(gradebook_rows(classroom)) == {f"ada/{WEEK}/assignment", f"zoe/{WEEK}/assignment"}


def test_flags_reach_the_gradebook_and_the_result(
    classroom: Path, week1: Week, monkeypatch: pytest.MonkeyPatch
) -> None:
    from coursekit.grading import worker

    plainly = worker.mark

    def flagging(*arguments) -> worker.Marked:
        return replace(plainly(*arguments), flags=("An \x1b[31mast transformer was found.",))

    monkeypatch.setattr(worker, "mark", flagging)
    place = hand_in(classroom, "ada", RIGHT, numpy__py="raise SystemExit", helper__py="x = 1")
    (place / "coursekit").mkdir()
    (place / "coursekit" / "check.py").write_text("")
    row = grade(classroom, week1).rows[0]
    assert any("numpy.py" in flag for flag in row.flags)
    assert any("coursekit/check.py" in flag for flag in row.flags)
    assert "An ast transformer was found." in row.flags
    assert gradebook_rows(classroom)[f"ada/{WEEK}/assignment"]["flagged"]
    graded = classroom / "autograded" / "ada" / WEEK
    assert (graded / "helper.py").is_file()
    assert not (graded / "numpy.py").exists()
    plain = json.loads((graded / "result.json").read_text())
    assert (plain["week"], plain["student"], plain["sealed"], plain["points"]) == (WEEK, "ada", False, 2)
    assert plain["flags"] == list(row.flags)
    assert plain["notebooks"][0]["exercises"][0]["checks"][0]["verdict"] == "passed"


def test_a_check_that_changes_its_mind_is_for_a_person(classroom: Path, week1: Week, tmp_path: Path) -> None:
    flag = tmp_path / "flag"
    hand_in(classroom, "ada", f"import os; return 2 * x if not os.path.exists({str(flag)!r}) else 0")
    grade(classroom, week1)
    flag.touch()
    row = grade(classroom, week1, force=True).rows[0]
    assert any("gave 2 points before and 0 now" in need for need in row.needs_person)


def test_sealed_runs_grade_again_what_ran_without_a_sandbox(classroom: Path, week1: Week) -> None:
    hand_in(classroom, "ada", RIGHT)
    assert not grade(classroom, week1).rows[0].sealed
    sealed = grade(classroom, week1, InProcess(sealed=True)).rows[0]
    assert (sealed.state, sealed.why, sealed.sealed) == ("graded", "it was graded without a sandbox", True)
    assert grade(classroom, week1).rows[0].state == "unchanged"


def test_one_run_at_a_time(classroom: Path, week1: Week) -> None:
    hand_in(classroom, "ada", RIGHT)
    with open_ledger(classroom), pytest.raises(CourseError, match="Another grading run"):
        grade(classroom, week1)


@pytest.mark.parametrize("name", ["nobody", "../ada", "ada/../ada", ""])
def test_names_that_handed_nothing_in_are_refused(name: str, classroom: Path, week1: Week) -> None:
    hand_in(classroom, "ada", RIGHT)
    with pytest.raises(CourseError, match="No submission"):
        grade(classroom, week1, students=[name])


def test_nobody_and_no_source(classroom: Path, week1: Week) -> None:
    with pytest.raises(CourseError, match="Nobody handed in"):
        grade(classroom, week1)
    (classroom / "source" / WEEK / "assignment.ipynb").unlink()
    with pytest.raises(CourseError, match="has no assignment.ipynb"):
        grade(classroom, week1)


def test_the_executor_may_say_that_nothing_can_run_here(classroom: Path, week1: Week) -> None:
    class Unready(InProcess):
        def ready(self) -> None:
            raise CourseError("no bubblewrap")

    hand_in(classroom, "ada", RIGHT)
    with pytest.raises(CourseError, match="no bubblewrap"):
        grade(classroom, week1, Unready())
    assert not (classroom / "autograded").exists()


def test_links_pipes_and_too_much_are_left_out(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("s")
    folder = tmp_path / "ada" / WEEK
    (folder / "deep").mkdir(parents=True)
    (folder / "deep" / "data.csv").write_text("1")
    (folder / "a_link").symlink_to(tmp_path / "secret")
    (folder / "a_folder").symlink_to(tmp_path)
    os.mkfifo(folder / "pipe")
    (folder / "cache.pyc").write_text("")
    read = read_handed_in(folder, ["*.pyc"])
    assert read.files == {"deep/data.csv": b"1"}
    assert len(read.remarks) == 3
    nested = folder
    for _ in range(22):
        nested = nested / "d"
        nested.mkdir()
    assert "nested" in read_handed_in(folder).problem
    (tmp_path / "eve").symlink_to(tmp_path / "ada")
    assert "link" in read_handed_in(tmp_path / "eve" / WEEK).problem


def test_checksums_are_nbgraders(classroom: Path) -> None:
    from nbgrader.utils import compute_checksum

    for place in ("source", "release"):
        for cell in read_notebook(classroom / place / WEEK / "assignment.ipynb").cells:
            if "nbgrader" in cell.metadata:
                assert checksum_of(cell) == compute_checksum(cell)


@pytest.mark.parametrize(
    "text", ["\x1b[31mred\x1b[0m", "a\x1b]0;title\x07b", "\x9b2Jx", "over\rwritten", "\u202eevil", "x" * 10_000]
)
def test_printable_text_cannot_steer_a_terminal(text: str) -> None:
    shown = printable(text)
    assert len(shown) <= 500
    assert all(character.isprintable() for character in shown)


def test_memory_does_not_grow_with_the_class(classroom: Path, week1: Week) -> None:
    """Submissions are read when their turn comes, and let go of when they are recorded."""
    for number in range(8):
        hand_in(classroom, f"s{number:02d}", RIGHT)
    jobs: list[weakref.ref] = []
    alive: list[int] = []

    class Counting:
        def outcomes(self, context, waiting):
            for job in waiting:
                jobs.append(weakref.ref(job))
                alive.append(sum(reference() is not None for reference in jobs))
                yield job, grade_one(context, job)

    graded = grade_class(classroom, week1, executor=InProcess(), scheduler=Counting())
    assert len(graded.rows) == 8
    assert max(alive) <= 3
