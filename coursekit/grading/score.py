"""From an executed notebook to points and messages, one verdict for each graded cell."""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, Literal

from coursekit.notebooks.exercises import Exercise, nbgrader_of, read_exercises

if TYPE_CHECKING:
    from nbformat import NotebookNode

Verdict = Literal["passed", "failed", "not attempted", "for a person"]

ANSI = re.compile(r"\x1b\[[0-9;]*[A-Za-z]")


@dataclass(frozen=True)
class CheckScore:
    """What one graded cell gave."""

    grade_id: str
    verdict: Verdict
    points: float
    max_points: float
    message: str = ""


@dataclass(frozen=True)
class ExerciseScore:
    """What one exercise gave."""

    grade_id: str
    number: int
    title: str
    hints: int
    checks: tuple[CheckScore, ...]

    @property
    def points(self) -> float:
        """Points won."""
        return sum(check.points for check in self.checks)

    @property
    def max_points(self) -> float:
        """Points there are."""
        return sum(check.max_points for check in self.checks)

    @property
    def verdict(self) -> Verdict:
        """Passed when all checks passed; not attempted when nothing passed and a stub was reached."""
        verdicts = [check.verdict for check in self.checks]
        if all(verdict == "for a person" for verdict in verdicts):
            return "for a person"
        if all(verdict in ("passed", "for a person") for verdict in verdicts):
            return "passed"
        if "not attempted" in verdicts and "passed" not in verdicts:
            return "not attempted"
        return "failed"

    @property
    def message(self) -> str:
        """The first failed check's sentence."""
        return next((check.message for check in self.checks if check.verdict == "failed"), "")

    def to_dict(self) -> dict[str, Any]:
        """As plain data for ``--json``."""
        return {
            **asdict(self),
            "points": self.points,
            "max_points": self.max_points,
            "verdict": self.verdict,
            "message": self.message,
        }


def score(notebook: NotebookNode) -> list[ExerciseScore]:
    """Score every exercise of an executed notebook.

    A check passes when its cell ran to the end without an error. A cell that was never run has not passed.
    """
    cells = {nbgrader_of(cell)["grade_id"]: cell for cell in notebook.cells if nbgrader_of(cell).get("grade_id")}
    return [_score_exercise(exercise, cells) for exercise in read_exercises(notebook)]


def _score_exercise(exercise: Exercise, cells: dict[str, NotebookNode]) -> ExerciseScore:
    broken = _broken_answer(exercise, cells)
    checks = []
    for check in exercise.checks:
        if check.manual:
            checks.append(CheckScore(check.grade_id, "for a person", 0.0, check.points))
            continue
        verdict, message = _verdict(cells[check.grade_id])
        if verdict == "failed" and broken and message.startswith("NameError"):
            message = broken
        checks.append(
            CheckScore(check.grade_id, verdict, check.points if verdict == "passed" else 0.0, check.points, message)
        )
    return ExerciseScore(exercise.grade_id, exercise.number, exercise.title, exercise.hints, tuple(checks))


def _broken_answer(exercise: Exercise, cells: dict[str, NotebookNode]) -> str:
    """Where the answer cell itself could not be run, say so: the check's NameError would mislead."""
    for grade_id in exercise.answers:
        error = _error(cells[grade_id]) if cells[grade_id].cell_type == "code" else None
        if error:
            return f"Your answer cell could not be run: {error[0]}: {error[1]}"
    return ""


def _verdict(cell: NotebookNode) -> tuple[Verdict, str]:
    error = _error(cell)
    if error is None:
        if cell.get("execution_count") is None:
            return "failed", "This check was not run."
        return "passed", ""
    name, value = error
    if name == "NotImplementedError":
        return "not attempted", ""
    if name == "KeyboardInterrupt":
        return "failed", "The cell ran longer than allowed and was stopped: is there a loop that never ends?"
    if name in ("CheckFailed", "AssertionError", "DeadKernel"):
        return "failed", value or "A check failed without saying why."
    return "failed", f"{name}: {value}" if value else name


def _error(cell: NotebookNode) -> tuple[str, str] | None:
    for output in cell.get("outputs", []):
        if output.output_type == "error":
            return output.ename, ANSI.sub("", output.evalue).strip()
    return None
