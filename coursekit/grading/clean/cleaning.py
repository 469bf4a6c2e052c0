"""The fresh copy: the reference with the learner's answers in it, and remarks on what a person should see."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from coursekit.grading.clean.likeness import lines_of
from coursekit.grading.clean.matching import Matched, Matcher, is_header_line
from coursekit.grading.clean.names import bound, is_python
from coursekit.grading.clean.pieces import Piece, pieces_of
from coursekit.grading.clean.placing import places_of_extras
from coursekit.grading.clean.reading import Unreadable, read_document
from coursekit.grading.clean.slots import Slot, slots_of
from coursekit.grading.clean.unmerge import unmerge

if TYPE_CHECKING:
    from nbformat import NotebookNode

MOST_CELLS = 2_000  # no person wrote more, and matching them all would hold up the class
_FENCE = "```"


@dataclass(frozen=True)
class Cleaned:
    """A notebook fit to be run, and remarks on what of the submission could not be matched."""

    notebook: NotebookNode
    remarks: tuple[str, ...] = ()


def clean(reference: NotebookNode, submission: Any) -> Cleaned:
    """Put a submission's answers into a fresh copy of the reference.

    Parameters
    ----------
    reference : the instructor's notebook (with hidden checks) or, without it, the released one; it is not changed.
    submission : the learner's notebook, a NotebookNode or a plain mapping in whatever state; it is not changed.

    Returns
    -------
    Cleaned
        The reference with answers from the submission, stubs where there is none, and the learner's own cells in
        their place. No line of the instructor's solution is in it unless the learner wrote it.
    """
    slots = slots_of(reference)
    cells = pieces_of(submission)
    pieces = unmerge(cells[:MOST_CELLS], slots)
    matched = Matcher(slots, pieces).match()
    if len(cells) > MOST_CELLS:
        matched.remarks.append(f"The submission has {len(cells)} cells: those after number {MOST_CELLS} were left out.")
    extras = places_of_extras(slots, pieces, matched)
    builder = _Builder(reference)
    for source in extras.get(-1, ()):
        builder.add_extra(source)
    for slot, cell in zip(slots, reference.cells, strict=True):
        builder.add(cell, _answer_source(slot, slots, matched) if slot.kind == "answer" else cell.source)
        for piece in extras.get(slot.place, ()):
            builder.add_extra(piece)
    return Cleaned(builder.notebook(), tuple(_remarks(slots, matched)))


def clean_file(reference: NotebookNode, path: Path) -> Cleaned:
    """Put the answers of a submitted file into a fresh copy of the reference; never fails because of the file.

    Parameters
    ----------
    reference : as for `clean`.
    path : the file that was handed in: any encoding and nbformat version, damaged or no notebook at all.

    Returns
    -------
    Cleaned
        All stubs, and one remark that says why, where the file cannot be read.
    """
    try:
        document, remarks = read_document(path)
    except Unreadable as reason:
        sentence = f"{path.name} could not be read as a notebook, because {reason}: no answer was found in it."
        return Cleaned(clean(reference, {}).notebook, (sentence,))
    cleaned = clean(reference, document)
    return Cleaned(cleaned.notebook, remarks + cleaned.remarks)


class _Builder:
    """Collects the cells of the fresh copy."""

    def __init__(self, reference: NotebookNode) -> None:
        self._reference = reference
        self._taken = {cell.get("id") for cell in reference.cells}
        self._cells: list[NotebookNode] = []
        self._extras = 0

    def add(self, cell: NotebookNode, source: str) -> None:
        """A cell of the reference, without outputs."""
        fresh = deepcopy(cell)
        fresh.source = source
        if fresh.cell_type == "code":
            fresh.outputs, fresh.execution_count = [], None
        self._cells.append(fresh)

    def add_extra(self, piece: Piece) -> None:
        """A cell of the learner's, of which only type and source are left."""
        from nbformat import v4

        make = {"code": v4.new_code_cell, "text": v4.new_markdown_cell, "raw": v4.new_raw_cell}[piece.kind]
        cell = make(piece.source)
        cell.pop("id", None)
        if self._taken - {None} or not self._reference.cells:
            cell["id"] = self._next_id()
        self._cells.append(cell)

    def notebook(self) -> NotebookNode:
        """The fresh copy, with the reference's metadata."""
        from nbformat import from_dict

        copied = from_dict({key: deepcopy(value) for key, value in self._reference.items() if key != "cells"})
        copied["cells"] = self._cells
        return copied

    def _next_id(self) -> str:
        """The same id every time, so that grading a submission twice gives the same file."""
        while True:
            self._extras += 1
            if (name := f"learner-{self._extras}") not in self._taken:
                return name


def _answer_source(slot: Slot, slots: Sequence[Slot], matched: Matched) -> str:
    piece = matched.answers.get(slot.place)
    if piece is None:
        return slot.stub
    if not slot.code:
        return piece.source
    source = _without_stub(_unfenced(piece.source), slot)
    return source if is_python(source) else _without_known_lines(source, slot, slots)


def _unfenced(source: str) -> str:
    """Code that a learner's editor turned into a Markdown code block."""
    lines = source.strip().split("\n")
    fenced = len(lines) > 2 and lines[0].startswith(_FENCE) and lines[-1].strip() == _FENCE
    return "\n".join(lines[1:-1]) if fenced else source


def _without_stub(source: str, slot: Slot) -> str:
    """An answer without the untouched stub that still stands in its cell, and would undo it."""
    if slot.stub.strip("\n") not in source:
        return source
    rest = source.replace(slot.stub.strip("\n"), "").strip("\n")
    return rest if is_python(rest) and slot.names and slot.names <= bound(rest) else source


def _without_known_lines(source: str, slot: Slot, slots: Sequence[Slot]) -> str:
    """An answer that is no Python because text of the instructor's was merged into it, without that text's lines."""
    known = {line for other in slots if other.kind != "answer" for line in lines_of(other.stub)}
    lines = source.split("\n")
    kept = "\n".join(line for line in lines if line.strip() not in known and not is_header_line(line.strip()))
    return kept if is_python(kept) and slot.names & bound(kept) else source


def _remarks(slots: Sequence[Slot], matched: Matched) -> Iterator[str]:
    """One sentence for each thing that a person should see."""
    answers = [slot for slot in slots if slot.kind == "answer"]
    missing = [slot for slot in answers if slot.place not in matched.answers]
    for slot in missing:
        yield f"The answer cell {slot.label} is not in the submission: it counts as not attempted."
    for slot in answers:
        if slot not in missing and not matched.answers[slot.place].source.strip():
            yield f"The answer cell {slot.label} is empty."
    if matched.by_content:
        labels = ", ".join(slots[place].label for place in sorted(matched.by_content))
        yield f"Found by content, because the cells have lost their ids: {labels}."
    yield from dict.fromkeys(matched.remarks)
    yield from _remarks_on_extras(slots, matched, missing)


def _remarks_on_extras(slots: Sequence[Slot], matched: Matched, missing: Sequence[Slot]) -> Iterator[str]:
    """Cells that may hold what is missing, and code that was never run because its cell is no code cell."""
    names = {name for slot in slots for name in slot.names}
    for piece in matched.extras:
        first = next(iter(lines_of(piece.source)), "")[:60]
        if piece.kind != "code" and names & bound(piece.source):
            yield f"A {piece.kind} cell that begins with {first!r} looks like an answer: it is kept but not run."
        elif missing and piece.kind == "code":
            yield f"The cell that begins with {first!r} could not be matched with an answer: it runs in its place."
