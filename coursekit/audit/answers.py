"""Answers that prove a grader: files with a TOML header and cells named by the answer cell that they fill.

The header is a comment block of the form that PEP 723 uses::

    # /// answer
    # kind = "wrong"
    # exercise = "w01-q1-standardise"
    # misconception = "One mean for the whole table instead of one per column"
    # loses = ["w01-q1-standardise-test"]
    # says = ["axis=0"]
    # ///
    # %% w01-q1-standardise
    def standardise(X): ...
"""

from __future__ import annotations

import re
import tomllib
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from coursekit.errors import CourseError
from coursekit.notebooks.exercises import nbgrader_of

if TYPE_CHECKING:
    from nbformat import NotebookNode

HEADER = re.compile(r"^# /// answer\n(?P<body>(?:#.*\n)+?)# ///\n", re.MULTILINE)
CELL = re.compile(r"^# %% (?P<grade_id>\S+)\n(?P<source>.*?)(?=^# %% |\Z)", re.MULTILINE | re.DOTALL)
KEYS = {
    "right": {"kind", "approach"},
    "wrong": {"kind", "exercise", "misconception", "loses", "says"},
}


class BadAnswer(CourseError):
    """An answer file does not say what it must; the sentence names the file and the key."""


@dataclass(frozen=True)
class Answer:
    """One answer file: what it claims, and the source for each answer cell that it fills."""

    path: Path
    kind: str
    about: str
    cells: dict[str, str]
    exercise: str = ""
    loses: tuple[str, ...] = ()
    says: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The file's name without its ending."""
        return self.path.stem


def read_answers(folder: Path) -> list[Answer]:
    """Every answer of a week, right ones first, each in the order of the names."""
    return [read_answer(path) for kind in ("right", "wrong") for path in sorted(folder.glob(f"{kind}_*.py"))]


def read_answer(path: Path) -> Answer:
    """Read one answer file.

    Raises
    ------
    BadAnswer
        Where the header is missing, is no TOML, has unknown or missing keys, or where no cell follows.
    """
    text = path.read_text(encoding="utf-8")
    header = HEADER.search(text)
    if not header:
        raise BadAnswer(
            f"{path.name} has no header: it must begin with '# /// answer' and end its header with '# ///'."
        )
    body = "\n".join(line.removeprefix("#").removeprefix(" ") for line in header["body"].splitlines())
    try:
        facts = tomllib.loads(body)
    except tomllib.TOMLDecodeError as error:
        raise BadAnswer(f"The header of {path.name} is not TOML: {error}.") from None
    kind = facts.get("kind")
    if kind not in KEYS or not path.name.startswith(f"{kind}_"):
        raise BadAnswer(f'{path.name} must say kind = "right" or "wrong", the same as its name.')
    if difference := KEYS[kind] ^ set(facts):
        raise BadAnswer(f"The header of {path.name} has missing or unknown keys: {', '.join(sorted(difference))}.")
    cells = {found["grade_id"]: found["source"].strip("\n") for found in CELL.finditer(text, header.end())}
    if not cells:
        raise BadAnswer(f"{path.name} fills no cell: begin each with '# %% ' and the grade_id of the answer cell.")
    return Answer(
        path,
        kind,
        facts.get("approach") or facts.get("misconception", ""),
        cells,
        facts.get("exercise", ""),
        tuple(facts.get("loses", ())),
        tuple(facts.get("says", ())),
    )


def fill(notebook: NotebookNode, answer: Answer) -> NotebookNode:
    """A copy of a notebook in which the answer's cells stand in place of what was there.

    Raises
    ------
    BadAnswer
        Where the answer names a cell that the notebook does not have.
    """
    filled = deepcopy(notebook)
    cells = {nbgrader_of(cell)["grade_id"]: cell for cell in filled.cells if nbgrader_of(cell).get("solution")}
    for grade_id, source in answer.cells.items():
        if grade_id not in cells:
            raise BadAnswer(f"{answer.path.name} fills {grade_id}, which is no answer cell of the week.")
        cells[grade_id].source = source
    return filled
