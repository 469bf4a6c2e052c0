"""Which names a cell needs from the cells before it, and which it makes or changes for those after it."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

_MAGIC = re.compile(r"^\s*[%!?].*$", re.MULTILINE)
_SCOPES = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda, ast.ClassDef)
_COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)


@dataclass(frozen=True)
class Names:
    """What one cell does with names.

    Parameters
    ----------
    needs : read before the cell itself has bound them, inside functions too.
    binds : bound at the top level.
    changes : objects written into without binding the name (``table["x"] = …``, ``items.append(…)``), modules apart.
    """

    needs: frozenset[str]
    binds: frozenset[str]
    changes: frozenset[str]


@lru_cache(maxsize=1024)
def names_of(source: str) -> Names:
    """The names of a cell; of what is no Python nothing is known."""
    try:
        tree = ast.parse(_MAGIC.sub("pass", source))
    except (SyntaxError, ValueError, RecursionError):
        return Names(frozenset(), frozenset(), frozenset())
    reader = _Reader()
    reader.visit(tree)
    return Names(frozenset(reader.needs), frozenset(reader.binds), frozenset(_changed(tree) - reader.imports))


class _Reader(ast.NodeVisitor):
    """Walks in the order in which Python runs a cell."""

    def __init__(self, known: Iterable[str] = ()) -> None:
        self.needs: set[str] = set()
        self.binds: set[str] = set(known)
        self.imports: set[str] = set()

    def visit_Name(self, node: ast.Name) -> None:  # noqa: N802 - ast's own naming
        if isinstance(node.ctx, ast.Store):
            self.binds.add(node.id)
        elif node.id not in self.binds:
            self.needs.add(node.id)

    def visit_alias(self, node: ast.alias) -> None:
        name = (node.asname or node.name).split(".")[0]
        self.binds.add(name)
        self.imports.add(name)

    def visit_Assign(self, node: ast.Assign) -> None:  # noqa: N802
        self._each([node.value, *node.targets])

    def visit_AnnAssign(self, node: ast.AnnAssign) -> None:  # noqa: N802
        self._each([node.annotation, node.value, node.target])

    def visit_AugAssign(self, node: ast.AugAssign) -> None:  # noqa: N802
        if isinstance(node.target, ast.Name) and node.target.id not in self.binds:
            self.needs.add(node.target.id)
        self._each([node.value, node.target])

    def visit_NamedExpr(self, node: ast.NamedExpr) -> None:  # noqa: N802
        self._each([node.value, node.target])

    def visit_For(self, node: ast.For) -> None:  # noqa: N802
        self._each([node.iter, node.target, *node.body, *node.orelse])

    visit_AsyncFor = visit_For  # noqa: N815

    def visit_withitem(self, node: ast.withitem) -> None:
        self._each([node.context_expr, node.optional_vars])

    def visit_ExceptHandler(self, node: ast.ExceptHandler) -> None:  # noqa: N802
        if node.name:
            self.binds.add(node.name)
        self._each([node.type, *node.body])

    def visit_MatchAs(self, node: ast.MatchAs) -> None:  # noqa: N802
        if node.name:
            self.binds.add(node.name)
        self.generic_visit(node)

    def generic_visit(self, node: ast.AST) -> None:
        if isinstance(node, (*_SCOPES, *_COMPREHENSIONS)):
            self._scope(node)
        else:
            super().generic_visit(node)

    def _each(self, nodes: Iterable[ast.AST | None]) -> None:
        for node in nodes:
            if node is not None:
                self.visit(node)

    def _scope(self, node: ast.AST) -> None:
        """A function, class or comprehension: its own names stay inside, what it reads besides is needed."""
        own = {child.id for child in ast.walk(node) if isinstance(child, ast.Name) and isinstance(child.ctx, ast.Store)}
        own |= {child.arg for child in ast.walk(node) if isinstance(child, ast.arg)}
        own |= {child.name for child in ast.walk(node) if isinstance(child, _SCOPES) and hasattr(child, "name")}
        inner = _Reader(own)
        for child in ast.iter_child_nodes(node):
            inner.visit(child)
        self.needs |= inner.needs - self.binds
        if hasattr(node, "name"):
            self.binds.add(node.name)


def _changed(tree: ast.Module) -> set[str]:
    """Names at the top level whose objects are written into, or asked to change by a method called for its effect."""
    found: set[str | None] = set()
    for node in _outside_scopes(tree):
        if isinstance(node, ast.Subscript | ast.Attribute) and not isinstance(node.ctx, ast.Load):
            found.add(_root(node))
        elif isinstance(node, ast.Expr) and isinstance(node.value, ast.Call):
            found.add(_root(node.value.func) if isinstance(node.value.func, ast.Attribute) else None)
    return {name for name in found if name}


def _outside_scopes(tree: ast.AST) -> Iterable[ast.AST]:
    waiting = [tree]
    while waiting:
        node = waiting.pop()
        yield node
        waiting += [child for child in ast.iter_child_nodes(node) if not isinstance(child, _SCOPES)]


def _root(node: ast.AST) -> str | None:
    while isinstance(node, ast.Attribute | ast.Subscript | ast.Call):
        node = node.func if isinstance(node, ast.Call) else node.value
    return node.id if isinstance(node, ast.Name) else None
