"""Which modules a notebook imports, read from its text: nothing of it is run."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from nbformat import NotebookNode

#: What a library imports only when it is first used, though it takes longer than the library itself. A rehearsal finds
#: this out as well, but loads it twice for that, while a class waits.
_ON_FIRST_USE = {"torch": (re.compile(r"\boptim\b"), ("torch._dynamo",))}
_MAGIC = re.compile(r"^\s*[%!?].*$", re.MULTILINE)


def preload_of(notebook: NotebookNode) -> tuple[str, ...]:
    """Names to keep warm for a notebook: every import of its code cells, in order, each once.

    ``from a.b import c`` gives ``a.b`` and ``a.b.c``, because ``c`` may be a module; the warm process finds out. Give
    it the instructor's notebook, never a submission: the warm process imports what stands here with its own rights.
    """
    names: dict[str, None] = {}
    for cell in notebook.cells:
        if cell.cell_type == "code":
            for name in _imports(cell.source):
                names.setdefault(name)
    code = [cell.source for cell in notebook.cells if cell.cell_type == "code"]
    for library, (use, later) in _ON_FIRST_USE.items():
        if library in names and any(use.search(source) for source in code):
            names.update(dict.fromkeys(later))
    return tuple(names)


def _imports(source: str) -> list[str]:
    try:
        tree = ast.parse(_MAGIC.sub("pass", source))
    except (SyntaxError, ValueError):
        return []
    found: list[str] = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level and node.module != "__future__":
            found.append(node.module)
            found += [f"{node.module}.{alias.name}" for alias in node.names if alias.name != "*"]
    return found
