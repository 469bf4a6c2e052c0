"""The places of the instructor's notebook: answers to fill, locked cells, and cells that learners may edit."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from coursekit.grading.clean.names import defined
from coursekit.grading.clean.released import has_regions, released_source
from coursekit.notebooks.exercises import nbgrader_of

if TYPE_CHECKING:
    from nbformat import NotebookNode

Kind = Literal["answer", "locked", "plain"]


@dataclass(frozen=True)
class Slot:
    """One cell of the reference.

    Parameters
    ----------
    place : its index in the notebook.
    kind : ``answer``; ``locked`` (checks and what nbgrader locks); ``plain`` (no metadata: learners may edit it).
    code : whether it is a code cell.
    check : whether running it gives points.
    stub : its source as released.
    full : its source as the instructor has it; to recognise cells by, never to be an answer.
    names : what an answer binds and no other cell of the reference does.
    """

    place: int
    kind: Kind
    code: bool
    check: bool
    grade_id: str
    cell_id: str
    stub: str
    full: str
    names: frozenset[str] = frozenset()

    @property
    def label(self) -> str:
        """What a remark calls it."""
        return self.grade_id or f"number {self.place + 1}"


def slots_of(reference: NotebookNode) -> list[Slot]:
    """A slot for each cell of the reference, in order."""
    instructors = has_regions(reference)
    slots = [_slot(place, cell, instructors) for place, cell in enumerate(reference.cells)]
    bindings = {slot.place: _bindings(slot) for slot in slots if slot.code}
    times = Counter(name for names in bindings.values() for name in names)
    return [
        replace(slot, names=frozenset(name for name in bindings[slot.place] if times[name] == 1))
        if slot.kind == "answer" and slot.code
        else slot
        for slot in slots
    ]


def _slot(place: int, cell: NotebookNode, instructors: bool) -> Slot:
    meta = nbgrader_of(cell)
    answer, graded = bool(meta.get("solution")), bool(meta.get("grade"))
    locked = graded or bool(meta.get("locked")) or bool(meta.get("task")) or cell.cell_type != "code"
    return Slot(
        place=place,
        kind="answer" if answer else "locked" if locked else "plain",
        code=cell.cell_type == "code",
        check=graded and not answer and cell.cell_type == "code",
        grade_id=meta.get("grade_id") or "",
        cell_id=cell.get("id") or "",
        stub=released_source(cell, instructors=instructors),
        full=cell.source,
    )


def _bindings(slot: Slot) -> frozenset[str]:
    """Names by which a code cell is known: those of its stub, or of the whole cell where the stub has none."""
    if slot.kind != "answer":
        return defined(slot.full)
    return defined(slot.stub) or defined(slot.full)
