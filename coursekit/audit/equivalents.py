"""Mutants that mean the same as the solution: listed by hand beside the answers, each with its reason.

``tests/answers/weekNN-slug/equivalent.toml``::

    [[equivalent]]
    exercise = "w01-q1-standardise"
    before = "constant = X.min(axis=0) == X.max(axis=0)"
    after = "constant = X.min(axis=0) >= X.max(axis=0)"
    reason = "The smallest value is never above the largest, so >= and == agree."

``before`` and ``after`` are the lines of the diff without indentation. An entry that fits no mutant, or one that a
check rejects, is an error: the list cannot outlive its reasons.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path

from coursekit.audit.mutants import Mutant
from coursekit.errors import CourseError

FILE_NAME = "equivalent.toml"
_KEYS = {"exercise", "before", "after", "reason"}


@dataclass(frozen=True)
class Equivalent:
    """One entry of the list."""

    exercise: str
    before: str
    after: str
    reason: str
    number: int

    @property
    def where(self) -> str:
        """How to name the entry in a sentence."""
        return f"Entry {self.number} of {FILE_NAME}"

    def fits(self, exercise: str, mutant: Mutant) -> bool:
        """Whether this is the mutant meant; comments and spaces do not matter."""
        return self.exercise == exercise and (_bare(self.before), _bare(self.after)) == (
            _bare(mutant.before),
            _bare(mutant.after),
        )


def read_equivalents(folder: Path) -> tuple[Equivalent, ...]:
    """A week's list; empty where there is none.

    Raises
    ------
    CourseError
        Where the file is no TOML, or an entry has missing, unknown or empty keys.
    """
    path = folder / FILE_NAME
    if not path.is_file():
        return ()
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise CourseError(f"{folder.name}/{FILE_NAME} is not TOML: {error}.") from None
    entries = data.get("equivalent", [])
    if set(data) - {"equivalent"} or not isinstance(entries, list):
        raise CourseError(f"{folder.name}/{FILE_NAME} may hold nothing but [[equivalent]] tables.")
    return tuple(_entry(entry, number) for number, entry in enumerate(entries, start=1))


def _entry(raw: object, number: int) -> Equivalent:
    if (
        not isinstance(raw, dict)
        or set(raw) != _KEYS
        or not all(isinstance(v, str) and v.strip() for v in raw.values())
    ):
        raise CourseError(f"Entry {number} of {FILE_NAME} must give {', '.join(sorted(_KEYS))}, each as text.")
    return Equivalent(raw["exercise"], raw["before"].strip(), raw["after"].strip(), raw["reason"].strip(), number)


def _bare(lines: str) -> str:
    """Lines without spaces and trailing comments, so that a reformatted line is still recognised."""
    return "\n".join("".join(line.split("  #")[0].split()) for line in lines.split("\n"))
