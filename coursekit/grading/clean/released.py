"""What learners are given: a cell's source without solutions, hidden checks and mark schemes, as nbgrader clears it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coursekit.notebooks.exercises import nbgrader_of

if TYPE_CHECKING:
    from nbformat import NotebookNode

STUB = "# YOUR CODE HERE\nraise NotImplementedError()"
TEXT_STUB = "YOUR ANSWER HERE"
REGIONS = ("SOLUTION", "HIDDEN TESTS", "MARK SCHEME")


def has_regions(notebook: NotebookNode) -> bool:
    """Whether a notebook is an instructor's: its release lacks every region."""
    return any(f"BEGIN {region}" in cell.source for cell in notebook.cells for region in REGIONS)


def released_source(cell: NotebookNode, *, instructors: bool) -> str:
    """A cell's source as learners got it.

    Parameters
    ----------
    cell : a cell of the reference.
    instructors : whether the reference holds regions; if not it is a release, and a stub in it stands as it is.

    Returns
    -------
    str
        For an answer cell never a line of a solution: without a region and without a stub, all of it is one.
    """
    source = _without(_without(cell.source, "HIDDEN TESTS"), "MARK SCHEME")
    if not nbgrader_of(cell).get("solution"):
        return source
    stub = STUB if cell.cell_type == "code" else TEXT_STUB
    if "BEGIN SOLUTION" in source:
        return _without(source, "SOLUTION", stub)
    return source if not instructors and holds_stub(source) else stub


def holds_stub(source: str) -> bool:
    """Whether the lines that nbgrader leaves for the learner to replace are still there."""
    lines = {line.strip() for line in source.splitlines()}
    return lines >= set(STUB.splitlines()) or TEXT_STUB in lines


def _without(source: str, region: str, stub: str = "") -> str:
    """Cut regions out and put the stub in their place; of a region that never ends, all that follows it."""
    kept: list[str] = []
    depth = 0
    for line in source.split("\n"):
        if f"BEGIN {region}" in line:
            depth += 1
            if depth == 1 and stub:
                indent = line[: len(line) - len(line.lstrip())]
                kept.extend(indent + stub_line for stub_line in stub.split("\n"))
        elif f"END {region}" in line:
            depth = max(0, depth - 1)
        elif depth == 0:
            kept.append(line)
    return "\n".join(kept)
