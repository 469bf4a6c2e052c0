"""`course new`: a week that keeps the rules, runs, and tells its author what to write."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from shutil import copy

import pytest
import yaml
from nbformat import NotebookNode

from coursekit.audit.answers import fill, read_answers
from coursekit.audit.contract import contract_findings
from coursekit.audit.unwritten import unwritten_findings
from coursekit.errors import CourseError
from coursekit.grading.execute import execute
from coursekit.grading.score import score
from coursekit.notebooks.exercises import read_exercises
from coursekit.notebooks.files import read_notebook
from coursekit.notebooks.lint import lint_lesson, lint_week
from coursekit.notebooks.release import build_week
from coursekit.notebooks.scaffold import _planned, _texts, new_week
from coursekit.notebooks.twins import differences, text_to_notebook
from coursekit.syllabus import Syllabus, load_syllabus

COURSE = [sys.executable, "-m", "coursekit.cli"]


def files(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def points(notebook: NotebookNode, folder: Path) -> dict[str, float]:
    """Points of each check after a run."""
    executed = execute(notebook, folder)
    errors = [o.evalue for cell in executed.notebook.cells for o in cell.get("outputs", []) if o.output_type == "error"]
    checks = {c.grade_id: c.points for e in score(executed.notebook) for c in e.checks if c.verdict != "for a person"}
    return {**checks, "errors": errors}


def test_a_planned_week_keeps_its_entry_and_the_rules(mini: Path) -> None:
    before = (mini / "syllabus.yml").read_bytes()
    made = new_week("week07-linear-models", mini)
    assert (mini / "syllabus.yml").read_bytes() == before
    assert not made.entry_added
    source = mini / "source" / "week07-linear-models"
    assert sorted(path.name for path in source.iterdir()) == [
        "assignment.ipynb",
        "assignment.nb.py",
        "lesson.ipynb",
        "lesson.nb.py",
    ]
    assert lint_week(source) == []
    assert differences(source) == []
    assert contract_findings(source) == []
    lesson = (source / "lesson.nb.py").read_text()
    assert "# # Week 7 · Supervised learning, bias and variance" in lesson
    assert "Write estimators that pass scikit-learn's own estimator checks" in lesson
    assert "Explain the bias–variance trade-off" in lesson
    answers = mini / "tests" / "answers" / "week07-linear-models"
    assert set(made.files) == {*source.iterdir(), *answers.iterdir()}


def test_the_author_is_told_what_to_write(mini: Path) -> None:
    new_week("week07-linear-models", mini)
    source = mini / "source" / "week07-linear-models"
    findings = unwritten_findings(source)
    assert len(findings) > 25
    assert (
        "week07-linear-models/lesson.nb.py, cell 9 is still to be written: Now draw what the formula says." in findings
    )
    for path in source.glob("*.nb.py"):
        path.write_text(path.read_text().replace("✎", ""))
    assert unwritten_findings(source) == []


def test_weeks_that_are_written_have_nothing_of_the_scaffold(root: Path, week) -> None:  # noqa: ANN001
    assert unwritten_findings(root / "source" / week.folder) == []


def test_the_sample_exercise_works_and_so_do_its_answers(mini: Path, tmp_path: Path) -> None:
    made = new_week("week07-linear-models", mini)
    notebook = read_notebook(mini / "source" / made.week.folder / "assignment.ipynb")
    assert points(notebook, tmp_path)["errors"] == []
    answers = read_answers(mini / "tests/answers" / made.week.folder)
    assert [answer.kind for answer in answers].count("right") == 2
    for answer in answers:
        won = points(fill(notebook, answer), tmp_path)
        lost = {name for name in ("w07-q1-share-test", "w07-q1-share-edges") if won[name] == 0}
        assert lost == set(answer.loses), answer.name
        said = " ".join(won["errors"])
        assert all(words in said for words in answer.says), said


def test_the_release_can_be_built_and_an_untouched_one_wins_nothing(mini: Path, tmp_path: Path) -> None:
    made = new_week("week07-linear-models", mini)
    build_week(made.week, mini, load_syllabus(mini / "syllabus.yml"))
    released = read_notebook(mini / "release" / made.week.folder / "assignment.ipynb")
    won = points(released, tmp_path)
    assert {name: value for name, value in won.items() if name != "errors" and value} == {}


def test_a_new_week_gets_an_entry(mini: Path) -> None:
    last = load_syllabus(mini / "syllabus.yml").weeks[-1]
    before = (mini / "syllabus.yml").read_text()
    name = f"week{last.number + 1:02d}-causal-inference"
    made = new_week(name, mini)
    assert made.entry_added
    text = (mini / "syllabus.yml").read_text()
    assert text.startswith(before.rstrip("\n")), "what was there stays, with its comments"
    week = load_syllabus(mini / "syllabus.yml").week(name)
    assert week == made.week
    assert (week.title, week.status, week.phase, week.packages) == (
        "Causal inference",
        "planned",
        last.phase,
        last.packages,
    )
    assert lint_week(mini / "source" / name) == []


def test_every_week_of_the_course_would_pass_the_linter(syllabus: Syllabus, tmp_path: Path) -> None:
    """Titles, objectives and questions differ in length: a lesson's limits hold for all."""
    weeks = [*syllabus.weeks, _planned(29, "x", syllabus.weeks[-1])]
    found = {}
    for week in weeks:
        path = tmp_path / "lesson.nb.py"
        path.write_text(_texts(week)[0]["lesson"])
        found[week.folder] = list(lint_lesson(text_to_notebook(path)))
    assert {folder: findings for folder, findings in found.items() if findings} == {}


@pytest.mark.parametrize("notebooks", [("project",), ("assignment", "project"), ("assignment", "quiz")])
def test_weeks_with_other_notebooks(mini: Path, tmp_path: Path, notebooks: tuple[str, ...]) -> None:
    raw = yaml.safe_load((mini / "syllabus.yml").read_text())
    raw["weeks"][7]["notebooks"] = list(notebooks)
    (mini / "syllabus.yml").write_text(yaml.safe_dump(raw, allow_unicode=True))
    made = new_week("week08-trees-and-ensembles", mini)
    source = mini / "source" / made.week.folder
    assert lint_week(source) == []
    for name in notebooks:
        notebook = read_notebook(source / f"{name}.ipynb")
        won = points(notebook, tmp_path)
        most = sum(exercise.points for exercise in read_exercises(notebook) if not exercise.manual)
        assert won.pop("errors") == []
        assert sum(won.values()) == most, name


def test_what_is_written_is_styled_as_the_course_is(mini: Path, root: Path) -> None:
    copy(root / "pyproject.toml", mini / "pyproject.toml")
    (mini / "coursekit").mkdir()  # where the linter sees that coursekit is the course's own
    new_week("week07-linear-models", mini)
    for command in (["check"], ["format", "--check"]):
        result = subprocess.run(
            [sys.executable, "-m", "ruff", *command, "source/week07-linear-models", "tests"],
            cwd=mini,
            capture_output=True,
            text=True,
        )
        assert result.returncode == 0, result.stdout + result.stderr


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("linear-models", "is no name for a week"),
        ("week7-linear-models", "is no name for a week"),
        ("week07", "is no name for a week"),
        ("week07-Linear", "is no name for a week"),
        ("week07-linear_models", "is no name for a week"),
        ("week00-zero", "is no name for a week"),
        ("../week07-linear-models", "is no name for a week"),
        ("week07-linear-models/", "is no name for a week"),
        ("week07-regression", "is called week07-linear-models, not week07-regression"),
        ("week29-linear-models", "belongs to week07-linear-models already"),
        ("week40-far-away", "the next one is week29-far-away"),
    ],
)
def test_bad_names(mini: Path, name: str, words: str) -> None:
    before = files(mini)
    with pytest.raises(CourseError) as refused:
        new_week(name, mini)
    assert words in str(refused.value)
    assert "\n" not in str(refused.value)
    assert files(mini) == before


@pytest.mark.parametrize("place", ["source", "tests/answers", "release"])
def test_nothing_is_overwritten(mini: Path, place: str) -> None:
    folder = mini / place / "week07-linear-models"
    folder.mkdir(parents=True)
    (folder / "mine.txt").write_text("keep")
    before = files(mini)
    with pytest.raises(CourseError, match="never overwrites anything"):
        new_week("week07-linear-models", mini)
    assert files(mini) == before


def test_a_syllabus_that_cannot_take_an_entry_is_left_alone(mini: Path) -> None:
    text = (mini / "syllabus.yml").read_text() + "\nextra: 1\n"
    (mini / "syllabus.yml").write_text(text)
    with pytest.raises(CourseError):
        new_week("week29-more", mini)
    assert (mini / "syllabus.yml").read_text() == text
    assert not (mini / "source" / "week29-more").exists()


def test_the_command(mini: Path) -> None:
    made = subprocess.run([*COURSE, "new", "week07-linear-models"], cwd=mini, capture_output=True, text=True)
    assert (made.returncode, made.stderr) == (0, "")
    assert "source/week07-linear-models/lesson.nb.py" in made.stdout
    assert "its entry stands in syllabus.yml" in made.stdout
    linted = subprocess.run([*COURSE, "lint", "week07"], cwd=mini, capture_output=True, text=True)
    assert linted.stdout == "No findings.\n"
    again = subprocess.run([*COURSE, "new", "week07-linear-models"], cwd=mini, capture_output=True, text=True)
    assert again.returncode == 1
    assert again.stderr.startswith("source/week07-linear-models/ is there already")
    assert "Traceback" not in again.stderr
