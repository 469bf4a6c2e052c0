"""Messages of wrong answers: written by the audit, matched at grading, and never a guess."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from coursekit.audit import keep_messages
from coursekit.audit.misconceptions import (
    FILE_NAME,
    Misconceptions,
    Mistake,
    form_of,
    masked,
    read_misconceptions,
    telling,
    write_messages,
)
from coursekit.audit.verdict import ExerciseVerdict, WeekVerdict, WrongShown
from coursekit.errors import CourseError
from coursekit.grading.record.result import CheckResult, ExerciseResult, NotebookResult

SUMMED = "mean(X): expected 2.0, got 6.0; likely cause: this is the sum: divide by the number of values"
WRONG = "mean(X): expected 2.0, got 5.0"


def write_answer(folder: Path, name: str, misconception: str = "Forgets to divide") -> None:
    header = [
        'kind = "wrong"',
        'exercise = "w01-q1-mean"',
        f'misconception = "{misconception}"',
        'loses = ["w01-q1-mean-test"]',
        'says = ["divide"]',
    ]
    lines = ["# /// answer", *[f"# {line}" for line in header], "# ///", "# %% w01-q1-mean", "mean = sum", ""]
    (folder / f"{name}.py").write_text("\n".join(lines))


def mistake(name: str, **says: str) -> Mistake:
    return Mistake(f"wrong_{name}", "w01-q1-mean", name, {f"w01-q1-mean-{cell}": text for cell, text in says.items()})


def named(known: Misconceptions, **says: str) -> dict[str, tuple[str, ...]]:
    """What is named in each check of one exercise; a check that said nothing passed."""
    checks = tuple(
        CheckResult(f"w01-q1-mean-{cell}", "failed" if text else "passed", 0.0, 1.0, text)
        for cell, text in says.items()
    )
    exercise = ExerciseResult("w01-q1-mean", 1, "Mean", "failed", 0.0, 2.0, "", checks)
    (result,) = known.name_in((NotebookResult("assignment", exercises=(exercise,)),))
    return {check.grade_id.removeprefix("w01-q1-mean-"): check.misconceptions for check in result.exercises[0].checks}


# ---------------------------------------------------------------------------------------------------------- matching


def test_the_same_message_of_the_same_check_names_the_misconception() -> None:
    known = Misconceptions((mistake("sums", test=SUMMED), mistake("odd", edges=WRONG)))
    assert named(known, test=SUMMED) == {"test": ("sums",)}
    assert named(known, edges=SUMMED) == {"edges": ()}, "another check that says the same is another matter"
    assert named(known, test="mean(X): expected a float, got None") == {"test": ()}
    assert named(known, test="") == {"test": ()}


def test_other_numbers_count_as_the_same_only_where_the_message_has_a_cause() -> None:
    known = Misconceptions((mistake("sums", test=SUMMED), mistake("odd", edges=WRONG)))
    assert named(known, test=SUMMED.replace("6.0", "6.1")) == {"test": ("sums",)}
    assert named(known, edges=WRONG.replace("5.0", "1.5e-07")) == {"edges": ()}, "any mistake gets such a message"
    assert named(known, edges=WRONG) == {"edges": ("odd",)}


def test_misconceptions_that_share_a_message_are_all_named() -> None:
    known = Misconceptions((mistake("sums", test=SUMMED), mistake("counts", test=SUMMED)))
    assert named(known, test=SUMMED) == {"test": ("sums", "counts")}


def test_of_several_the_one_that_explains_the_other_failures_too_is_named() -> None:
    known = Misconceptions((mistake("sums", test=SUMMED, edges=WRONG), mistake("counts", test=SUMMED)))
    assert named(known, test=SUMMED, edges=WRONG) == {"test": ("sums",), "edges": ("sums",)}
    assert named(known, test=SUMMED, edges="") == {"test": ("counts",), "edges": ()}


def test_two_misconceptions_in_one_exercise_are_both_named() -> None:
    known = Misconceptions((mistake("sums", test=SUMMED), mistake("odd", edges=WRONG)))
    assert named(known, test=SUMMED, edges=WRONG) == {"test": ("sums",), "edges": ("odd",)}


def test_a_learners_own_line_and_the_kind_of_loop_do_not_count() -> None:
    message = "f: expected no Python loop, got a loop in line 6 (for i in A:); let arrays do it"
    other = (
        "f: expected no Python loop, got a list comprehension in line 2 (return [a for (a, b) in A]); let arrays do it"
    )
    assert form_of(message) == form_of(other) == "f: expected no Python loop, got … in line #; let arrays do it"
    assert telling(message)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("expected 1,000.5 at [0, 1], got -2e-07", "expected # at [#, #], got #"),
        ("too far for int16", "too far for int16"),
        ("got 0 in 51% of\n them", "got # in #% of them"),
        ("a − b = −3", "a − b = #"),
    ],
)
def test_numbers_are_masked(text: str, expected: str) -> None:
    assert masked(text) == expected


# ----------------------------------------------------------------------------------------------------------- the file


def test_a_second_audit_writes_nothing_even_if_numbers_differ(tmp_path: Path) -> None:
    write_answer(tmp_path, "wrong_q1_sums")
    assert write_messages(tmp_path, {"wrong_q1_sums": {"w01-q1-mean-test": "peak: 12.5 MiB; likely cause: a copy"}})
    first = (tmp_path / FILE_NAME).read_text()
    assert not write_messages(tmp_path, {"wrong_q1_sums": {"w01-q1-mean-test": "peak: 12.9 MiB; likely cause: a copy"}})
    assert (tmp_path / FILE_NAME).read_text() == first
    assert write_messages(tmp_path, {"wrong_q1_sums": {"w01-q1-mean-test": "peak: 12.9 MiB; likely cause: a list"}})
    known = read_misconceptions(tmp_path / FILE_NAME)
    assert named(known, test="peak: 1 MiB; likely cause: a list") == {"test": ("Forgets to divide",)}


def test_answers_that_were_not_run_keep_their_entry_and_gone_ones_lose_it(tmp_path: Path) -> None:
    for name in ("wrong_q1_sums", "wrong_q1_odd"):
        write_answer(tmp_path, name)
    write_messages(tmp_path, {name: {"w01-q1-mean-test": SUMMED} for name in ("wrong_q1_sums", "wrong_q1_odd")})
    write_answer(tmp_path, "wrong_q1_sums", "Adds up, and stops")
    (tmp_path / "wrong_q1_odd.py").unlink()
    write_messages(tmp_path, {})
    (entry,) = json.loads((tmp_path / FILE_NAME).read_text())["mistakes"]
    assert entry["misconception"] == "Adds up, and stops"
    assert entry["says"] == {"w01-q1-mean-test": SUMMED}


def test_the_page_shows_the_check_that_failed_first_whatever_its_name(tmp_path: Path) -> None:
    write_answer(tmp_path, "wrong_sums")
    said = {"w01-q1-mean-test": SUMMED, "w01-q1-mean-edges": WRONG}
    shown = WrongShown("wrong_sums", "Forgets to divide", tuple(said), SUMMED)
    exercise = ExerciseVerdict("w01-q1-mean", 1, "Mean", 2.0, wrong=[shown])
    keep_messages(tmp_path, WeekVerdict("week01-numpy", "Arrays", [exercise], messages={"wrong_sums": said}))
    assert [wrong.message for wrong in exercise.wrong] == [SUMMED]


def test_messages_of_an_answer_that_is_not_there_are_refused(tmp_path: Path) -> None:
    with pytest.raises(CourseError, match="no wrong answer wrong_q9_ghost"):
        write_messages(tmp_path, {"wrong_q9_ghost": {}})


def test_without_the_file_nothing_is_named(tmp_path: Path) -> None:
    assert named(read_misconceptions(tmp_path / FILE_NAME), test=SUMMED) == {"test": ()}


@pytest.mark.parametrize(
    "text",
    [
        "{",
        "[]",
        '{"schema": 2, "mistakes": []}',
        '{"schema": 1}',
        '{"schema": 1, "mistakes": [{"answer": "a"}]}',
        "\udcff",
    ],
)
def test_a_damaged_file_is_said_in_one_sentence(tmp_path: Path, text: str) -> None:
    (tmp_path / FILE_NAME).write_bytes(text.encode("utf-8", "surrogateescape"))
    with pytest.raises(CourseError, match="run the audit again"):
        read_misconceptions(tmp_path / FILE_NAME)


def test_what_the_audit_wrote_agrees_with_the_answers(root: Path) -> None:
    """Every committed messages.json names its answers as their headers do."""
    from coursekit.audit.answers import read_answers

    files = sorted((root / "tests" / "answers").glob(f"*/{FILE_NAME}"))
    assert files
    for path in files:
        answers = {a.name: a for a in read_answers(path.parent) if a.kind == "wrong"}
        mistakes = {m.answer: m for m in read_misconceptions(path).mistakes}
        assert set(mistakes) == set(answers), f"run `course audit {path.parent.name}`"
        for name, answer in answers.items():
            known = mistakes[name]
            assert (known.exercise, known.misconception) == (answer.exercise, answer.about), name
            assert set(known.says) == set(answer.loses), name
