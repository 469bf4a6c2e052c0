"""The cells of a submission, reduced to what may count: type, source, and the ids that they claim."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

PieceKind = Literal["code", "text", "raw"]


@dataclass(eq=False)
class Piece:
    """A cell of the submission, or a part of one that was merged; compared by identity.

    Parameters
    ----------
    order : its rank in the submission.
    kind : what the learner's notebook took it for.
    place : the cell of the reference that it is a copy of or stands for; None while that is not known.
    remainder : whether it is what was left of a cell after known text was cut out.
    """

    order: tuple[int, int]
    kind: PieceKind
    source: str
    grade_id: str = ""
    cell_id: str = ""
    place: int | None = None
    remainder: bool = False


def pieces_of(document: Any) -> list[Piece]:
    """Read the cells of a notebook of any version, whatever is missing or odd in it."""
    return [_piece(rank, cell) for rank, cell in enumerate(_cells(document))]


def _cells(document: Any) -> Iterator[Mapping[str, Any]]:
    if not isinstance(document, Mapping):
        return
    groups = [document] if document.get("cells") else _list(document.get("worksheets"))  # the latter in nbformat 3
    for group in groups:
        if isinstance(group, Mapping):
            yield from (cell for cell in _list(group.get("cells")) if isinstance(cell, Mapping))


def _piece(rank: int, cell: Mapping[str, Any]) -> Piece:
    metadata = _mapping(cell.get("metadata"))
    source = next((cell[key] for key in ("source", "input", "text") if key in cell), "")
    text = _text(source)
    if cell.get("cell_type") == "heading":  # nbformat 3
        text = "# " + text
    grade_id = _mapping(metadata.get("nbgrader")).get("grade_id")
    cell_id = cell.get("id") or metadata.get("id")
    return Piece(
        (rank, 0),
        _kind(cell),
        text,
        grade_id if isinstance(grade_id, str) else "",
        cell_id if isinstance(cell_id, str) else "",
    )


def _kind(cell: Mapping[str, Any]) -> PieceKind:
    named = cell.get("cell_type")
    if named in ("markdown", "heading", "html"):
        return "text"
    if named == "raw":
        return "raw"
    return "code"


def _text(source: Any) -> str:
    """One string that any file can hold: joined, with Unix line ends, without lone surrogates."""
    if isinstance(source, list):
        source = "".join(line for line in source if isinstance(line, str))
    if not isinstance(source, str):
        return ""
    return source.replace("\r\n", "\n").replace("\r", "\n").encode("utf-8", "replace").decode("utf-8")


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []
