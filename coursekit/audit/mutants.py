"""Mutants of a solution: every operator at every place between the solution's markers, each change alone."""

from __future__ import annotations

import ast
import difflib
from collections.abc import Iterator
from dataclasses import dataclass

import libcst as cst
from libcst.metadata import MetadataWrapper, PositionProvider

from coursekit.audit.operators import OPERATORS, Operator, is_axis
from coursekit.audit.regions import SOLUTION, lines_between

#: Calls whose texts are for people: no check should depend on them.
_SPEAKING = {"print", "warn", "debug", "info", "warning", "error"}


@dataclass(frozen=True)
class Mutant:
    """One changed solution.

    Parameters
    ----------
    cell : grade_id of the answer cell.
    operator : which family of changes.
    before, after : the lines that changed, without indentation.
    source : the whole changed cell.
    line : where in the cell the change begins.
    """

    cell: str
    operator: str
    before: str
    after: str
    source: str
    line: int

    def diff(self) -> str:
        """The change as removed and added lines."""
        removed = [f"- {line}" for line in self.before.split("\n")]
        return "\n".join(removed + [f"+ {line}" for line in self.after.split("\n")])


def mutants_of(cell: str, source: str) -> list[Mutant]:
    """Every mutant of an answer cell, in the order of the text, each different code once.

    Parameters
    ----------
    cell : the cell's grade_id.
    source : the instructor's cell, with its markers.
    """
    try:
        wrapper = MetadataWrapper(cst.parse_module(source))
    except cst.ParserSyntaxError:
        return []  # magics, or a cell that is not Python: nothing that could be changed by rule
    finder = _Finder(lines_between(source, SOLUTION))
    wrapper.visit(finder)
    seen = {_meaning(source)}
    found = []
    for operator, node, variant in finder.changes:
        changed = wrapper.module.deep_replace(node, variant).code
        meaning = _meaning(changed)
        if meaning and meaning not in seen:
            seen.add(meaning)
            found.append(_mutant(cell, operator, source, changed))
    return sorted(found, key=lambda mutant: mutant.line)


class _Finder(cst.CSTVisitor):
    """Collects what could be changed; leaves alone docstrings, annotations, imports and words for people."""

    METADATA_DEPENDENCIES = (PositionProvider,)

    def __init__(self, lines: frozenset[int], operators: dict[str, Operator] | None = None) -> None:
        super().__init__()
        self._lines = lines
        self._operators = operators or OPERATORS
        self.changes: list[tuple[str, cst.CSTNode, cst.CSTNode]] = []

    def on_visit(self, node: cst.CSTNode) -> bool:
        if isinstance(node, cst.Annotation | cst.Import | cst.ImportFrom) or _is_docstring(node) or _speaks(node):
            return False
        if self.get_metadata(PositionProvider, node).start.line in self._lines:
            for name, operator in self._operators.items():
                self.changes += [(name, node, variant) for variant in operator(node)]
        if isinstance(node, cst.Raise):
            return False
        if isinstance(node, cst.Arg) and is_axis(node) and not isinstance(node.value, cst.Name):
            return False
        return not (isinstance(node, cst.Arg) and node.keyword and node.keyword.value == "strict")


def _is_docstring(node: cst.CSTNode) -> bool:
    if not isinstance(node, cst.Expr):
        return False
    return isinstance(node.value, cst.SimpleString | cst.ConcatenatedString)


def _speaks(node: cst.CSTNode) -> bool:
    """Whether a call, or a statement that is one, only speaks; a warning may be left out, so that it is noticed."""
    if isinstance(node, cst.Expr):
        return _spoken(node.value) not in ("", "warn")
    return isinstance(node, cst.Call) and _spoken(node) != ""


def _spoken(node: cst.CSTNode) -> str:
    """The name of the speaking function that is called; empty for anything else."""
    function = node.func if isinstance(node, cst.Call) else None
    name = function.attr if isinstance(function, cst.Attribute) else function
    return name.value if isinstance(name, cst.Name) and name.value in _SPEAKING else ""


def _meaning(source: str) -> str:
    """What a cell means to Python, without its layout; empty for what is none."""
    try:
        return ast.dump(ast.parse(source))
    except (SyntaxError, ValueError):
        return ""


def _mutant(cell: str, operator: str, source: str, changed: str) -> Mutant:
    before, after, first = changed_lines(source, changed)
    return Mutant(cell, operator, before, after, changed, first)


def changed_lines(source: str, changed: str) -> tuple[str, str, int]:
    """The lines that differ, before and after, without indentation, and the number of the first."""
    old, new = source.split("\n"), changed.split("\n")
    matcher = difflib.SequenceMatcher(None, old, new, autojunk=False)
    blocks = [block for block in matcher.get_opcodes() if block[0] != "equal"]
    removed = [line.strip() for _, begin, end, _, _ in blocks for line in old[begin:end]]
    added = [line.strip() for _, _, _, begin, end in blocks for line in new[begin:end]]
    return "\n".join(removed), "\n".join(added), blocks[0][1] + 1 if blocks else 1


def sample(mutants: list[Mutant], most: int) -> list[Mutant]:
    """A fixed choice of at most ``most`` mutants, spread evenly over the operators."""
    groups: dict[str, list[Mutant]] = {}
    for mutant in mutants:
        groups.setdefault(mutant.operator, []).append(mutant)
    chosen = set(_in_turn(groups, most))
    return [mutant for mutant in mutants if id(mutant) in chosen]


def _in_turn(groups: dict[str, list[Mutant]], most: int) -> Iterator[int]:
    """From each group in turn one of its middle outwards, so that no group and no part of the text is forgotten."""
    queues = [[*group[len(group) // 2 :], *group[: len(group) // 2]] for group in groups.values()]
    taken = 0
    while queues and taken < most:
        for queue in queues:
            if queue and taken < most:
                taken += 1
                yield id(queue.pop(0))
        queues = [queue for queue in queues if queue]
