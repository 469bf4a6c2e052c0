"""From an executed notebook to points and messages, one verdict for each graded cell."""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING, Any, Literal

from coursekit.grading.probe.plan import declares_partial_credit
from coursekit.notebooks.exercises import Check, Exercise, nbgrader_of, read_exercises

if TYPE_CHECKING:
    from nbformat import NotebookNode

Verdict = Literal["passed", "failed", "not attempted", "for a person"]

ANSI = re.compile(r"\x1b\[[0-9;]*[A-Za-z]")


@dataclass(frozen=True)
class CheckScore:
    """What one graded cell gave.

    Parameters
    ----------
    grade_id : nbgrader's name of the cell.
    verdict : a check that gave some of its points has failed.
    points, max_points : won, and to be won.
    message : why it failed.
    flags : what a person should look at, a sentence each; the points stand as they are.
    partial : whether the instructor's cell declares partial credit.
    """

    grade_id: str
    verdict: Verdict
    points: float
    max_points: float
    message: str = ""
    flags: tuple[str, ...] = ()
    partial: bool = False


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
    def flags(self) -> tuple[str, ...]:
        """What a person should look at, each sentence once."""
        return tuple(dict.fromkeys(flag for check in self.checks for flag in check.flags))

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
            "flags": list(self.flags),
        }


def score(notebook: NotebookNode) -> list[ExerciseScore]:
    """Score every exercise of an executed notebook.

    A check passes when its cell ran to the end without an error; what it prints or displays does not matter. A cell
    that was never run has not passed. Where a line ``### PARTIAL CREDIT`` stands in the instructor's check, the number
    that it ends with is its points, cut to between 0 and those it can give; nowhere else does a number count.

    The notebook of a submission must be the one that `coursekit.grading.probe.without_probes` returns: without probes
    an error is all that tells a failed check, and the code that is checked runs beside the one that checks.
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
        scored = _score_check(cells[check.grade_id], check)
        if scored.verdict == "failed" and broken and scored.message.startswith("NameError"):
            scored = replace(scored, message=broken)
        checks.append(scored)
    return ExerciseScore(exercise.grade_id, exercise.number, exercise.title, exercise.hints, tuple(checks))


def _score_check(cell: NotebookNode, check: Check) -> CheckScore:
    probe = cell.metadata.get("course_probe", {})
    flags, partial = tuple(probe.get("flags", ())), declares_partial_credit(cell.source)
    verdict, message = _verdict(cell)
    if verdict == "passed" and not probe.get("passed", True):
        verdict, message = "failed", "The result of this check did not arrive, so it counts as failed."
    points = check.points if verdict == "passed" else 0.0
    if partial and verdict == "passed":
        points = _partial_points(cell, check.points)
        if points < check.points:
            verdict, message = "failed", f"This check gave {points:g} of {check.points:g} points."
    return CheckScore(check.grade_id, verdict, points, check.points, message, flags, partial)


def _partial_points(cell: NotebookNode, most: float) -> float:
    """The number that a check ends with, cut to what it can give; 0 where it is none."""
    values = [output.data.get("text/plain") for output in cell.outputs if output.output_type == "execute_result"]
    try:
        points = float(values[-1])
    except (IndexError, TypeError, ValueError):
        return 0.0
    return min(max(points, 0.0), most) if points == points else 0.0


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
