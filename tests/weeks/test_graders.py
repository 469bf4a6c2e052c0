"""Every week's grader, graded: right answers pass, wrong ones lose just what they must, with words that help."""

from __future__ import annotations

import atexit
from functools import cache
from pathlib import Path
from shutil import copytree, ignore_patterns

import pytest

from coursekit.audit.answers import Answer, fill, read_answers
from coursekit.grading.clean import clean
from coursekit.grading.execute import execute
from coursekit.grading.score import CheckScore, score
from coursekit.grading.sealed import WarmServer, available, preload_of, rehearse, run_sealed
from coursekit.notebooks.exercises import Exercise, read_exercises
from coursekit.notebooks.files import read_notebook
from coursekit.syllabus import Week, load_syllabus

ROOT = Path(__file__).resolve().parents[2]
LEAST_RIGHT, LEAST_WRONG = 2, 3


def _ready() -> list[Week]:
    return [week for week in load_syllabus(ROOT / "syllabus.yml").weeks if week.status == "ready"]


ANSWERS = [(week, answer) for week in _ready() for answer in read_answers(ROOT / "tests" / "answers" / week.folder)]


@cache
def instructor(folder: str, name: str):  # noqa: ANN201
    return read_notebook(ROOT / "source" / folder / f"{name}.ipynb")


def exercises_of(week: Week) -> list[Exercise]:
    return [exercise for name in week.notebooks for exercise in read_exercises(instructor(week.folder, name))]


def grade(week: Week, tmp_path: Path, answer: Answer | None = None) -> dict[str, CheckScore]:
    """Grade the instructor's notebooks, with an answer's cells in place where one is given."""
    checks: dict[str, CheckScore] = {}
    for name in week.notebooks:
        reference = instructor(week.folder, name)
        submission = fill(reference, answer) if answer else reference
        checks.update(run(reference, submission, week, tmp_path / name))
    return checks


@cache
def warm_server(folder: str) -> WarmServer:
    """One warm process a worker and week, which has imported what the instructor's notebooks import."""
    notebooks = [instructor(folder, path.stem) for path in sorted((ROOT / "release" / folder).glob("[!l]*.ipynb"))]
    server = WarmServer(tuple(module for notebook in notebooks for module in preload_of(notebook)))
    atexit.register(server.close)
    for notebook in notebooks:
        rehearse(notebook, ROOT / "release" / folder, server=server)
    return server


def run(reference: object, submission: object, week: Week, scratch: Path) -> dict[str, CheckScore]:
    """Run a submission as the grader does: sealed and warm where that can be done, else in an ordinary kernel."""
    folder = copytree(ROOT / "release" / week.folder, scratch, ignore=ignore_patterns("*.ipynb"))
    notebook = clean(reference, submission).notebook
    if available():
        executed = run_sealed(notebook, folder, server=warm_server(week.folder))
    else:
        executed = execute(notebook, folder)
    return {check.grade_id: check for exercise in score(executed.notebook) for check in exercise.checks}


def automatic(checks: dict[str, CheckScore]) -> list[CheckScore]:
    return [check for check in checks.values() if check.verdict != "for a person"]


def test_instructor_version_scores_full_marks(week: Week, tmp_path: Path) -> None:
    failed = {c.grade_id: c.message for c in automatic(grade(week, tmp_path)) if c.verdict != "passed"}
    assert failed == {}


def test_untouched_release_scores_nothing(week: Week, tmp_path: Path) -> None:
    for name in week.notebooks:
        untouched = read_notebook(ROOT / "release" / week.folder / f"{name}.ipynb")
        checks = automatic(run(instructor(week.folder, name), untouched, week, tmp_path / name))
        assert sum(check.points for check in checks) == 0
        assert {check.grade_id: check.verdict for check in checks if check.verdict != "not attempted"} == {}


def test_there_are_enough_answers(week: Week) -> None:
    answers = [answer for of, answer in ANSWERS if of.folder == week.folder]
    for exercise in exercises_of(week):
        if exercise.manual:
            continue
        right = [a for a in answers if a.kind == "right" and set(exercise.answers) & set(a.cells)]
        wrong = [a for a in answers if a.kind == "wrong" and a.exercise == exercise.grade_id]
        assert len(right) >= LEAST_RIGHT, exercise.grade_id
        assert len({a.about for a in wrong}) >= LEAST_WRONG, exercise.grade_id


def _cases(kind: str) -> list:
    return [pytest.param(week, a, id=f"{week.folder}-{a.name}") for week, a in ANSWERS if a.kind == kind]


class TestAnswers:
    week = None  # these are parametrised by answer, not by week

    @pytest.mark.parametrize(("of", "answer"), _cases("right"))
    def test_right_answer_scores_full_marks(self, of: Week, answer: Answer, tmp_path: Path) -> None:
        failed = {c.grade_id: c.message for c in automatic(grade(of, tmp_path, answer)) if c.verdict != "passed"}
        assert failed == {}

    @pytest.mark.parametrize(("of", "answer"), _cases("wrong"))
    def test_wrong_answer_loses_its_points_and_no_others(self, of: Week, answer: Answer, tmp_path: Path) -> None:
        exercise = next((e for e in exercises_of(of) if e.grade_id == answer.exercise), None)
        assert exercise, f"{answer.path.name} names the unknown exercise {answer.exercise}"
        assert set(answer.loses) <= {check.grade_id for check in exercise.checks}
        lost = {c.grade_id: c.message for c in automatic(grade(of, tmp_path, answer)) if c.points < c.max_points}
        assert set(lost) == set(answer.loses), lost
        messages = " ".join(lost.values()).lower()
        assert [words for words in answer.says if words.lower() not in messages] == [], messages
        assert all(len(message) <= 400 for message in lost.values()), lost
