"""A learner's own check: their copy against the course's checks, in a fresh process."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from shutil import copytree, ignore_patterns
from typing import Any

from coursekit.errors import CourseError
from coursekit.grading.clean import clean
from coursekit.grading.execute import execute
from coursekit.grading.score import ExerciseScore, score
from coursekit.notebooks.exercises import read_exercises
from coursekit.notebooks.files import read_notebook
from coursekit.syllabus import Week


@dataclass(frozen=True)
class Target:
    """What to check: a learner's notebook, and the course's own copy where there is one."""

    week: str
    notebook: Path
    reference: Path | None


@dataclass(frozen=True)
class Progress:
    """How far a learner's notebook is."""

    week: str
    notebook: str
    hidden_checks: bool
    exercises: tuple[ExerciseScore, ...]
    remarks: tuple[str, ...]
    seconds: float

    @property
    def points(self) -> float:
        """Points won by checks."""
        return sum(exercise.points for exercise in self.exercises)

    @property
    def max_points(self) -> float:
        """Points that checks can give; what a person marks is apart."""
        return sum(exercise.max_points for exercise in self.exercises if exercise.verdict != "for a person")

    @property
    def complete(self) -> bool:
        """Whether every check passed."""
        return all(exercise.verdict in ("passed", "for a person") for exercise in self.exercises)

    def to_dict(self) -> dict[str, Any]:
        """As plain data for ``--json``."""
        return {
            "week": self.week,
            "notebook": self.notebook,
            "hidden_checks": self.hidden_checks,
            "points": self.points,
            "max_points": self.max_points,
            "complete": self.complete,
            "seconds": round(self.seconds, 2),
            "remarks": list(self.remarks),
            "exercises": [exercise.to_dict() for exercise in self.exercises],
        }


def targets_of_week(week: Week, root: Path) -> list[Target]:
    """The learner's notebooks of a week: the copies in ``release/`` (or in a fetched folder of the week's name).

    Raises
    ------
    CourseError
        Where the learner has no copy of the week.
    """
    folders = [Path.cwd() / week.folder, root / "release" / week.folder]
    folder = next((folder for folder in folders if folder.is_dir()), None)
    if folder is None:
        raise CourseError(f"There is no release/{week.folder} here: {_why_no_release(week)}")
    return [target_of_file(folder / f"{name}.ipynb", week, root) for name in week.notebooks]


def _why_no_release(week: Week) -> str:
    if week.status != "ready":
        return f"week {week.number} is planned and not written yet."
    return f"run `course build {week.number}` first."


def target_of_file(path: Path, week: Week | None, root: Path | None) -> Target:
    """The target for one notebook file; the course's copy is ``source/WEEK/NAME.ipynb`` where it exists."""
    reference = root / "source" / week.folder / path.name if week and root else None
    known = week.folder if week else path.resolve().parent.name
    return Target(known, path, reference if reference and reference.is_file() else None)


def check_notebook(target: Target, on_cell: Callable[[int, int], None] | None = None) -> Progress:
    """Run a learner's notebook against the checks and score it.

    The answers are put into a fresh copy of the course's notebook, so hidden checks count where ``source/`` is there;
    else the checks of the learner's own copy are used. It runs in a copy of the notebook's folder.

    Raises
    ------
    CourseError
        Where the file is no notebook or has no exercises.
    """
    submission = read_notebook(target.notebook)
    reference = read_notebook(target.reference) if target.reference else submission
    if not read_exercises(reference):
        raise CourseError(
            f"{target.notebook} has no exercises to check: is it a lesson, or not a notebook of the course?"
        )
    cleaned = clean(reference, submission)
    with tempfile.TemporaryDirectory(prefix="course-check-") as scratch:
        folder = Path(scratch) / "work"
        copytree(target.notebook.resolve().parent, folder, ignore=ignore_patterns("*.ipynb", ".ipynb_checkpoints"))
        executed = execute(cleaned.notebook, folder, on_cell=on_cell)
    return Progress(
        target.week,
        target.notebook.name,
        target.reference is not None,
        tuple(score(executed.notebook)),
        cleaned.remarks,
        executed.seconds,
    )
