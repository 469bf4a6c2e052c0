"""Cells that were split are joined, and cells that were merged are cut: one piece for one place of the reference."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from itertools import pairwise

from coursekit.grading.clean.likeness import first_words, is_attempted, same, share_of_stub
from coursekit.grading.clean.names import bound, bound_by, is_python, parsed, used
from coursekit.grading.clean.pieces import Piece
from coursekit.grading.clean.slots import Slot

_CODE_LINE = re.compile(r"@|(?:import|from|def|class|async)\s|\w+\s*(?:=|:)")
_LEAST_FRAGMENT = 40  # characters and two lines: shorter text may well be the learner's own
_MOST_TRIES = 50
Fragment = tuple[tuple[str, ...], int]


def unmerge(pieces: list[Piece], slots: list[Slot]) -> list[Piece]:
    """Cut known text out of every cell, then cells that answer several exercises into their answers."""
    pieces = [piece for piece in _mended(pieces) if piece.source.strip()]
    known = _Fragments(slots)
    parts: list[Piece] = []
    for piece in pieces:
        parts.extend(known.cut(piece))
    return _cut_by_exercise(parts, slots)


def _mended(pieces: list[Piece]) -> list[Piece]:
    """Join a cell that was split in mid-function with its other half, where only both together are Python."""
    result: list[Piece] = []
    for piece in pieces:
        before = result[-1] if result else None
        if before and _continues(before, piece):
            result[-1] = replace(before, source=f"{before.source}\n{piece.source}")
        else:
            result.append(piece)
    return result


def _continues(before: Piece, piece: Piece) -> bool:
    if piece.grade_id not in ("", before.grade_id) or not piece.source[:1].isspace() or not before.source.strip():
        return False
    return not is_python(piece.source) and is_python(f"{before.source}\n{piece.source}") and bool(bound(before.source))


class _Fragments:
    """Text of the reference that is no answer, found again line by line in a submission."""

    def __init__(self, slots: list[Slot]) -> None:
        self._exact = [(source, slot.place) for slot in slots if slot.kind != "answer" for source in _versions(slot)]
        self._by_first_line: dict[str, list[Fragment]] = defaultdict(list)
        for source, place in self._exact:
            lines = _lines(source)
            if len(lines) > 1 and len(source) >= _LEAST_FRAGMENT:
                self._by_first_line[lines[0]].append((lines, place))
        for fragments in self._by_first_line.values():
            fragments.sort(key=lambda fragment: -len(fragment[0]))

    def cut(self, piece: Piece) -> list[Piece]:
        """The copies of known text in a piece, each with its place, and what stands between them."""
        for source, place in self._exact:
            if same(source, piece.source):
                return [replace(piece, place=place)]
        parts: list[Piece] = []
        for text, place in self._split(_lines(piece.source)):
            if place is not None or text.strip():
                order = (piece.order[0], len(parts))
                parts.append(replace(piece, order=order, source=text.strip("\n"), place=place))
        if len(parts) > 1:
            parts = [replace(part, remainder=part.place is None) for part in parts]
        return parts

    def _split(self, lines: tuple[str, ...]) -> Iterable[tuple[str, int | None]]:
        start = position = 0
        while position < len(lines):
            found = self._at(lines, position)
            if found is None:
                position += 1
                continue
            yield "\n".join(lines[start:position]), None
            yield "\n".join(found[0]), found[1]
            start = position = position + len(found[0])
        yield "\n".join(lines[start:]), None

    def _at(self, lines: tuple[str, ...], position: int) -> Fragment | None:
        for fragment in self._by_first_line.get(lines[position], ()):
            if lines[position : position + len(fragment[0])] == fragment[0]:
                return fragment
        return None


def _versions(slot: Slot) -> set[str]:
    return {source for source in (slot.stub, slot.full) if source.strip()}


def _lines(source: str) -> tuple[str, ...]:
    return tuple(line.rstrip() for line in source.strip("\n").split("\n"))


def _cut_by_exercise(pieces: list[Piece], slots: list[Slot]) -> list[Piece]:
    """Cut pieces that answer several exercises, and join what was one answer before known text was cut out of it."""
    answers = [slot for slot in slots if slot.kind == "answer"]
    dedicated = _dedicated(pieces, answers)
    cells: dict[int, list[Piece]] = defaultdict(list)
    for piece in pieces:
        chunks = [piece] if piece.place is not None else _chunks(piece, answers, dedicated)
        cells[piece.order[0]].extend(chunks)
    result: list[Piece] = []
    for chunks in cells.values():
        joined = _joined(chunks, answers)
        result.extend(replace(chunk, order=(chunk.order[0], rank)) for rank, chunk in enumerate(joined))
    return result


def _dedicated(pieces: list[Piece], answers: list[Slot]) -> dict[int, set[int]]:
    """For each answer the cells that attempt it and no other."""
    cells: dict[int, set[int]] = defaultdict(set)
    for piece in pieces:
        served = [slot for slot in answers if slot.names & bound(piece.source)] if piece.place is None else []
        if len(served) == 1 and is_attempted(served[0].stub, piece.source):
            cells[served[0].place].add(piece.order[0])
    return cells


def _chunks(piece: Piece, answers: list[Slot], dedicated: dict[int, set[int]]) -> list[Piece]:
    served = [slot for slot in answers if slot.names & bound(piece.source)]
    own = [slot for slot in served if slot.grade_id == piece.grade_id]
    wanted = [slot for slot in served if slot in own or not dedicated[slot.place] - {piece.order[0]}]
    written = [slot for slot in answers if not slot.code and first_words(slot.stub, piece.source) is not None]
    if written and (served or piece.kind == "code"):
        sources = _cut_prose(piece.source, written, served)
    elif len(wanted) > 1:
        sources = _cut_statements(piece.source, wanted) or _cut_lines(piece.source, wanted)
    else:
        return [piece]
    return [replace(piece, source=source.strip("\n"), remainder=True) for source in sources if source.strip()]


def _cut_prose(source: str, written: list[Slot], coded: list[Slot]) -> list[str]:
    """Cut written answers out of code: each begins with its first words and ends where the rest is Python."""
    lines = source.split("\n")
    edges = {0, len(lines)}
    for slot in written:
        start = first_words(slot.stub, source) or 0
        edges |= {start, _code_after(lines, start)}
    parts = ["\n".join(lines[start:end]) for start, end in pairwise(sorted(edges))]
    result = []
    for part in parts:
        served = [slot for slot in coded if slot.names & bound(part)]
        result.extend((_cut_statements(part, served) if len(served) > 1 else []) or [part])
    return result


def _code_after(lines: list[str], start: int) -> int:
    """The first line after a text from where on everything is Python and defines something."""
    starts = [number for number in range(start + 1, len(lines)) if _CODE_LINE.match(lines[number])]
    for number in starts[:_MOST_TRIES]:
        rest = "\n".join(lines[number:])
        if is_python(rest) and bound(rest):
            return number
    return len(lines)


def _cut_statements(source: str, served: list[Slot]) -> list[str]:
    """Cut Python between statements; a helper goes with the answer that uses it, else with the one before it."""
    tree = parsed(source)
    if tree is None:
        return []
    lines = source.split("\n")
    ends = [statement.end_lineno or 0 for statement in tree.body]
    starts = [0, *ends[:-1]]
    texts = ["\n".join(lines[start:end]) for start, end in zip(starts, [*ends[:-1], len(lines)], strict=True)]
    owners = [_first_of(served, bound_by(statement)) for statement in tree.body]
    for rank in range(len(owners) - 1, -1, -1):  # backwards, so that a helper's helper follows it
        if owners[rank] is None:
            owners[rank] = _user(bound_by(tree.body[rank]), texts[rank + 1 :], owners[rank + 1 :])
    return _grouped(texts, owners)


def _user(names: set[str], texts: list[str], owners: list[Slot | None]) -> Slot | None:
    return next((owner for text, owner in zip(texts, owners, strict=True) if owner and names & used(text)), None)


def _first_of(served: list[Slot], names: set[str]) -> Slot | None:
    return next((slot for slot in served if slot.names & names), None)


def _grouped(texts: list[str], owners: list[Slot | None]) -> list[str]:
    groups: list[tuple[Slot | None, list[str]]] = []
    for text, owner in zip(texts, owners, strict=True):
        if groups and (owner is None or groups[-1][0] in (None, owner)):
            groups[-1] = (owner or groups[-1][0], [*groups[-1][1], text])
        else:
            groups.append((owner, [text]))
    return ["\n".join(group) for _, group in groups]


def _cut_lines(source: str, served: list[Slot]) -> list[str]:
    """Cut what is no Python before the first line that defines a name of each answer."""
    lines = source.split("\n")
    cuts = []
    for slot in served:
        names = "|".join(map(re.escape, sorted(slot.names)))
        pattern = re.compile(rf"(?:(?:async\s+)?def\s+|class\s+)?(?:{names})\b")
        cuts.append(next((number for number, line in enumerate(lines) if pattern.match(line)), 0))
    edges = [0, *(_with_decorators(lines, cut) for cut in sorted(cuts)[1:]), len(lines)]
    return ["\n".join(lines[start:end]) for start, end in pairwise(edges)]


def _with_decorators(lines: list[str], cut: int) -> int:
    while cut and lines[cut - 1].startswith(("@", "import ", "from ")):
        cut -= 1
    return cut


def _joined(chunks: list[Piece], answers: list[Slot]) -> list[Piece]:
    """Join the chunks of one cell that belong to one answer; known text between them is passed over."""
    owners = [_owner(chunk, answers) for chunk in chunks]
    free = [chunk for chunk in chunks if chunk.place is None]
    if len({owner.place for owner in owners if owner}) != 1:
        return chunks
    if any(owner and not owner.code for owner in owners) and any(map(_is_program, free)):
        return chunks
    whole = replace(free[0], source="\n\n".join(chunk.source for chunk in free))
    return [chunk for chunk in chunks if chunk.place is not None and chunk.order < whole.order] + [
        whole,
        *(chunk for chunk in chunks if chunk.place is not None and chunk.order >= whole.order),
    ]


def _is_program(chunk: Piece) -> bool:
    return is_python(chunk.source) and bool(bound(chunk.source))


def _owner(chunk: Piece, answers: list[Slot]) -> Slot | None:
    """The answer that a chunk belongs to by its names, its words, or (an answer's own cell) its id."""
    if chunk.place is not None:
        return None
    by_name = next((slot for slot in answers if slot.names & bound(chunk.source)), None)
    by_words = next((slot for slot in answers if share_of_stub(slot.stub, chunk.source) >= 0.5), None)
    by_id = next((slot for slot in answers if slot.grade_id == chunk.grade_id), None)
    return by_name or by_words or by_id
