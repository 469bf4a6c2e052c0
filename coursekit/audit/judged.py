"""Right answers score full marks; wrong ones lose just what they claim, with the words that they expect."""

from __future__ import annotations

from collections.abc import Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from coursekit.audit.answers import Answer
from coursekit.audit.material import Material
from coursekit.audit.workbench import Workbench
from coursekit.notebooks.exercises import nbgrader_of

if TYPE_CHECKING:
    from nbformat import NotebookNode

    from coursekit.grading.score import CheckScore

MOST_WORDS = 400


@dataclass
class Judged:
    """One answer, marked.

    Parameters
    ----------
    answer : the file.
    lost : message by grade_id for each check that did not give all its points.
    findings : what contradicts the file's claim, a sentence each.
    """

    answer: Answer
    lost: dict[str, str] = field(default_factory=dict)
    findings: list[str] = field(default_factory=list)


def with_cells(notebook: NotebookNode, cells: dict[str, str]) -> NotebookNode:
    """A copy of a notebook in which other sources stand in the answer cells named."""
    filled = deepcopy(notebook)
    for cell in filled.cells:
        meta = nbgrader_of(cell)
        if meta.get("solution") and meta.get("grade_id") in cells:
            cell.source = cells[meta["grade_id"]]
    return filled


def mark_all(bench: Workbench, cells: dict[str, str], **limits: float) -> dict[str, CheckScore]:
    """Mark the notebooks that have these answer cells, with these sources in them."""
    scores: dict[str, CheckScore] = {}
    for name, reference in bench.references.items():
        if any(nbgrader_of(cell).get("grade_id") in cells for cell in reference.cells):
            scores.update(bench.mark(name, with_cells(reference, cells), **limits))
    return scores


def lost_in(scores: dict[str, CheckScore]) -> dict[str, str]:
    """The message of each check that did not give all its points."""
    return {
        name: score.message or f"it was {score.verdict}"
        for name, score in scores.items()
        if score.points < score.max_points
    }


def judge_right(bench: Workbench, answer: Answer) -> Judged:
    """Mark a right answer: everything must pass, and nothing may look like tampering."""
    scores = mark_all(bench, answer.cells)
    judged = Judged(answer, lost_in(scores))
    for name, message in judged.lost.items():
        judged.findings.append(f"{answer.path.name} is a right answer and fails {name}: {message}")
    for flag in dict.fromkeys(flag for score in scores.values() for flag in score.flags):
        judged.findings.append(f"{answer.path.name} is a right answer and was taken for tampering: {flag}")
    return judged


def rounds(wrong: Sequence[Answer]) -> list[list[Answer]]:
    """Wrong answers in rounds of at most one for each exercise: a round is marked as one submission."""
    queues: dict[str, list[Answer]] = {}
    for answer in wrong:
        queues.setdefault(answer.exercise, []).append(answer)
    longest = max(map(len, queues.values()), default=0)
    return [[queue[place] for queue in queues.values() if place < len(queue)] for place in range(longest)]


def judge_round(bench: Workbench, material: Material, answers: Sequence[Answer]) -> list[Judged]:
    """Mark wrong answers to different exercises together; where that is not as claimed, each of them alone.

    Each loses its own checks, and a check belongs to one exercise, so that together they must lose what they claim
    together. Exercises that build on each other make a difference, which marking them alone clears up.
    """
    together = lost_in(mark_all(bench, {name: source for answer in answers for name, source in answer.cells.items()}))
    judged = [_compared(answer, _of_exercise(material, answer, together)) for answer in answers]
    claimed = {name for answer in answers for name in answer.loses}
    if len(answers) == 1 or (set(together) == claimed and not any(one.findings for one in judged)):
        return [_compared(answers[0], together)] if len(answers) == 1 else judged
    return [_compared(answer, lost_in(mark_all(bench, answer.cells))) for answer in answers]


def _of_exercise(material: Material, answer: Answer, lost: dict[str, str]) -> dict[str, str]:
    own = {check.grade_id for check in material.exercise_of(answer.exercise).checks}
    return {name: message for name, message in lost.items() if name in own}


def _compared(answer: Answer, lost: dict[str, str]) -> Judged:
    """Hold what a wrong answer lost against what its file claims."""
    judged = Judged(answer, lost)
    name, claimed = answer.path.name, set(answer.loses)
    if kept := sorted(claimed - set(lost)):
        judged.findings.append(f"{name} should lose {', '.join(kept)} and passes: the check does not see the mistake.")
    for grade_id in sorted(set(lost) - claimed):
        judged.findings.append(f"{name} also loses {grade_id}, which it does not claim: {lost[grade_id]}")
    messages = " ".join(lost.values())
    for words in answer.says:
        if lost and words.lower() not in messages.lower():
            judged.findings.append(f"{name} expects the words {words!r}, but the learner reads: {messages}")
    for grade_id, message in lost.items():
        if len(message) > MOST_WORDS:
            judged.findings.append(f"{name}: the message of {grade_id} has {len(message)} characters; {MOST_WORDS} do.")
    return judged
