"""``result.json``: what grading one submission gave, for machines and for the next run."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

FILE_NAME = "result.json"
SCHEMA = 1


@dataclass(frozen=True)
class CheckResult:
    """One graded cell. ``hidden``: some of its source is not in the release; ``manual``: a person marks it.

    ``misconceptions``: what the learner may believe, where known wrong answers get the same message.
    """

    grade_id: str
    verdict: str
    points: float
    max_points: float
    message: str = ""
    hidden: bool = False
    manual: bool = False
    misconceptions: tuple[str, ...] = ()


@dataclass(frozen=True)
class ExerciseResult:
    """One exercise and its graded cells."""

    grade_id: str
    number: int
    title: str
    verdict: str
    points: float
    max_points: float
    message: str
    checks: tuple[CheckResult, ...] = ()


@dataclass(frozen=True)
class NotebookResult:
    """One graded notebook; with a ``problem`` it was not graded, and the problem is a sentence for a person.

    Parameters
    ----------
    unanswered : grade_ids of answer cells that are as they were released.
    answers : grade_ids of all answer cells.
    """

    name: str
    problem: str = ""
    remarks: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()
    seconds: float = 0.0
    peak_mib: float = 0.0
    answers: tuple[str, ...] = ()
    unanswered: tuple[str, ...] = ()
    exercises: tuple[ExerciseResult, ...] = ()


@dataclass(frozen=True)
class Fingerprints:
    """What a grade was made of; the same fingerprints, the same grade.

    Parameters
    ----------
    submission : the submitted files but the timestamp.
    reference : what of the instructor's notebooks and files can change a grade.
    coursekit : the grading code.
    checks : each graded code cell, to name what changed.
    """

    submission: str
    reference: str
    coursekit: str
    checks: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Result:
    """What grading one submission gave.

    Parameters
    ----------
    problem : why nothing of it could be graded; empty where something was.
    sealed : whether the submission ran in a sandbox.
    timestamp : when it was handed in (ISO, UTC), if known.
    answer_changed : whether the submission differs from the one graded before.
    """

    week: str
    student: str
    sealed: bool
    fingerprints: Fingerprints
    notebooks: tuple[NotebookResult, ...] = ()
    problem: str = ""
    timestamp: str | None = None
    answer_changed: bool = True
    remarks: tuple[str, ...] = ()

    @property
    def points(self) -> float:
        """Points won by checks."""
        return sum(exercise.points for notebook in self.notebooks for exercise in notebook.exercises)

    @property
    def max_points(self) -> float:
        """Points that checks can give; what a person marks is apart."""
        checks = [c for notebook in self.notebooks for exercise in notebook.exercises for c in exercise.checks]
        return sum(check.max_points for check in checks if not check.manual)

    @property
    def flags(self) -> tuple[str, ...]:
        """Evidence for a person, of all notebooks."""
        return tuple(flag for notebook in self.notebooks for flag in notebook.flags)

    @property
    def all_remarks(self) -> tuple[str, ...]:
        """Remarks on the submission and on its notebooks."""
        return self.remarks + tuple(remark for notebook in self.notebooks for remark in notebook.remarks)

    @property
    def graded(self) -> bool:
        """Whether at least one notebook was graded."""
        return any(not notebook.problem for notebook in self.notebooks)

    def to_dict(self) -> dict[str, Any]:
        """As plain data, the file's content."""
        plain = asdict(self)
        plain["fingerprints"]["checks"] = dict(self.fingerprints.checks)
        return {
            "schema": SCHEMA,
            **plain,
            "points": self.points,
            "max_points": self.max_points,
            "seconds": round(sum(notebook.seconds for notebook in self.notebooks), 3),
            "peak_mib": round(max((notebook.peak_mib for notebook in self.notebooks), default=0.0), 1),
            "flags": list(self.flags),
        }

    def to_json(self) -> str:
        """The file's text."""
        return json.dumps(self.to_dict(), ensure_ascii=False, indent=1) + "\n"


def read_result(folder: Path) -> Result | None:
    """The result in a graded submission's folder; None where there is none that this version can read."""
    try:
        plain = json.loads((folder / FILE_NAME).read_text(encoding="utf-8"))
        return _from_dict(plain) if plain.get("schema") == SCHEMA else None
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return None


def _from_dict(plain: dict[str, Any]) -> Result:
    return Result(
        week=plain["week"],
        student=plain["student"],
        sealed=plain["sealed"],
        fingerprints=Fingerprints(**plain["fingerprints"]),
        notebooks=tuple(_notebook(notebook) for notebook in plain["notebooks"]),
        problem=plain["problem"],
        timestamp=plain["timestamp"],
        answer_changed=plain["answer_changed"],
        remarks=tuple(plain["remarks"]),
    )


def _check(plain: dict[str, Any]) -> CheckResult:
    return CheckResult(**{**plain, "misconceptions": tuple(plain.get("misconceptions", ()))})


def _notebook(plain: dict[str, Any]) -> NotebookResult:
    exercises = tuple(
        ExerciseResult(**{**exercise, "checks": tuple(_check(check) for check in exercise["checks"])})
        for exercise in plain["exercises"]
    )
    sequences = {name: tuple(plain[name]) for name in ("remarks", "flags", "answers", "unanswered")}
    return NotebookResult(**{**plain, **sequences, "exercises": exercises})
