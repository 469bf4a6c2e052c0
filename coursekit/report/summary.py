"""How a class did, exercise by exercise: who got what, which known mistakes were made and what else went wrong."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from coursekit.grading.pipeline import ExerciseLine, Graded


@dataclass(frozen=True)
class Fallen:
    """A misconception, or several of which it is one, and the learners whose failed check says so."""

    misconceptions: tuple[str, ...]
    learners: tuple[str, ...]

    @property
    def text(self) -> str:
        """In words: the misconception, or *one of* several."""
        return self.misconceptions[0] if len(self.misconceptions) == 1 else f"one of: {'; '.join(self.misconceptions)}"


@dataclass(frozen=True)
class ExerciseSummary:
    """One exercise over the class.

    Parameters
    ----------
    learners : how many were graded; they divide into ``full`` marks, ``part``, ``nothing`` and ``not_attempted``.
    full_marks : the share with full marks.
    commonest, times : the message that the most got, and how many did.
    fell : the misconceptions, the commonest first. Who shows two is in both.
    unnamed, unnamed_message : how many lost points for a reason that no known mistake explains, and what the most of
        these were told.
    """

    number: int
    title: str
    learners: int
    full_marks: float
    commonest: str
    times: int
    full: int = 0
    part: int = 0
    nothing: int = 0
    not_attempted: int = 0
    fell: tuple[Fallen, ...] = ()
    unnamed: int = 0
    unnamed_message: str = ""


def summaries(graded: Graded) -> list[ExerciseSummary]:
    """Each exercise that is checked, over the learners whose submission was graded."""
    by_exercise: dict[tuple[int, str], list[tuple[str, ExerciseLine]]] = {}
    for row in graded.rows:
        for line in row.exercises:
            if line.verdict != "for a person":
                by_exercise.setdefault((line.number, line.title), []).append((row.student, line))
    return [_summary(number, title, lines) for (number, title), lines in sorted(by_exercise.items())]


def _summary(number: int, title: str, lines: list[tuple[str, ExerciseLine]]) -> ExerciseSummary:
    message, times = _commonest(line.message for _, line in lines)
    kinds = Counter(_kind(line) for _, line in lines)
    unnamed = [line for _, line in lines if line.verdict == "failed" and not line.misconceptions]
    return ExerciseSummary(
        number,
        title,
        len(lines),
        kinds["full"] / len(lines),
        message,
        times,
        kinds["full"],
        kinds["part"],
        kinds["nothing"],
        kinds["not attempted"],
        _fell(lines),
        len(unnamed),
        _commonest(line.message for line in unnamed)[0],
    )


def _kind(line: ExerciseLine) -> str:
    if line.points >= line.max_points:
        return "full"
    if line.points > 0:
        return "part"
    return "not attempted" if line.verdict == "not attempted" else "nothing"


def _fell(lines: list[tuple[str, ExerciseLine]]) -> tuple[Fallen, ...]:
    who: dict[tuple[str, ...], list[str]] = {}
    for student, line in lines:
        for misconceptions in line.misconceptions:
            who.setdefault(misconceptions, []).append(student)
    fallen = [Fallen(misconceptions, tuple(students)) for misconceptions, students in who.items()]
    return tuple(sorted(fallen, key=lambda one: (-len(one.learners), one.misconceptions)))


def _commonest(messages: Iterable[str]) -> tuple[str, int]:
    counted = Counter(message for message in messages if message).most_common(1)
    return counted[0] if counted else ("", 0)
