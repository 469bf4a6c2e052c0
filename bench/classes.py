"""Classes to grade: a small course in a folder of its own, with submissions of four kinds in turns."""

from __future__ import annotations

import contextlib
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from coursekit.audit.answers import Answer, fill, read_answers
from coursekit.errors import CourseError
from coursekit.notebooks.files import notebook_text, read_notebook
from coursekit.notebooks.release import build_week
from coursekit.notebooks.twins import write_notebooks
from coursekit.syllabus import FILE_NAME, Week, load_syllabus

if TYPE_CHECKING:
    from nbformat import NotebookNode

ROOT = Path(__file__).resolve().parents[1]
BENCH = ROOT / "bench"
NOTEBOOK = "assignment"
KINDS = ("right", "other right", "partly wrong", "blank")
#: Misconceptions in one partly wrong submission, each in another exercise.
_MISTAKES = 3


@dataclass(frozen=True)
class Subject:
    """What a class is graded on.

    Parameters
    ----------
    name : in tables and options.
    week : the week's folder name.
    assignment : the text twin of the instructor's notebook.
    answers : folder of right and wrong answers to it.
    target : how many times nbgrader's throughput we want to reach.
    needs : libraries beyond the classroom's own.
    """

    name: str
    week: str
    assignment: Path
    answers: Path
    target: float
    needs: tuple[str, ...] = ()


SUBJECTS = {
    "torch": Subject(
        "torch", "week14-pytorch", BENCH / "torch_assignment.nb.py", BENCH / "torch_answers", 10.0, ("torch",)
    ),
    "week01": Subject(
        "week01",
        "week01-numpy",
        ROOT / "source" / "week01-numpy" / "assignment.nb.py",
        ROOT / "tests" / "answers" / "week01-numpy",
        6.0,
    ),
}


@dataclass(frozen=True)
class Class:
    """A class on disk: released, handed in, not graded.

    Parameters
    ----------
    folder : with ``source/``, ``release/``, ``submitted/`` and a gradebook that knows the assignment.
    learners : their names, in order.
    kinds : the kind of each learner's submission.
    """

    subject: Subject
    folder: Path
    week: Week
    learners: tuple[str, ...]
    kinds: tuple[str, ...]

    def submission(self, learner: str) -> Path:
        """The notebook that a learner handed in."""
        return self.folder / "submitted" / learner / self.week.folder / f"{NOTEBOOK}.ipynb"

    def copy(self, folder: Path) -> Class:
        """The same class in another folder, to be graded by another side."""
        shutil.copytree(self.folder, folder)
        return Class(self.subject, folder, self.week, self.learners, self.kinds)


def make_class(folder: Path, subject: Subject, learners: int) -> Class:
    """Build a course of one week in ``folder``, release it, and hand in for so many learners.

    Raises
    ------
    CourseError
        Where a library is missing, there are no answers to hand in, or the week cannot be built.
    """
    if missing := [name for name in subject.needs if find_spec(name) is None]:
        raise CourseError(
            f"The class {subject.name} needs {', '.join(missing)}, which this environment does not have: run "
            "`make bench`, which makes one that has it."
        )
    if learners < 1:
        raise CourseError(f"A class has at least one learner, not {learners}.")
    source = folder / "source" / subject.week
    source.mkdir(parents=True)
    for name in (FILE_NAME, "nbgrader_config.py"):
        shutil.copy(ROOT / name, folder / name)
    shutil.copy(subject.assignment, source / f"{NOTEBOOK}.nb.py")
    write_notebooks(source)
    syllabus = load_syllabus(folder / FILE_NAME)
    week = syllabus.week(subject.week)
    with contextlib.chdir(folder):  # what is released names the course that it stands in
        build_week(week, folder, syllabus)
    released = read_notebook(folder / "release" / week.folder / f"{NOTEBOOK}.ipynb")
    names = tuple(f"learner{number:04d}" for number in range(1, learners + 1))
    made = Class(subject, folder, week, names, tuple(KINDS[place % len(KINDS)] for place in range(learners)))
    for name, text in zip(names, submissions(released, read_answers(subject.answers), learners), strict=True):
        path = made.submission(name)
        path.parent.mkdir(parents=True)
        path.write_text(text, encoding="utf-8")
    return made


def submissions(released: NotebookNode, answers: Sequence[Answer], learners: int) -> list[str]:
    """The texts of the notebooks that a class hands in: the four kinds in turns, with ever other mistakes."""
    right = [answer for answer in answers if answer.kind == "right"]
    wrong = _without_limits([answer for answer in answers if answer.kind == "wrong"])
    if len(right) < 2 or not wrong:
        raise CourseError("A class needs two right answers and a wrong one to hand in.")
    texts = []
    for place in range(learners):
        turn, kind = divmod(place, len(KINDS))
        notebook = released
        if KINDS[kind] != "blank":
            notebook = fill(released, right[kind % 2])
        if KINDS[kind] == "partly wrong":
            for answer in _mistakes(wrong, turn):
                notebook = fill(notebook, answer)
        texts.append(notebook_text(notebook))
    return texts


def _without_limits(wrong: Sequence[Answer]) -> list[Answer]:
    """Wrong answers that cost no more to run than right ones: plain nbgrader has no bound on their memory."""
    return [answer for answer in wrong if not any(name.endswith("-limits") for name in answer.loses)]


def _mistakes(wrong: Sequence[Answer], turn: int) -> list[Answer]:
    """One wrong answer to each of a few exercises; others each turn, the same in every run."""
    by_exercise: dict[str, list[Answer]] = {}
    for answer in wrong:
        by_exercise.setdefault(answer.exercise, []).append(answer)
    exercises = sorted(by_exercise)
    chosen = [exercises[(turn + step) % len(exercises)] for step in range(min(_MISTAKES, len(exercises)))]
    return [by_exercise[name][turn % len(by_exercise[name])] for name in chosen]
