"""What stands between nbgrader's markers: the solution's lines, the hidden checks, the learner's stub."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coursekit.grading.clean.released import released_source

if TYPE_CHECKING:
    from nbformat import NotebookNode

SOLUTION, HIDDEN = "SOLUTION", "HIDDEN TESTS"


def lines_between(source: str, region: str) -> frozenset[int]:
    """Line numbers, from 1, that stand between the markers of a region."""
    found, inside = set(), False
    for number, line in enumerate(source.split("\n"), start=1):
        if f"BEGIN {region}" in line:
            inside = True
        elif f"END {region}" in line:
            inside = False
        elif inside:
            found.add(number)
    return frozenset(found)


def without(source: str, region: str) -> str:
    """The source without a region and its markers."""
    inside = lines_between(source, region)
    lines = enumerate(source.split("\n"), start=1)
    markers = (f"BEGIN {region}", f"END {region}")
    return "\n".join(line for number, line in lines if number not in inside and not any(m in line for m in markers))


def visible(source: str) -> str:
    """A check cell as learners see it."""
    return without(source, HIDDEN)


def has_hidden(source: str) -> bool:
    """Whether a check cell holds hidden checks."""
    return bool(lines_between(source, HIDDEN))


def stub_of(cell: NotebookNode) -> str:
    """An instructor's cell as learners get it: the marked lines gone, the stub in their place."""
    return released_source(cell, instructors=True)
