"""What a fresh kernel must run before it can go on where the last one died."""

from __future__ import annotations

import ast
import re
from collections.abc import Sequence
from dataclasses import dataclass

_MAGIC = re.compile(r"^\s*[%!?].*$", re.MULTILINE)


@dataclass(frozen=True)
class Step:
    """A code cell as the replay sees it.

    Parameters
    ----------
    index : its place in the notebook.
    source : its code.
    is_check : whether it is a graded check: run once, and again only for the names that it leaves to later cells.
    """

    index: int
    source: str
    is_check: bool


def cells_to_replay(steps: Sequence[Step], after: int, culprits: frozenset[int]) -> list[Step]:
    """The cells up to and with place ``after`` that a fresh kernel must run, in order.

    Parameters
    ----------
    steps : all code cells of the notebook, in order.
    after : place of the last cell that was run.
    culprits : places of cells that took a kernel down: never run again.

    Returns
    -------
    list of Step
        Everything that is not a check, and of the checks those that bind a name which a later cell uses.
    """
    if not steps or after < steps[0].index:
        return []
    wanted = set().union(*(names_used(step.source) for step in steps if step.index > after), set())
    chosen: list[Step] = []
    for step in reversed([step for step in steps if step.index <= after and step.index not in culprits]):
        if not step.is_check or names_bound(step.source) & wanted:
            chosen.append(step)
            wanted |= names_used(step.source)
    return chosen[::-1]


def names_bound(source: str) -> set[str]:
    """Names that a cell binds at its top level (assignments, imports, definitions, loops, ``with``, walrus)."""
    found: set[str] = set()
    waiting: list[ast.AST] = [_parsed(source)]
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            found.add(node.name)
            continue
        if isinstance(node, ast.Lambda):
            continue
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            found.add(node.id)
        elif isinstance(node, ast.alias):
            found.add((node.asname or node.name).split(".")[0])
        waiting.extend(ast.iter_child_nodes(node))
    return found


def names_used(source: str) -> set[str]:
    """Names that a cell reads anywhere, inside functions too."""
    tree = ast.walk(_parsed(source))
    return {node.id for node in tree if isinstance(node, ast.Name) and not isinstance(node.ctx, ast.Store)}


def _parsed(source: str) -> ast.AST:
    """The cell's syntax tree; of what is no Python (magics apart) nothing is known, so an empty one."""
    try:
        return ast.parse(_MAGIC.sub("pass", source))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return ast.Module(body=[], type_ignores=[])
