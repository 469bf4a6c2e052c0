"""The attack corpus: answers that want points without earning them, and how to run one against our grader.

Each file begins with a header of the form that ``coursekit.audit.answers`` uses::

    # /// attack
    # name = "Displays full marks"
    # hole = "An execute_result counts as partial credit before the error is seen"
    # cell = "w01-q1-standardise"      # the answer cell that the rest of the file fills
    # honest = 0                       # points that the exercise deserves
    # flagged = true                   # whether a person must be told
    # needs_seal = false               # true where only the sandbox stops it
    # ///

and, optionally, ``tame = true`` for one that needs the seal and yet does no harm without it.
"""

from __future__ import annotations

import re
import tomllib
from copy import deepcopy
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from nbformat import NotebookNode

from coursekit.notebooks.exercises import nbgrader_of, question_of
from coursekit.notebooks.twins import text_to_notebook

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
HEADER = re.compile(r"\A# /// attack\n(?P<body>(?:# .*\n)+)# ///\n")
KEYS = {"name", "hole", "cell", "honest", "flagged", "needs_seal"}
#: An exercise that the attack does not answer: its right answer must keep its points.
BYSTANDERS = {"w01-q1": "w01-q4", "other": "w01-q1"}


@dataclass(frozen=True)
class Attack:
    """One file of the corpus."""

    file: str
    name: str
    hole: str
    cell: str
    honest: float
    flagged: bool
    needs_seal: bool
    tame: bool
    source: str

    @property
    def question(self) -> str:
        """What the ids of its exercise begin with."""
        return question_of(self.cell)

    @property
    def bystander(self) -> str:
        """An exercise answered rightly beside it."""
        return BYSTANDERS.get(self.question, BYSTANDERS["other"])


def read_attacks() -> list[Attack]:
    """The whole corpus, by file name."""
    return [_read(path) for path in sorted(HERE.glob("*.py")) if path.read_text().startswith("# /// attack\n")]


def _read(path: Path) -> Attack:
    text = path.read_text(encoding="utf-8")
    header = HEADER.match(text)
    assert header, f"{path.name} has no complete header"
    facts = tomllib.loads("\n".join(line.removeprefix("# ") for line in header["body"].splitlines()))
    assert KEYS <= set(facts) <= KEYS | {"tame"}, (
        f"{path.name} has missing or unknown keys: {sorted(KEYS ^ set(facts))}"
    )
    tame = facts.pop("tame", not facts["needs_seal"])
    return Attack(file=path.stem, tame=tame, source=text[header.end() :], **facts)


@cache
def instructors_notebook() -> NotebookNode:
    """Week 1's assignment as the instructor has it."""
    return text_to_notebook(ROOT / "source" / "week01-numpy" / "assignment.nb.py")


def short_notebook(*questions: str, without: str = "none") -> NotebookNode:
    """The instructor's notebook with its imports and only some of the exercises, perhaps without one of the cells."""
    notebook = deepcopy(instructors_notebook())
    first = next(cell for cell in notebook.cells if cell.cell_type == "code")
    ids = [nbgrader_of(cell).get("grade_id", "") for cell in notebook.cells]
    kept = [
        c for c, name in zip(notebook.cells, ids, strict=True) if question_of(name) in questions and name != without
    ]
    notebook.cells = [first, *kept]
    return notebook


def submission_with(notebook: NotebookNode, cell_id: str, source: str) -> NotebookNode:
    """A copy of a notebook with another source in one of its answer cells."""
    filled = deepcopy(notebook)
    next(cell for cell in filled.cells if nbgrader_of(cell).get("grade_id") == cell_id).source = source
    return filled
