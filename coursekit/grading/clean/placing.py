"""Where the learner's own cells run: in their place, and never on the wrong side of an answer they belong to."""

from __future__ import annotations

import builtins
from collections import defaultdict
from collections.abc import Mapping, Sequence

from coursekit.grading.clean.matching import Matched, around, longest_rising
from coursekit.grading.clean.names import bound, is_python, used
from coursekit.grading.clean.pieces import Piece
from coursekit.grading.clean.slots import Slot


def places_of_extras(slots: Sequence[Slot], pieces: Sequence[Piece], matched: Matched) -> dict[int, list[Piece]]:
    """The learner's own cells by the place of the reference's cell that they follow; -1 is the top.

    A cell stands after the cell of the reference that it stood after. Where the submission is out of order, three
    rules come first: a cell that holds part of an answer runs between the answer and its check, a cell that an answer
    uses before that answer or at least before its check, a cell that uses an answer after it.
    """
    anchors, needs = _anchors(pieces, matched), _needs(slots, matched)
    result: dict[int, list[Piece]] = defaultdict(list)
    later: list[tuple[Piece, int]] = []
    for piece in reversed(matched.extras):
        place = piece.place if piece.place is not None else around(anchors, piece.order)[0]
        if piece.kind == "code":
            place = _between(place, *_limits(piece, slots, matched, needs, later))
            later.append((piece, place))
        result[place].insert(0, piece)
    return result


def _anchors(pieces: Sequence[Piece], matched: Matched) -> list[tuple[tuple[int, int], int]]:
    """The cells that are still in the reference's order, as (rank in the submission, place in the reference)."""
    extras = set(map(id, matched.extras))
    settled = {piece.order: piece.place for piece in pieces if piece.place is not None and id(piece) not in extras}
    settled |= {piece.order: place for place, piece in matched.answers.items()}
    ranked = sorted((order, place) for order, place in settled.items() if place is not None)
    return [ranked[position] for position in longest_rising([place for _, place in ranked])]


def _needs(slots: Sequence[Slot], matched: Matched) -> dict[int, frozenset[str]]:
    """For each answer the names that it should bind or reads, and that nothing binds before it."""
    given = frozenset(dir(builtins))
    needs = {}
    for slot in slots:
        answer = matched.answers.get(slot.place)
        if answer and slot.code:
            given |= bound(answer.source)
            needs[slot.place] = _closure((used(answer.source) | slot.names) - given, matched.extras) - given
        elif slot.code and slot.kind != "answer":
            given |= bound(slot.stub)
    return needs


def _closure(names: frozenset[str], extras: Sequence[Piece]) -> frozenset[str]:
    """The names, and those that the extra cells which bind them read in turn.

    A text or raw cell that binds such a name was a code cell once: it becomes one again.
    """
    waiting = [piece for piece in extras if is_python(piece.source)]
    while chosen := [piece for piece in waiting if bound(piece.source) & names]:
        waiting = [piece for piece in waiting if piece not in chosen]
        for piece in chosen:
            piece.kind = "code"
            names |= used(piece.source)
    return names


def _between(place: int, lowest: int, highest: int) -> int:
    return min(max(place, lowest), highest)


def _limits(
    piece: Piece,
    slots: Sequence[Slot],
    matched: Matched,
    needs: Mapping[int, frozenset[str]],
    later: Sequence[tuple[Piece, int]],
) -> tuple[int, int]:
    """The first and the last place that an extra cell may have."""
    binds, reads = bound(piece.source), used(piece.source)
    lowest, highest = -1, len(slots)
    for slot in slots:
        answer = matched.answers.get(slot.place)
        if slot.kind != "answer" or not slot.code:
            continue
        parts = binds & slot.names - (bound(answer.source) if answer else frozenset())
        if answer and binds & needs[slot.place]:
            highest = min(highest, _before_check(slots, slot))
        if parts and (answer or not slot.names - binds):
            lowest, highest = max(lowest, slot.place), min(highest, _before_check(slots, slot))
        elif answer and answer.order < piece.order and reads & bound(answer.source):
            lowest = max(lowest, slot.place)
        elif answer and answer.order > piece.order and binds & used(answer.source):
            highest = min(highest, slot.place - 1)
    followers = [place for other, place in later if binds & used(other.source)]
    return lowest, min([highest, *followers])


def _before_check(slots: Sequence[Slot], slot: Slot) -> int:
    """The last place before the first check after an answer."""
    checks = (other.place - 1 for other in slots[slot.place :] if other.check)
    return next(checks, len(slots) - 1)
