"""Fingerprints: what a grade was made of, so that a run repeats only what has changed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from coursekit.notebooks.exercises import nbgrader_of

if TYPE_CHECKING:
    from nbformat import NotebookNode

#: Says when a submission was handed in, not what: a new date alone is no reason to run it again.
TIMESTAMP = "timestamp.txt"
#: Parts of the package that decide what a check says and what it gives.
_DECIDING = ("check/**/*.py", "grading/clean/**/*.py", "grading/probe/**/*.py", "grading/score.py")


def of_files(files: Mapping[str, bytes]) -> str:
    """The fingerprint of a set of files."""
    return _digest(part for name in sorted(files) for part in (name.encode("utf-8", "surrogateescape"), files[name]))


def of_submission(files: Mapping[str, bytes]) -> str:
    """The fingerprint of what a learner handed in, whenever that was."""
    return of_files({name: content for name, content in files.items() if name != TIMESTAMP})


def of_reference(notebooks: Mapping[str, NotebookNode], files: Mapping[str, bytes]) -> str:
    """The fingerprint of what of the instructor's side can change a grade.

    Text, headings and model answers cannot: a learner's answer stands in their place.
    """
    cells = [[name, [_cell(cell) for cell in book.cells if _counts(cell)]] for name, book in sorted(notebooks.items())]
    return _digest([json.dumps(cells, sort_keys=True).encode(), of_files(files).encode()])


def of_checks(notebooks: Mapping[str, NotebookNode]) -> dict[str, str]:
    """A fingerprint for each graded code cell, by its grade_id."""
    return {
        nbgrader_of(cell)["grade_id"]: _digest([json.dumps(_cell(cell)).encode()])
        for book in notebooks.values()
        for cell in book.cells
        if cell.cell_type == "code" and nbgrader_of(cell).get("grade")
    }


@cache
def of_coursekit() -> str:
    """The fingerprint of the code that cleans, checks and scores, and the package's version."""
    from importlib.metadata import PackageNotFoundError, version

    package = Path(__file__).resolve().parents[2]
    paths = [path for pattern in _DECIDING for path in package.glob(pattern)]
    try:
        release = version("coursekit")
    except PackageNotFoundError:
        release = "0"
    return f"{release}+{of_files({str(path.relative_to(package)): path.read_bytes() for path in paths})[:12]}"


def _counts(cell: NotebookNode) -> bool:
    return cell.cell_type == "code" or bool(nbgrader_of(cell).get("grade"))


def _cell(cell: NotebookNode) -> list[object]:
    meta = nbgrader_of(cell)
    answer = bool(meta.get("solution"))
    kept = "" if answer or cell.cell_type != "code" else cell.source
    return [cell.cell_type, meta.get("grade_id"), answer, bool(meta.get("grade")), meta.get("points"), kept]


def _digest(parts: Iterable[bytes]) -> str:
    total = hashlib.sha256()
    for part in parts:
        total.update(len(part).to_bytes(8, "little"))
        total.update(part)
    return total.hexdigest()
