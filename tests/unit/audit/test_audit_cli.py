"""The verb: what it prints, how it ends, and what it says about bad input (one sentence, never a traceback)."""

from __future__ import annotations

import json
from pathlib import Path
from shutil import rmtree

import audit_kit
import pytest

from coursekit import audit as audit_room
from coursekit import cli
from coursekit.audit.verdict import ExerciseVerdict, Mutation, Survivor, WeekVerdict


@pytest.fixture
def course(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    audit_kit.write_course(tmp_path)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(*words: str, monkeypatch: pytest.MonkeyPatch) -> int:
    """Call the command in this process; its exit code."""
    monkeypatch.setattr("sys.argv", ["course", "audit", *words])
    with pytest.raises(SystemExit) as ended:
        cli.main()
    return ended.value.code


def complaint(course: Path, words: list[str], capsys: pytest.CaptureFixture, patch: pytest.MonkeyPatch) -> str:
    """What the command says when it is given something bad."""
    assert run(*words, monkeypatch=patch) == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert "Traceback" not in said.err
    assert said.err.count("\n") == 1, said.err
    return said.err


def _no_such_week(course: Path) -> list[str]:
    return ["week77"]


def _only_planned(course: Path) -> list[str]:
    return ["week28"]


def _no_notebook(course: Path) -> list[str]:
    (course / "source" / audit_kit.WEEK / "assignment.ipynb").unlink()
    return ["week01"]


def _broken_json(course: Path) -> list[str]:
    (course / "source" / audit_kit.WEEK / "assignment.ipynb").write_text('{"cells": [')
    return ["week01"]


def _unknown_exercise(course: Path) -> list[str]:
    audit_kit.write_wrong(course, "q9", "w01-q9-none", "x = 1")
    return ["week01"]


def _wrong_of_unknown_exercise(course: Path) -> list[str]:
    path = audit_kit.answers(course) / "wrong_q2_last.py"
    path.write_text(path.read_text().replace('exercise = "w01-q2-count"', 'exercise = "w01-q3-gone"'))
    return ["week01"]


def _unknown_check(course: Path) -> list[str]:
    audit_kit.write_wrong(course, "q2_last", audit_kit.COUNT, "class Counter: pass", loses="w01-q1-clip-test")
    return ["week01"]


def _no_header(course: Path) -> list[str]:
    (audit_kit.answers(course) / "right_loop.py").write_text("x = 1\n")
    return ["week01"]


def _bad_equivalents(course: Path) -> list[str]:
    (audit_kit.answers(course) / "equivalent.toml").write_text("[[equivalent]\n")
    return ["week01"]


def _equivalent_of_unknown_exercise(course: Path) -> list[str]:
    text = audit_kit.EQUIVALENT.replace("w01-q1-clip", "w01-q5-none")
    (audit_kit.answers(course) / "equivalent.toml").write_text(text)
    return ["week01"]


def _no_python(course: Path) -> list[str]:
    return _with_notebook(course, "return np.where(x > limit, limit, x)", "return np.where(x >")


def _does_not_run(course: Path) -> list[str]:
    return _with_notebook(course, "import numpy as np", "import numpy as np\nnp.nothing_of_this_name")


def _with_notebook(course: Path, old: str, new: str) -> list[str]:
    rmtree(course / "source")
    audit_kit.write_course(course, audit_kit.NOTEBOOK.replace(old, new, 1))
    return ["week01"]


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (_no_such_week, "No week of this course is called 'week77'"),
        (_only_planned, "is only planned: there is no source/week28-"),
        (_no_notebook, "has no assignment.ipynb"),
        (_broken_json, "is broken JSON"),
        (_unknown_exercise, "wrong_q9.py fills w01-q9-none, which is no answer cell of the week (w01-q1-clip, "),
        (_wrong_of_unknown_exercise, "wrong_q2_last.py names the unknown exercise 'w01-q3-gone'"),
        (_unknown_check, "wrong_q2_last.py loses w01-q1-clip-test, which is no check of w01-q2-count"),
        (_no_header, "right_loop.py has no header"),
        (_bad_equivalents, "equivalent.toml is not TOML"),
        (_equivalent_of_unknown_exercise, "Entry 1 of equivalent.toml names the unknown exercise 'w01-q5-none'"),
        (_no_python, "does not run: w01-q1-clip is no plain Python (line "),
        (_does_not_run, "does not run: code cell 2 raised AttributeError: module 'numpy' has no attribute"),
    ],
)
def test_bad_input_ends_in_one_sentence(
    course: Path, spoil: object, words: str, capsys: pytest.CaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert words in complaint(course, spoil(course), capsys, monkeypatch)


def test_bad_input_with_json_is_an_object(
    course: Path, capsys: pytest.CaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert run("week77", "--json", monkeypatch=monkeypatch) == 1
    answer = json.loads(capsys.readouterr().out)
    assert answer["ok"] is False
    assert "week77" in answer["error"]


def a_verdict(**more: object) -> WeekVerdict:
    exercise = ExerciseVerdict("w01-q1-clip", 1, "Clip", 2.0, Mutation(20, 19, 18, 1, 1), **more)
    return WeekVerdict(audit_kit.WEEK, "Mini", [exercise], scope="everything")


@pytest.fixture
def audited(course: Path, monkeypatch: pytest.MonkeyPatch) -> list[WeekVerdict]:
    """The verdicts that the next audits come to."""
    verdicts: list[WeekVerdict] = []
    monkeypatch.setattr(audit_room, "audit_and_publish", lambda *_, **__: verdicts.pop(0))
    return verdicts


def test_a_proven_week_ends_well(audited: list, capsys: pytest.CaptureFixture, monkeypatch: pytest.MonkeyPatch) -> None:
    audited.append(a_verdict())
    assert run("1", monkeypatch=monkeypatch) == 0
    said = capsys.readouterr().out
    assert "is proven" in said
    assert "95.0 %" in said


def test_findings_and_survivors_are_printed(
    audited: list, capsys: pytest.CaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    survivor = Survivor("w01-q1-clip", "relational", "- if a < b:\n+ if a <= b:")
    audited.append(a_verdict(findings=["w01-q1-clip: too weak."], survivors=[survivor]))
    assert run("1", monkeypatch=monkeypatch) == 1
    said = capsys.readouterr().out
    assert "survived in w01-q1-clip (relational):\n  - if a < b:\n  + if a <= b:" in said
    assert "✘ w01-q1-clip: too weak." in said
    assert "is not proven: 1 finding above" in said


def test_json_is_one_object_for_one_week_and_one_a_line_for_several(
    audited: list, capsys: pytest.CaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    audited += [a_verdict(), a_verdict(), a_verdict(findings=["weak"])]
    assert run("1", "--json", monkeypatch=monkeypatch) == 0
    assert json.loads(capsys.readouterr().out)["mutation_score"] == 0.95
    assert run("1", "2", "--json", monkeypatch=monkeypatch) == 1
    lines = capsys.readouterr().out.splitlines()
    assert [json.loads(line)["ok"] for line in lines] == [True, False]


def test_without_libcst_the_sentence_says_what_to_do(
    course: Path, capsys: pytest.CaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    import sys

    for name in [n for n in sys.modules if n.startswith(("coursekit.audit.pages", "coursekit.audit.week"))]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.delitem(sys.modules, "coursekit.audit.mutants", raising=False)
    monkeypatch.setitem(sys.modules, "libcst", None)
    assert "The audit needs libcst" in complaint(course, ["1"], capsys, monkeypatch)
