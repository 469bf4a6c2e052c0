"""The benchmark's parts, on the mini course with two learners; no timing is asserted."""

from __future__ import annotations

import contextlib
import io
import json
import shutil
import sys
import zipfile
from copy import deepcopy
from dataclasses import dataclass, replace
from pathlib import Path

import psutil
import pytest
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_output

ROOT = Path(__file__).resolve().parents[2]
if str(ROOT) not in sys.path:  # `bench` is no part of the package
    sys.path.insert(0, str(ROOT))

from bench import classes, grading, otter, sides, watching  # noqa: E402
from coursekit.audit.answers import fill, read_answers  # noqa: E402
from coursekit.errors import CourseError  # noqa: E402
from coursekit.grading.pipeline import grade_class  # noqa: E402
from coursekit.notebooks.exercises import nbgrader_of, read_exercises  # noqa: E402
from coursekit.notebooks.files import notebook_text, read_notebook  # noqa: E402
from coursekit.notebooks.twins import text_to_notebook  # noqa: E402

RIGHT = '# /// answer\n# kind = "right"\n# approach = "{approach}"\n# ///\n# %% w01-q1-double\n{source}\n'
WRONG = """\
# /// answer
# kind = "wrong"
# exercise = "w01-q1-double"
# misconception = "Squares"
# loses = ["w01-q1-double-test"]
# says = ["expected 6"]
# ///
# %% w01-q1-double
def double(x): return x * x
"""


@dataclass(frozen=True)
class Ran:
    notebook: NotebookNode
    seconds: float = 0.01
    peak_mib: float = 50.0


class InProcess:
    """Runs cells with ``exec``, without a kernel."""

    sealed = probed = False

    def __call__(self, notebook: NotebookNode, folder: Path) -> Ran:
        result, names = deepcopy(notebook), {"__name__": "__main__"}
        for count, cell in enumerate(result.cells, start=1):
            if cell.cell_type != "code" or not cell.source.strip():
                continue
            cell.execution_count, cell.outputs = count, []
            try:
                with contextlib.redirect_stdout(io.StringIO()):
                    exec(compile(cell.source, "cell", "exec"), names)
            except Exception as error:
                text = str(error)
                cell.outputs = [new_output("error", ename=type(error).__name__, evalue=text, traceback=[text])]
        return Ran(result)


@pytest.fixture(scope="module")
def subject(tmp_path_factory: pytest.TempPathFactory) -> classes.Subject:
    """The mini course's week with answers of its own."""
    answers = tmp_path_factory.mktemp("answers")
    times = "def double(x): return 2 * x"
    (answers / "right_times.py").write_text(RIGHT.format(approach="Times", source=times))
    (answers / "right_plus.py").write_text(RIGHT.format(approach="Plus", source="def double(x): return x + x"))
    (answers / "wrong_squares.py").write_text(WRONG)
    assignment = ROOT / "tests" / "mini_course" / "source" / "week01-numpy" / "assignment.nb.py"
    return classes.Subject("week01", "week01-numpy", assignment, answers, 6.0)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory, subject: classes.Subject) -> classes.Class:
    """A class with a submission of each kind; built once."""
    return classes.make_class(tmp_path_factory.mktemp("built") / "class", subject, len(classes.KINDS))


@pytest.fixture
def lesson(built: classes.Class, tmp_path: Path) -> classes.Class:
    """A copy of the class with its first two learners."""
    copy = built.copy(tmp_path / "class")
    for name in built.learners[2:]:
        shutil.rmtree(copy.folder / "submitted" / name)
    return replace(copy, learners=copy.learners[:2], kinds=copy.kinds[:2])


def graded(lesson: classes.Class) -> watching.Watched:
    """Grade a class here, as a side does in a process of its own."""
    grade_class(lesson.folder, lesson.week, executor=InProcess(), jobs=0)
    samples = (watching.Sample(0.5, len(lesson.learners), 100.0),)
    return watching.Watched(2.0, 3.0, samples, 0.1)


def answer_of(lesson: classes.Class, learner: str) -> str:
    notebook = read_notebook(lesson.submission(learner))
    return next(cell.source for cell in notebook.cells if nbgrader_of(cell).get("grade_id") == "w01-q1-double")


def test_kinds_of_submissions_in_turns(tmp_path: Path, built: classes.Class) -> None:
    lesson = built.copy(tmp_path / "class")
    assert lesson.kinds == classes.KINDS
    assert [answer_of(lesson, name) for name in lesson.learners[:3]] == [
        "def double(x): return x + x",
        "def double(x): return 2 * x",
        "def double(x): return x * x",
    ]
    assert "NotImplementedError" in answer_of(lesson, lesson.learners[3])
    graded(lesson)
    scores = sides.auto_scores(lesson.folder, "week01-numpy")
    assert [scores[name, "w01-q1-double-test"] for name in lesson.learners] == [2, 2, 0, 0]
    assert set(sides.our_results(lesson)) == set(lesson.learners)


def test_a_class_needs_learners_answers_and_libraries(tmp_path: Path, subject: classes.Subject) -> None:
    with pytest.raises(CourseError, match="at least one learner"):
        classes.make_class(tmp_path / "none", subject, 0)
    right = [answer for answer in read_answers(subject.answers) if answer.kind == "right"]
    with pytest.raises(CourseError, match="two right answers and a wrong one"):
        classes.submissions(text_to_notebook(subject.assignment), right, 2)
    with pytest.raises(CourseError, match="needs no_such_library"):
        classes.make_class(tmp_path / "none", replace(subject, needs=("no_such_library",)), 2)


def test_gradebooks_are_compared_cell_by_cell() -> None:
    ours = {("ada", "q1"): 2.0, ("ada", "q2"): None}
    assert sides.differences(ours, dict(ours)) == {}
    assert sides.differences(ours, {("ada", "q1"): 1.0}) == {
        ("ada", "q1"): "ada q1: course grade 2.0, nbgrader 1.0",
        ("ada", "q2"): "ada q2: course grade None, nbgrader no grade",
    }


@pytest.mark.slow
def test_plain_nbgrader_gives_the_same_grades_but_for_warnings(tmp_path: Path, lesson: classes.Class) -> None:
    first, second = lesson.learners
    path = lesson.submission(first)
    warns = "import sys; print('careful', file=sys.stderr); return"
    path.write_text(path.read_text(encoding="utf-8").replace("return", warns), encoding="utf-8")
    theirs = lesson.copy(tmp_path / "nbgrader")
    seen: list[int] = []
    watched = sides.nbgrader_side(theirs, seen.append)
    assert seen[-1] == 2
    assert watched.peak_mib > 20
    graded(lesson)
    scores = [sides.auto_scores(folder, "week01-numpy") for folder in (lesson.folder, theirs.folder)]
    assert len(scores[0]) == 4
    assert list(sides.differences(*scores)) == [(first, "w01-q1-double-test")]
    assert sides.zeroed_for_a_warning(theirs, first, "w01-q1-double-test")
    assert not sides.zeroed_for_a_warning(theirs, second, "w01-q1-double-test")


def test_result_has_the_promised_shape(
    lesson: classes.Class, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(grading, "make_class", lambda folder, subject, learners: lesson.copy(folder))
    monkeypatch.setattr(grading, "floor_seconds", lambda lesson: 0.25)
    monkeypatch.setattr(grading, "nbgrader_side", lambda lesson, step: graded(lesson))
    monkeypatch.setattr(grading, "our_side", lambda lesson, jobs, step, **_: graded(lesson))
    options = {"submissions": 2, "only": grading.Only.torch, "many": False, "with_otter": False, "jobs": 2}
    grading.main(**options, as_json=True, everything=False)
    figures = json.loads(capsys.readouterr().out)
    promised = {"speedup_vs_nbgrader", "seconds_per_submission", "floor_seconds_per_submission", "peak_mib"}
    assert set(figures) == {"torch", "jobs_speedup"}
    assert set(figures["torch"]) == promised | {"same_grades"}
    grading.main(**options, as_json=True, everything=True)
    result = json.loads(capsys.readouterr().out)
    figures = result["torch"]
    assert figures["same_grades"] is True
    assert (figures["seconds_per_submission"], figures["floor_seconds_per_submission"]) == (1.0, 0.25)
    assert result["jobs_speedup"] == 1.0
    grading.show(result)
    printed = capsys.readouterr().out
    assert "faster than nbgrader" in printed
    assert "8.0×" in printed  # one second, and 0.25 s of cells on two workers


def test_drawings_are_told_and_measured_both_ways(
    lesson: classes.Class, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path = sides._instructors(lesson)
    notebook = read_notebook(path)
    notebook.cells.append(new_code_cell("print('a picture')", metadata={"tags": ["only-draws"]}))
    path.write_text(notebook_text(notebook), encoding="utf-8")
    runs = []

    def ours(lesson: classes.Class, jobs: int, step: object) -> watching.Watched:
        runs.append(sides.drawing_cells(lesson))
        return graded(lesson)

    monkeypatch.setattr(grading, "make_class", lambda folder, subject, learners: lesson.copy(folder))
    monkeypatch.setattr(grading, "floor_seconds", lambda lesson: 0.25)
    monkeypatch.setattr(grading, "nbgrader_side", lambda lesson, step: graded(lesson))
    monkeypatch.setattr(grading, "our_side", ours)
    options = {"submissions": 2, "only": grading.Only.week01, "many": False, "with_otter": False, "jobs": 1}
    grading.main(**options, as_json=False, everything=False)
    assert runs == [1, 0]
    assert "1 ungraded cells only draw. nbgrader runs them" in capsys.readouterr().out


@pytest.mark.parametrize(("last", "flat"), [(105.0, True), (140.0, False)])
def test_memory_of_a_long_run(last: float, flat: bool, capsys: pytest.CaptureFixture[str]) -> None:
    samples = tuple(watching.Sample(done, done, 100.0 if done < 90 else last) for done in range(0, 101, 2))
    figures = grading.memory_figures(watching.Watched(200.0, 300.0, samples, 0.0), [10, 50, 100])
    assert figures["memory_mib"] == {"10": 100, "50": 100, "100": last}
    assert figures["flat"] is flat
    grading.show_many({"many": figures | {"class": "torch", "submissions": 100, "jobs": 2}})
    assert ("✔ flat" in capsys.readouterr().out) is flat


def test_watched_command(tmp_path: Path) -> None:
    code = "import pathlib, time; held = bytearray(80 << 20); pathlib.Path('done').touch(); time.sleep(1.2)"
    seen: list[int] = []
    watched = watching.watch(
        [sys.executable, "-c", code], tmp_path, done=lambda: len(list(tmp_path.glob("done"))), on_progress=seen.append
    )
    assert seen[-1] == 1
    assert watched.peak_mib > 70
    assert watched.seconds > 1.0
    assert watched.cpu_seconds > 0.0


def test_failed_command_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(CourseError, match="status 3: no such week"):
        watching.watch(
            [sys.executable, "-c", "print('no such week'); raise SystemExit(3)"],
            tmp_path,
            done=int,
            on_progress=lambda _: None,
        )


def test_interrupted_command_leaves_no_process(tmp_path: Path) -> None:
    child = "import os, pathlib, time; pathlib.Path('child').write_text(str(os.getpid())); time.sleep(60)"
    code = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {child!r}], start_new_session=True)"

    def interrupt(count: int) -> None:
        if count:
            raise KeyboardInterrupt

    def done() -> int:
        return int((tmp_path / "child").exists() and bool((tmp_path / "child").read_text()))

    with pytest.raises(KeyboardInterrupt):
        watching.watch([sys.executable, "-c", code], tmp_path, done=done, on_progress=interrupt)
    pid = int((tmp_path / "child").read_text())
    assert not psutil.pid_exists(pid) or psutil.Process(pid).status() == psutil.STATUS_ZOMBIE


def test_otter_gets_the_checks_apart(tmp_path: Path, lesson: classes.Class) -> None:
    with zipfile.ZipFile(otter.autograder(lesson, tmp_path)) as archive:
        tests = [name for name in archive.namelist() if name.startswith("tests/")]
        text = archive.read("tests/w01_q1_double_test.py").decode()
    assert tests == ["tests/w01_q1_double_test.py"]
    compile(text, tests[0], "exec")
    assert "double(3)" in text  # the hidden check too
    assert "w01-q1-double-test" not in otter._for_otter(lesson.submission(lesson.learners[0]))


def test_torch_answers_fit_the_assignment() -> None:
    subject = classes.SUBJECTS["torch"]
    notebook = text_to_notebook(subject.assignment)
    exercises = {exercise.grade_id: exercise for exercise in read_exercises(notebook)}
    answers = read_answers(subject.answers)
    assert len(exercises) == 4
    for answer in answers:
        fill(notebook, answer)
        if answer.kind == "right":
            assert set(answer.cells) == set(exercises)
        else:
            assert set(answer.loses) <= {check.grade_id for check in exercises[answer.exercise].checks}
    for exercise in exercises.values():
        assert exercise.points == exercise.stated_points
