"""What a check means by its names, read from the instructor's cells before anything runs."""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

from coursekit.errors import CourseError
from coursekit.grading.sealed.replay import names_bound, names_used
from coursekit.notebooks.exercises import nbgrader_of

if TYPE_CHECKING:
    from nbformat import NotebookNode

PARTIAL_CREDIT = "### PARTIAL CREDIT"

#: ``name: (module, attribute or None)`` as bound by ``import module`` or ``from module import attribute``.
Imports = dict[str, tuple[str, str | None]]


@dataclass
class Known:
    """Names that the instructor's cells bind once, by an import or a plain function definition."""

    imports: Imports = field(default_factory=dict)
    functions: dict[str, str] = field(default_factory=dict)

    def needed_by(self, source: str) -> Known:
        """What of it a check uses, directly or through one of the functions."""
        wanted, waiting = set(), names_used(source)
        while waiting:
            wanted |= waiting
            sources = [self.functions[name] for name in waiting if name in self.functions]
            waiting = set().union(*map(names_used, sources), set()) - wanted
        return Known(
            {name: origin for name, origin in self.imports.items() if name in wanted},
            {name: text for name, text in self.functions.items() if name in wanted},
        )


def is_check(cell: NotebookNode) -> bool:
    """Whether a cell is a check that is run for points."""
    meta = nbgrader_of(cell)
    return cell.cell_type == "code" and bool(meta.get("grade")) and not meta.get("solution")


def declares_partial_credit(source: str) -> bool:
    """Whether the instructor's check says with a line ``### PARTIAL CREDIT`` that its last value is its points."""
    return any(line.strip() == PARTIAL_CREDIT for line in source.splitlines())


def plain_python(source: str, grade_id: str) -> str:
    """A cell's source without magics, as the guard can compile it.

    Raises
    ------
    CourseError
        Where the instructor's check is no Python, or awaits something at its top level.
    """
    source = _without_magics(source)
    try:
        compile(source, f"<{grade_id}>", "exec", dont_inherit=True)
    except (SyntaxError, ValueError) as error:
        raise CourseError(
            f"The check {grade_id} cannot be compiled: {error}. Mend it in the instructor's notebook."
        ) from None
    return source


def with_value_kept(source: str, name: str) -> str:
    """``source`` with the value of its last expression bound to ``name`` instead of displayed."""
    body = ast.parse(source).body
    if not body or not isinstance(body[-1], ast.Expr):
        return source
    value = body[-1].value
    lines = source.splitlines(keepends=True)
    before = "".join(lines[: value.lineno - 1]) + _part(lines[value.lineno - 1], None, value.col_offset)
    after = _part(lines[value.end_lineno - 1], value.end_col_offset, None) + "".join(lines[value.end_lineno :])
    return f"{before}{name} = ({ast.get_source_segment(source, value)}\n){after}"


def _part(line: str, start: int | None, end: int | None) -> str:
    """A slice of a line by bytes, as ``ast`` counts columns."""
    return line.encode()[start:end].decode()


@dataclass(frozen=True)
class Plan:
    """What a notebook's checks are, and what they need; the same for every submission."""

    sources: dict[str, str]
    needed: dict[str, Known]
    replay: dict[str, str]


def plan_for(notebook: NotebookNode, reference: NotebookNode | None) -> Plan:
    """The plan for a clean notebook.

    Parameters
    ----------
    notebook : the clean notebook.
    reference : the instructor's notebook. Without it only checks and locked cells are known to be the instructor's.

    Raises
    ------
    CourseError
        Where a check is no Python.
    """
    checks = tuple((nbgrader_of(cell)["grade_id"], cell.source) for cell in notebook.cells if is_check(cell))
    cells = tuple((cell.source, is_check(cell)) for cell in _instructors_cells(notebook, reference))
    solved = (cell for cell in (reference.cells if reference else ()) if cell.cell_type == "code")
    answers = tuple(cell.source for cell in solved if nbgrader_of(cell).get("solution"))
    return _plan(checks, cells, answers)


@lru_cache(maxsize=64)
def _plan(checks: tuple[tuple[str, str], ...], cells: tuple[tuple[str, bool], ...], answers: tuple[str, ...]) -> Plan:
    sources = {name: plain_python(source, name) for name, source in checks}
    known = known_names(cells, answers)
    needed = {name: known.needed_by(source) for name, source in sources.items()}
    return Plan(sources, needed, {name: _names_for_replay(source) for name, source in sources.items()})


def _names_for_replay(source: str) -> str:
    """Code that does nothing, but shows which names a check binds and uses (`coursekit.grading.sealed.replay`)."""
    bound, used = sorted(names_bound(source)), sorted(names_used(source))
    lines = [f"    {' = '.join(bound)} = None"] if bound else []
    lines += [f"    ({', '.join(used)},)"] if used else []
    return "if 0:\n" + "\n".join(lines or ["    pass"])


def known_names(cells: Iterable[tuple[str, bool]], answers: Iterable[str]) -> Known:
    """Imports and functions that the instructor gave, and that no cell of theirs binds to anything else.

    Parameters
    ----------
    cells : source of each of the instructor's cells, and whether it is a check.
    answers : the instructor's own answers.
    """
    known, times = Known(), Counter[str]()
    for text, in_check in cells:
        source = _without_magics(text)
        for statement in _statements(source):
            _take_in(statement, source, known, times, in_check=in_check)
    for answer in answers:
        times.update(dict.fromkeys(names_bound(answer), 2))
    unsure = {name for name, count in times.items() if count > 1}
    imports = {name: origin for name, origin in known.imports.items() if name not in unsure}
    return Known(imports, {name: text for name, text in known.functions.items() if name not in unsure})


def _instructors_cells(notebook: NotebookNode, reference: NotebookNode | None) -> Iterable[NotebookNode]:
    own = {cell.get("id"): cell.source for cell in reference.cells} if reference else {}
    for cell in notebook.cells:
        meta = nbgrader_of(cell)
        if cell.cell_type != "code" or meta.get("solution"):
            continue
        if meta.get("grade") or meta.get("locked") or own.get(cell.get("id")) == cell.source:
            yield cell


def _without_magics(source: str) -> str:
    """Plain Python; what is Python already stays as it is."""
    from IPython.core.inputtransformer2 import TransformerManager

    try:
        ast.parse(source)
    except (SyntaxError, ValueError, RecursionError):
        return TransformerManager().transform_cell(source)
    return source


def _statements(source: str) -> list[ast.stmt]:
    try:
        return ast.parse(source).body
    except (SyntaxError, ValueError, RecursionError):
        return []


def _take_in(statement: ast.stmt, source: str, known: Known, times: Counter[str], *, in_check: bool) -> None:
    if isinstance(statement, ast.Import | ast.ImportFrom):
        new = imported_names(statement)
        # The same import again, in a check say, does not change what the name means.
        times.update(name for name, origin in new.items() if known.imports.get(name, origin) != origin)
        known.imports |= {name: origin for name, origin in new.items() if name not in known.imports}
        times.update(name for name in new if times[name] == 0)
        return
    text = ast.get_source_segment(source, statement) or ""
    times.update(names_bound(text))
    if isinstance(statement, ast.FunctionDef) and not statement.decorator_list and not in_check:
        known.functions[statement.name] = text


def imported_names(statement: ast.stmt) -> Imports:
    """The names that an import statement binds."""
    if isinstance(statement, ast.ImportFrom) and statement.level == 0 and statement.module:
        names = [alias for alias in statement.names if alias.name != "*"]
        return {alias.asname or alias.name: (statement.module, alias.name) for alias in names}
    if isinstance(statement, ast.Import):
        return {
            alias.asname or alias.name.split(".")[0]: (alias.name if alias.asname else alias.name.split(".")[0], None)
            for alias in statement.names
        }
    return {}


def imported_modules(source: str) -> list[str]:
    """Every module that a check imports, anywhere in it."""
    found: list[str] = []
    for statement in ast.walk(ast.parse(source)):
        if isinstance(statement, ast.Import):
            found += [alias.name for alias in statement.names]
        elif isinstance(statement, ast.ImportFrom) and statement.level == 0 and statement.module:
            found.append(statement.module)
    return found
