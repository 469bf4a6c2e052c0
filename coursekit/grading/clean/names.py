"""Names that a cell binds and reads, found without running it and whatever is wrong with its syntax."""

from __future__ import annotations

import ast
import re
import symtable
import warnings
from collections.abc import Iterator
from functools import lru_cache

_MAGIC = re.compile(r"^(\s*)[%!].*$", re.MULTILINE)
_PYTHON_CELL_MAGICS = re.compile(r"^%%(?:time|timeit|capture|prun)\b.*$", re.MULTILINE)
_DEFINITION = re.compile(
    r"^(?:(?:async[ \t]+)?def|class)[ \t]+(\w+)|^([A-Za-z_]\w*)[ \t]*(?::[^=\n]+)?=(?!=)", re.MULTILINE
)
_LONGEST = 200_000  # characters; what is longer was not typed by a person, and is not worth a parser's time
_NO_PYTHON = (SyntaxError, ValueError, RecursionError, MemoryError)


def parsed(source: str) -> ast.Module | None:
    """The syntax tree of a cell with IPython's magics blanked out; None where it is no Python."""
    text = plain_python(source)
    if text is None or len(text) > _LONGEST:
        return None
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # a learner's invalid escape is not our warning
            return ast.parse(text)
    except _NO_PYTHON:
        return None


def plain_python(source: str) -> str | None:
    """The source with magics replaced line by line; None where a cell magic makes it another language."""
    source = _PYTHON_CELL_MAGICS.sub("pass", source, count=1)
    return None if source.startswith("%%") else _MAGIC.sub(r"\1pass", source)


@lru_cache(maxsize=4096)
def is_python(source: str) -> bool:
    """Whether a cell can be parsed."""
    return parsed(source) is not None


@lru_cache(maxsize=4096)
def bound(source: str) -> frozenset[str]:
    """Names that a cell binds at its top level, imports among them."""
    tree = parsed(source)
    return _bound_by_lines(source) if tree is None else frozenset(_bound_in(tree))


@lru_cache(maxsize=4096)
def defined(source: str) -> frozenset[str]:
    """Names that a cell binds by itself: what it imports is not counted."""
    tree = parsed(source)
    if tree is None:
        return _bound_by_lines(source)
    body = [node for node in tree.body if not isinstance(node, ast.Import | ast.ImportFrom)]
    return frozenset(_bound_in(ast.Module(body, [])))


@lru_cache(maxsize=4096)
def used(source: str) -> frozenset[str]:
    """Global names that a cell reads, inside its functions too; empty where it cannot be parsed."""
    text = plain_python(source)
    if text is None or not is_python(source):
        return frozenset()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            top = symtable.symtable(text, "cell", "exec")
    except _NO_PYTHON:
        return frozenset()
    return frozenset(_read_globals(top))


def bound_by(statement: ast.stmt) -> set[str]:
    """Names that one top-level statement binds."""
    return set(_bound_in(ast.Module([statement], [])))


def _bound_by_lines(source: str) -> frozenset[str]:
    return frozenset(found[1] or found[2] for found in _DEFINITION.finditer(source))


def _bound_in(tree: ast.AST) -> Iterator[str]:
    waiting: list[ast.AST] = [tree]
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield node.name
            continue
        if isinstance(node, ast.Lambda):
            continue
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.id
        elif isinstance(node, ast.alias):
            yield (node.asname or node.name).split(".")[0]
        waiting.extend(ast.iter_child_nodes(node))


def _read_globals(top: symtable.SymbolTable) -> Iterator[str]:
    waiting = [top]
    while waiting:
        table = waiting.pop()
        for symbol in table.get_symbols():
            if symbol.is_referenced() and (table is top or symbol.is_global()):
                yield symbol.get_name()
        waiting.extend(table.get_children())
