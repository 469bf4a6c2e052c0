"""What an audit found: for each exercise and for the week, numbers, findings and whether the bar is met."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

#: The bar: of a week's mutants that are not equivalent, the share that must be rejected.
WITH_HIDDEN, VISIBLE_ALONE = 0.95, 0.75
#: The same for each exercise: lower, because one survivor of ten is a tenth, but none may hide behind the others.
EXERCISE_WITH_HIDDEN, EXERCISE_VISIBLE_ALONE = 0.8, 0.5
LEAST_RIGHT, LEAST_WRONG = 2, 3


@dataclass(frozen=True)
class Survivor:
    """A mutant that earned full marks, with the reason if it is listed as equivalent."""

    exercise: str
    operator: str
    diff: str
    reason: str = ""


@dataclass
class Mutation:
    """How an exercise's checks, or a week's, did against mutants; equivalents count nowhere.

    Parameters
    ----------
    tried : mutants that are not equivalent.
    rejected, rejected_visibly : of these, by all checks and by the visible ones alone.
    timeouts : of the rejected, those that were stopped because they took too long.
    equivalent : listed with a reason, and left out of the other numbers.
    """

    tried: int = 0
    rejected: int = 0
    rejected_visibly: int = 0
    timeouts: int = 0
    equivalent: int = 0

    @property
    def score(self) -> float | None:
        """Rejected / tried; None where there was nothing to try."""
        return self.rejected / self.tried if self.tried else None

    @property
    def visible_score(self) -> float | None:
        """The same for the visible checks alone."""
        return self.rejected_visibly / self.tried if self.tried else None

    def to_dict(self) -> dict[str, Any]:
        """As plain data."""
        return {
            "mutation_score": _rounded(self.score),
            "visible_mutation_score": _rounded(self.visible_score),
            "mutants": self.tried,
            "rejected": self.rejected,
            "rejected_visibly": self.rejected_visibly,
            "timeouts": self.timeouts,
            "equivalent": self.equivalent,
        }


@dataclass(frozen=True)
class WrongShown:
    """A wrong answer as it was met: its misconception, the points it lost, and what was said."""

    name: str
    misconception: str
    loses: tuple[str, ...]
    message: str


@dataclass
class ExerciseVerdict:
    """What was found about one exercise."""

    grade_id: str
    number: int
    title: str
    points: float
    mutation: Mutation = field(default_factory=Mutation)
    survivors: list[Survivor] = field(default_factory=list)
    right_answers: int = 0
    wrong: list[WrongShown] = field(default_factory=list)
    cheats: int = 0
    cheats_rejected: int = 0
    flaky: bool = False
    findings: list[str] = field(default_factory=list)

    @property
    def ok(self) -> bool:
        """Whether nothing was found that must be mended."""
        return not self.findings

    def to_dict(self) -> dict[str, Any]:
        """As plain data for ``--json``."""
        return {
            "exercise": self.grade_id,
            "number": self.number,
            "title": self.title,
            "points": self.points,
            **self.mutation.to_dict(),
            "right_answers": self.right_answers,
            "wrong_answers": len(self.wrong),
            "cheats": self.cheats,
            "cheats_rejected": self.cheats_rejected,
            "flaky": self.flaky,
            "ok": self.ok,
            "survivors": [vars(survivor) for survivor in self.survivors],
            "findings": self.findings,
        }


@dataclass
class WeekVerdict:
    """What was found about a week.

    Parameters
    ----------
    week : the folder's name.
    title : as the syllabus has it.
    exercises : those that checks mark.
    quick : whether only a sample was tried.
    runs, hash_seeds : how often the instructor's version was run, and with how many seeds of Python's hashing.
    right_answers : how many answer files scored full marks in all that they answer.
    scope : what was tried, in one sentence.
    digest : of all files that the verdict depends on.
    findings : what concerns no single exercise.
    """

    week: str
    title: str
    exercises: list[ExerciseVerdict]
    quick: bool = False
    runs: int = 0
    hash_seeds: int = 0
    right_answers: int = 0
    scope: str = ""
    digest: str = ""
    findings: list[str] = field(default_factory=list)
    messages: dict[str, dict[str, str]] = field(default_factory=dict)

    @property
    def mutation(self) -> Mutation:
        """The sum over the exercises."""
        return total(exercise.mutation for exercise in self.exercises)

    @property
    def all_findings(self) -> list[str]:
        """Everything that must be mended, a sentence each."""
        return [*self.findings, *(sentence for exercise in self.exercises for sentence in exercise.findings)]

    @property
    def flaky(self) -> bool:
        """Whether the instructor's own version passed a check in one run and failed it in another."""
        return any(exercise.flaky for exercise in self.exercises)

    @property
    def ok(self) -> bool:
        """Whether the week is proven."""
        return not self.all_findings

    def to_dict(self) -> dict[str, Any]:
        """As plain data for ``--json``."""
        return {
            "week": self.week,
            "ok": self.ok,
            "quick": self.quick,
            "scope": self.scope,
            **self.mutation.to_dict(),
            "right_answers": self.right_answers,
            "wrong_answers": sum(len(exercise.wrong) for exercise in self.exercises),
            "cheats": sum(exercise.cheats for exercise in self.exercises),
            "cheats_rejected": sum(exercise.cheats_rejected for exercise in self.exercises),
            "runs": self.runs,
            "hash_seeds": self.hash_seeds,
            "flaky": self.flaky,
            "exercises": [exercise.to_dict() for exercise in self.exercises],
            "findings": self.findings,
        }


def total(parts: Iterable[Mutation]) -> Mutation:
    """The sum of several counts."""
    together = Mutation()
    for part in parts:
        for name in vars(together):
            setattr(together, name, getattr(together, name) + getattr(part, name))
    return together


def _rounded(share: float | None) -> float | None:
    return None if share is None else round(share, 4)
