"""How alike two cells are, by the lines of code and by the words of text that they share."""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache

from coursekit.grading.clean.released import STUB, TEXT_STUB

_STUB_LINES = frozenset([*STUB.splitlines(), TEXT_STUB])


@lru_cache(maxsize=4096)
def lines_of(source: str) -> tuple[str, ...]:
    """Lines without surrounding space and without empty ones."""
    return tuple(stripped for line in source.splitlines() if (stripped := line.strip()))


def same(one: str, other: str) -> bool:
    """Whether two sources differ in blank lines and trailing space at most."""
    return _exact(one) == _exact(other)


def likeness(one: str, other: str, *, code: bool) -> float:
    """From 0 (nothing in common) to 1 (the same lines of code, or the same words)."""
    left, right = _bag(one, code), _bag(other, code)
    total = sum(left.values()) + sum(right.values())
    return 2 * sum((left & right).values()) / total if total else 1.0


def share_of_stub(stub: str, source: str) -> float:
    """The part of a stub's own lines (signature, docstring, opening words) that a source still holds."""
    own = set(lines_of(stub)) - _STUB_LINES
    return len(own & set(lines_of(source))) / len(own) if own else 0.0


def first_words(stub: str, source: str) -> int | None:
    """The number of the first line that comes from the stub; None where there is none."""
    own = set(lines_of(stub)) - _STUB_LINES
    return next((number for number, line in enumerate(source.split("\n")) if line.strip() in own), None)


def is_attempted(stub: str, source: str) -> bool:
    """Whether a source holds anything that the stub does not."""
    return bool(set(lines_of(source)) - set(lines_of(stub)) - _STUB_LINES)


@lru_cache(maxsize=4096)
def _exact(source: str) -> tuple[str, ...]:
    return tuple(line.rstrip() for line in source.splitlines() if line.strip())


@lru_cache(maxsize=4096)
def _bag(source: str, code: bool) -> Counter[str]:
    return Counter(lines_of(source) if code else re.findall(r"\w+", source))
