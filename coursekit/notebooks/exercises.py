"""The exercises of a notebook: which cells answer them, which cells check them, and what they are worth."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from nbformat import NotebookNode

# "## 2 · Every distance at once ●●○ · 20 min · 4 points"
HEADING = re.compile(
    r"^##\s+(?P<number>\d+)\s+·\s+(?P<title>.+?)\s+(?P<difficulty>[●○]{3})\s+·\s+(?P<minutes>\d+)\s*min"
    r"\s+·\s+(?P<points>\d+(?:\.\d+)?)\s+points?\s*$",
    re.MULTILINE,
)
GRADE_ID = re.compile(r"^w(?P<week>\d{2})-(?P<question>q\d{1,2})-(?P<name>[a-z0-9]+(?:-[a-z0-9]+)*)$")


@dataclass(frozen=True)
class Check:
    """One graded cell: a check that is run, or a written answer that a person marks."""

    grade_id: str
    points: float
    manual: bool


@dataclass(frozen=True)
class Exercise:
    """One exercise: its heading, the cells a learner answers in and the cells that give points."""

    grade_id: str
    number: int
    title: str
    difficulty: str
    minutes: int
    stated_points: float | None
    answers: tuple[str, ...]
    checks: tuple[Check, ...]
    hints: int = 0

    @property
    def points(self) -> float:
        """The sum over the exercise's graded cells."""
        return sum(check.points for check in self.checks)

    @property
    def manual(self) -> bool:
        """Whether a person marks it."""
        return bool(self.checks) and all(check.manual for check in self.checks)


@dataclass
class _Draft:
    grade_id: str
    heading: re.Match[str] | None
    hints: int
    answers: list[str] = field(default_factory=list)
    checks: list[Check] = field(default_factory=list)


def nbgrader_of(cell: NotebookNode) -> dict:
    """The nbgrader metadata of a cell; empty for a plain cell."""
    return dict(cell.metadata.get("nbgrader", {}))


def question_of(grade_id: str) -> str:
    """``w01-q2-pairwise-limits`` → ``w01-q2``: what all cells of one exercise share."""
    match = GRADE_ID.match(grade_id)
    return f"w{match['week']}-{match['question']}" if match else grade_id


def read_exercises(notebook: NotebookNode) -> list[Exercise]:
    """All exercises of a graded notebook, in their order.

    An exercise is the run of cells whose grade_ids share ``wNN-qN``; its heading and hints stand in the markdown
    before its first answer cell.
    """
    drafts: dict[str, _Draft] = {}
    heading: re.Match[str] | None = None
    hints = 0
    for cell in notebook.cells:
        meta = nbgrader_of(cell)
        if not meta.get("grade_id"):
            if cell.cell_type == "markdown":
                found = HEADING.search(cell.source)
                heading, hints = (found, 0) if found else (heading, hints)
                hints += cell.source.count("<summary>")
            continue
        if cell.cell_type == "markdown" and (found := HEADING.search(cell.source)):
            heading, hints = found, cell.source.count("<summary>")
        _add(drafts, cell, meta, heading, hints)
    return [_finish(draft, place) for place, draft in enumerate(drafts.values(), start=1) if draft.checks]


def _add(drafts: dict[str, _Draft], cell: NotebookNode, meta: dict, heading: re.Match[str] | None, hints: int) -> None:
    question = question_of(meta["grade_id"])
    draft = drafts.setdefault(question, _Draft(meta["grade_id"], heading, hints))
    if meta.get("solution"):
        draft.answers.append(meta["grade_id"])
    if meta.get("grade"):
        manual = bool(meta.get("solution")) or cell.cell_type == "markdown"
        draft.checks.append(Check(meta["grade_id"], float(meta["points"]), manual))


def _finish(draft: _Draft, place: int) -> Exercise:
    found = draft.heading
    return Exercise(
        grade_id=draft.answers[0] if draft.answers else draft.grade_id,
        number=int(found["number"]) if found else place,
        title=found["title"] if found else draft.grade_id,
        difficulty=found["difficulty"] if found else "",
        minutes=int(found["minutes"]) if found else 0,
        stated_points=float(found["points"]) if found else None,
        answers=tuple(draft.answers),
        checks=tuple(draft.checks),
        hints=draft.hints,
    )
