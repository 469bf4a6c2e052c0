"""What the tag ``only-draws`` promises: grading may leave the cell out, and nothing else is different for it."""

from __future__ import annotations

import ast
import re
import symtable
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from coursekit.grading.drawings import TAG
from coursekit.grading.sealed.replay import names_bound
from coursekit.notebooks.exercises import nbgrader_of

if TYPE_CHECKING:
    from nbformat import NotebookNode

#: Methods that change what they are called on.
_CHANGING = {
    "add", "append", "clear", "discard", "extend", "fill", "insert", "integers", "normal", "permutation", "permuted",
    "pop", "popitem", "put", "random", "remove", "reverse", "setdefault", "setflags", "shuffle", "sort", "uniform",
    "update", "use_course_style",
}  # fmt: skip
#: Calls by which a cell reaches beyond the notebook's names.
_REACHING = {"open", "exec", "eval", "setattr", "delattr", "globals", "locals", "vars", "setitem", "__import__"}
_MAGIC = re.compile(r"^\s*[%!?]", re.MULTILINE)


def drawing_findings(cells: Sequence[NotebookNode]) -> Iterator[str]:
    """A sentence for each tagged cell that is more than a drawing."""
    for place, cell in enumerate(cells):
        if TAG not in cell.metadata.get("tags", []):
            continue
        number = place + 1
        if cell.cell_type != "code" or nbgrader_of(cell).get("grade_id"):
            yield f"cell {number} is tagged {TAG}, which only ungraded code cells can be."
            continue
        run = [other for other in cells[place + 1 :] if other.cell_type == "code" and not _is_drawing(other)]
        later = set().union(*(names_needed(other.source) for other in run))
        if used := sorted(names_bound(cell.source) & later):
            yield f"cell {number} is tagged {TAG}, but later cells use what it binds: {', '.join(used)}."
        if does := _more_than_drawing(cell.source):
            yield f"cell {number} is tagged {TAG}, but it {does}."


def names_needed(source: str) -> set[str]:
    """Names that a cell takes from cells before it: read, also inside functions, before the cell binds them itself."""
    try:
        tree = ast.parse(_without_magics(source))
    except SyntaxError:
        return set()
    needed: set[str] = set()
    bound: set[str] = set()
    for statement in tree.body:
        text = ast.unparse(statement)
        own = names_bound(text)
        compound = isinstance(statement, ast.For | ast.While | ast.If | ast.With | ast.Try | ast.Match)
        if isinstance(statement, ast.AugAssign) and isinstance(statement.target, ast.Name):
            needed |= {statement.target.id} - bound
        needed |= _read(symtable.symtable(text, "cell", "exec")) - bound - (own if compound else set())
        bound |= own
    return needed


def _read(table: symtable.SymbolTable) -> set[str]:
    """Global names that a piece of code reads, in its functions too."""
    top = table.get_type() == "module"
    read = [symbol for symbol in table.get_symbols() if symbol.is_referenced()]
    here = {symbol.get_name() for symbol in read if top or symbol.is_global()}
    return here.union(*(_read(child) for child in table.get_children()))


def _more_than_drawing(source: str) -> str:
    """What a cell visibly does beyond drawing; empty if nothing."""
    if _MAGIC.search(source):
        return "has a magic or a shell command"
    own = names_bound(source)
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import | ast.ImportFrom):
            return "imports something"
        if isinstance(node, ast.Global | ast.Nonlocal | ast.Delete):
            return f"says {type(node).__name__.lower()}"
        stored = isinstance(node, ast.Attribute | ast.Subscript) and isinstance(node.ctx, ast.Store)
        if stored and (name := _root(node)) not in own:
            return f"changes a part of {name}, which it did not make"
        if isinstance(node, ast.Call) and (what := _changing_call(node, own)):
            return what
    return ""


def _changing_call(call: ast.Call, own: set[str]) -> str:
    if isinstance(call.func, ast.Name) and call.func.id in _REACHING:
        return f"calls {call.func.id}"
    if isinstance(call.func, ast.Attribute) and call.func.attr in _CHANGING and (name := _root(call.func)) not in own:
        return f"calls {name}'s {call.func.attr}, which may change something that it did not make"
    return ""


def _root(node: ast.AST) -> str:
    """The name at the beginning of ``name.part[0].part``."""
    while isinstance(node, ast.Attribute | ast.Subscript | ast.Call):
        node = node.func if isinstance(node, ast.Call) else node.value
    return node.id if isinstance(node, ast.Name) else "something"


def _is_drawing(cell: NotebookNode) -> bool:
    return TAG in cell.metadata.get("tags", [])


def _without_magics(source: str) -> str:
    return re.sub(r"^(\s*)[%!?].*$", r"\1pass", source, flags=re.MULTILINE)
