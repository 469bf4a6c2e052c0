"""Which cell of a submission answers what: by id, by the names it defines, by likeness, by place."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cache

from coursekit.grading.clean.likeness import is_attempted, likeness, lines_of, same, share_of_stub
from coursekit.grading.clean.names import bound, is_python
from coursekit.grading.clean.pieces import Piece
from coursekit.grading.clean.slots import Slot
from coursekit.notebooks.header import Address, setup_source

_ALIKE = 0.6  # a copy of a locked cell that somebody edited
_UNLIKE = 0.3  # under a locked cell's id, yet another text: the learner's own
_HEADER_STARTS = ('%pip install --quiet "coursekit @ git+', "[![Open in Colab](https://colab.research.google.com/")
_ENDS = (-1, 1 << 30)


@dataclass
class Matched:
    """What a submission's pieces were taken for.

    Parameters
    ----------
    answers : the chosen piece for each answer's place.
    extras : the learner's own cells, in order; one whose ``place`` is set follows that cell of the reference.
    by_content : places of answers that were found without their id.
    """

    answers: dict[int, Piece] = field(default_factory=dict)
    extras: list[Piece] = field(default_factory=list)
    by_content: list[int] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)


class Matcher:
    """Matches the pieces of one submission with the slots of its reference."""

    def __init__(self, slots: Sequence[Slot], pieces: Sequence[Piece]) -> None:
        self.slots = slots
        self.pieces = pieces
        self.answers = [slot for slot in slots if slot.kind == "answer"]
        self.by_id = {key: slot for slot in slots for key in (slot.cell_id, slot.grade_id) if key}
        self.found = Matched()

    def match(self) -> Matched:
        """Settle what every piece is."""
        free = [piece for piece in self.pieces if piece.place is None and not is_header(piece)]
        free = [piece for piece in free if not self._is_locked_copy(piece)]
        self.neighbours = Neighbours(self.slots, self.pieces)
        for slot in sorted(self.answers, key=lambda slot: not slot.names):  # names are the surest sign: first
            free = self._answer(slot, free)
        for slot in self.answers:
            free = self._answer_by_place(slot, free)
        self.found.extras = sorted(free, key=lambda piece: piece.order)
        return self.found

    def own_slot(self, piece: Piece) -> Slot | None:
        """The slot whose id a piece carries."""
        return self.by_id.get(piece.grade_id) or (None if piece.grade_id else self.by_id.get(piece.cell_id))

    def _answer(self, slot: Slot, free: list[Piece]) -> list[Piece]:
        candidates = [piece for piece in free if self._may_answer(slot, piece)]
        if not candidates:
            return free
        chosen = max(candidates, key=lambda piece: self._rank(slot, piece))
        self._choose(slot, chosen)
        dropped = [chosen]
        for piece in candidates:
            if piece is not chosen and self._is_spare(slot, piece, chosen):
                dropped.append(piece)
        return [piece for piece in free if piece not in dropped]

    def _choose(self, slot: Slot, piece: Piece) -> None:
        piece.place = slot.place
        self.found.answers[slot.place] = piece
        if self.own_slot(piece) is not slot:
            self.found.by_content.append(slot.place)

    def _is_spare(self, slot: Slot, piece: Piece, chosen: Piece) -> bool:
        """Whether another candidate adds nothing; if it adds something, it runs in its place."""
        twice = f"The answer cell {slot.label} stands twice in the submission"
        if not is_attempted(slot.stub, piece.source):
            if piece.source.strip():
                self.found.remarks.append(f"{twice}: an untouched copy of it does not count.")
            return True
        if same(piece.source, chosen.source):
            self.found.remarks.append(f"{twice} with the same text: it runs once.")
            return True
        if not slot.code:
            chosen.source = f"{chosen.source}\n\n{piece.source}"
            self.found.remarks.append(f"{twice}: the two texts were put together.")
            return True
        names = bound(piece.source)
        if not self._answers_others(slot, names) and (names & bound(chosen.source) & slot.names or not slot.names):
            self.found.remarks.append(
                f"{twice}: the first one in its place counts, and the other runs where it stands."
            )
        elif self.own_slot(piece) is slot and slot.code and not names & slot.names and is_python(piece.source):
            piece.kind = "code"  # the half of an answer that was split and retyped
        return False

    def _may_answer(self, slot: Slot, piece: Piece) -> bool:
        own, names = self.own_slot(piece), bound(piece.source)
        if piece.place is not None:
            return False
        if own is slot:
            return not slot.names or bool(slot.names & names) or not self._answers_others(slot, names)
        if own in self.answers and (names & own.names or not own.names):
            return False
        if slot.names & names:
            return True
        likely = own not in self.answers and share_of_stub(slot.stub, piece.source) >= 0.5
        return likely and not self._answers_others(slot, names)

    def _answers_others(self, slot: Slot, names: frozenset[str]) -> bool:
        return any(other.names & names for other in self.answers if other is not slot)

    def _rank(self, slot: Slot, piece: Piece) -> tuple[float, ...]:
        names = bound(piece.source)
        share = len(names & slot.names) / len(slot.names) if slot.names else 0.0
        own = self.own_slot(piece) is slot
        words = share_of_stub(slot.stub, piece.source)
        right_kind = (piece.kind == "code") == slot.code
        return (
            is_attempted(slot.stub, piece.source),
            share > 0 if slot.names else own or words > 0,
            own,
            not self._answers_others(slot, names),
            right_kind,
            self.neighbours.in_place(piece, slot),
            share,
            words,
            -piece.order[0],
            -piece.order[1],
        )

    def _is_locked_copy(self, piece: Piece) -> bool:
        """Settle copies of what learners do not answer: an edited check or text is the instructor's all the same."""
        own = self.own_slot(piece)
        if piece.remainder or own in self.answers or any(_holds(slot, piece) for slot in self.answers):
            return False
        slot = own or self._most_alike(piece)
        if slot is None:
            return False
        if slot.kind == "plain":
            piece.place = slot.place
            return not set(lines_of(piece.source)) - set(lines_of(slot.full))
        if own and max(likeness(source, piece.source, code=slot.code) for source in (slot.stub, slot.full)) < _UNLIKE:
            if bound(piece.source):
                self.found.remarks.append(f"Cell {slot.label} holds other code: the instructor's runs, then this code.")
            return not bound(piece.source)
        piece.place = slot.place
        if own is None and slot.check:
            self.found.remarks.append(f"A changed copy of the check {slot.label} is in the submission: it is not run.")
        return True

    def _most_alike(self, piece: Piece) -> Slot | None:
        others = [slot for slot in self.slots if slot.kind != "answer" and slot.code == (piece.kind == "code")]
        scored = [(likeness(slot.stub, piece.source, code=slot.code), -slot.place, slot) for slot in others]
        best = max(scored, key=lambda entry: entry[:2], default=None)
        return best[2] if best and best[0] >= _ALIKE else None

    def _answer_by_place(self, slot: Slot, free: list[Piece]) -> list[Piece]:
        """Take what stands where the answer should be, if nothing says better; prose may stand in several cells."""
        chosen = self.found.answers.get(slot.place)
        if slot.code:
            if chosen or slot.names:
                return free
            here = [piece for piece in free if _is_code(piece) and self.neighbours.in_place(piece, slot)][:1]
        else:
            here = self._prose_of(slot, chosen, free)
        if not here:
            return free
        parts = [chosen, *here] if chosen and is_attempted(slot.stub, chosen.source) else here
        first = chosen or here[0]
        if chosen or len(parts) > 1:
            self.found.remarks.append(f"The answer {slot.label} was put together from the cells that stand there.")
        self._choose(slot, replace(first, source="\n\n".join(part.source for part in parts)))
        for piece in here:
            piece.place = slot.place
        return [piece for piece in free if piece not in here]

    def _prose_of(self, slot: Slot, chosen: Piece | None, free: list[Piece]) -> list[Piece]:
        prose = [piece for piece in free if _is_prose(piece) and self.neighbours.in_place(piece, slot)]
        if chosen and is_attempted(slot.stub, chosen.source):
            return [piece for piece in prose if self.neighbours.follows(piece, chosen)]
        return prose or self._only_prose_left(slot, free)

    def _only_prose_left(self, slot: Slot, free: list[Piece]) -> list[Piece]:
        """By elimination: one written answer is missing and one text belongs nowhere."""
        missing = [other for other in self.answers if not other.code and other.place not in self.found.answers]
        prose = [piece for piece in free if _is_prose(piece)]
        return prose if missing == [slot] and len(prose) == 1 else []


class Neighbours:
    """Where pieces stand between the locked cells that a submission still holds."""

    def __init__(self, slots: Sequence[Slot], pieces: Sequence[Piece]) -> None:
        self._slots = slots
        self._settled = [piece for piece in pieces if piece.place is not None]
        orders = [piece.order for piece in self._settled]
        self._backbone = [self._settled[rank] for rank in longest_rising([piece.place or 0 for piece in self._settled])]
        self._orders = orders

    def in_place(self, piece: Piece, slot: Slot) -> bool:
        """Whether a piece stands where a slot is: within the order of locked cells, or right beside its neighbour."""
        below, above = around([(anchor.order, anchor.place or 0) for anchor in self._backbone], piece.order)
        if below < slot.place < above and (below, above) != _ENDS:
            return not self._answers_between(slot, below, above)
        at = bisect_left(self._orders, piece.order)
        before = self._settled[at - 1].place if at else None
        after = self._settled[at].place if at < len(self._settled) else None
        return before == slot.place - 1 or after == slot.place + 1

    def follows(self, piece: Piece, chosen: Piece) -> bool:
        """Whether a piece stands after the chosen one with nothing of the reference between."""
        return piece.order > chosen.order and bisect_left(self._orders, piece.order) == bisect_left(
            self._orders, chosen.order
        )

    def _answers_between(self, slot: Slot, below: int, above: int) -> bool:
        """Whether another answer of the same kind has its place in the same gap: then the gap says nothing."""
        gap = self._slots[max(below, 0) : min(above, len(self._slots))]
        return any(other.kind == "answer" and other.code == slot.code and other is not slot for other in gap)


def around(anchors: Sequence[tuple[tuple[int, int], int]], order: tuple[int, int]) -> tuple[int, int]:
    """The places of the anchors before and after a rank in the submission."""
    at = bisect_left(anchors, order, key=lambda anchor: anchor[0])
    below = anchors[at - 1][1] if at else _ENDS[0]
    return below, anchors[at][1] if at < len(anchors) else _ENDS[1]


def longest_rising(values: Sequence[int]) -> list[int]:
    """Positions of a longest strictly rising subsequence: the cells that are still in order."""
    tails: list[int] = []
    tops: list[int] = []
    before: list[int | None] = []
    for position, value in enumerate(values):
        at = bisect_left(tops, value)
        before.append(tails[at - 1] if at else None)
        tops[at:], tails[at:] = (
            ([value], [position]) if at == len(tops) else ([value, *tops[at + 1 :]], [position, *tails[at + 1 :]])
        )
    chain: list[int] = []
    last = tails[-1] if tails else None
    while last is not None:
        chain.append(last)
        last = before[last]
    return chain[::-1]


def _holds(slot: Slot, piece: Piece) -> bool:
    """Whether a piece shows an answer by the names that it binds or by the first words of a written one."""
    if slot.code:
        return bool(slot.names & bound(piece.source))
    return share_of_stub(slot.stub, piece.source) >= 0.5


def is_header(piece: Piece) -> bool:
    """The top that the release build adds: badges and the set-up cell, unless the learner wrote into it."""
    lines = lines_of(piece.source)
    return bool(lines) and all(map(is_header_line, lines))


def is_header_line(line: str) -> bool:
    """Whether a line may come from the badges or the set-up cell."""
    return line in _setup_lines() or line.startswith(_HEADER_STARTS)


@cache
def _setup_lines() -> frozenset[str]:
    sources = [setup_source(Address("", "")), setup_source(Address("address", "branch"))]
    return frozenset(line for source in sources for line in lines_of(source))


def _is_code(piece: Piece) -> bool:
    return piece.kind == "code"


def _is_prose(piece: Piece) -> bool:
    return piece.kind != "code" or not is_python(piece.source)
