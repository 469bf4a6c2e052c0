"""Universal cheats, made from an exercise's own answer cells: same names and signatures, no work done."""

from __future__ import annotations

import ast

from coursekit.audit import cheatparts
from coursekit.audit.regions import SOLUTION, lines_between

#: What each cheat does, in words, in the order of the report.
KINDS = {
    "none": "returns None",
    "argument": "returns its argument",
    "always equal": "returns an object that equals everything",
    "lookalike": "returns an array-lookalike that agrees with everything",
    "raises": "raises a ValueError that mentions everything",
    "endless": "loops for ever",
    "replay": "replays the outputs of the visible checks",
    "patches": "patches the checker, numpy.testing and builtins",
}
_PRELUDES = {
    "always equal": cheatparts.ALWAYS_EQUAL,
    "lookalike": cheatparts.LOOKALIKE,
    "patches": cheatparts.PATCHES + "\n\n_patch()\n",
}
_Function = ast.FunctionDef | ast.AsyncFunctionDef


def functions_in(source: str) -> list[str]:
    """The functions and methods that an answer cell asks for, by qualified name."""
    return [name for name, _ in _asked(ast.parse(source), lines_between(source, SOLUTION))]


def cheat_for(kind: str, source: str, table: str = "") -> str:
    """An answer cell that cheats.

    Parameters
    ----------
    kind : one of `KINDS`.
    source : the instructor's answer cell, with its markers.
    table : for ``replay``, what `coursekit.audit.recording` has packed.
    """
    tree = ast.parse(source)
    lines = lines_between(source, SOLUTION)
    for name, function in _asked(tree, lines):
        function.body = ast.parse(_body(kind, name, function)).body
    tree.body = [new for statement in tree.body for new in _kept(statement, lines, kind)]
    prelude = cheatparts.REPLAY.replace("@TABLE@", table) if kind == "replay" else _PRELUDES.get(kind, "")
    return f"{prelude}\n\n{ast.unparse(ast.fix_missing_locations(tree))}".strip("\n")


def _asked(node: ast.AST, lines: frozenset[int], path: str = "") -> list[tuple[str, _Function]]:
    """Functions whose bodies the learner writes: the innermost around a region, and all that stand inside one."""
    found: list[tuple[str, _Function]] = []
    for child in getattr(node, "body", []):
        if not isinstance(child, ast.ClassDef | _Function) or not _touches(child, lines):
            continue
        name = f"{path}{child.name}"
        inner = (
            [] if child.lineno in lines and not isinstance(child, ast.ClassDef) else _asked(child, lines, f"{name}.")
        )
        if isinstance(child, ast.ClassDef):
            found += inner
        else:
            found.append((name, child))
    return found


def _touches(node: ast.stmt, lines: frozenset[int]) -> bool:
    return any(number in lines for number in range(node.lineno, (node.end_lineno or node.lineno) + 1))


def _kept(statement: ast.stmt, lines: frozenset[int], kind: str) -> list[ast.stmt]:
    """A statement of the cell as the cheat has it; what the learner should compute becomes the cheat's value."""
    if statement.lineno not in lines or isinstance(
        statement, ast.Import | ast.ImportFrom | ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef
    ):
        return [statement]
    names = {n.id for n in ast.walk(statement) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)}
    if kind in ("raises", "endless"):
        return ast.parse(_value(kind)).body
    return [new for name in sorted(names) for new in ast.parse(f"{name} = {_value(kind)}").body]


def _value(kind: str) -> str:
    """What stands for a value that the learner should compute."""
    return {
        "always equal": "_AlwaysEqual()",
        "lookalike": "_lookalike()",
        "raises": "raise ValueError('no')",
        "endless": "while True: pass",
    }.get(kind, "None")


def _body(kind: str, name: str, function: _Function) -> str:
    """The statements of a cheating function."""
    arguments = _arguments(function)
    own = arguments[1:] if "." in name and arguments[:1] in (["self"], ["cls"]) else arguments
    first = own[0] if own else "None"
    if "." in name and name.endswith("__init__") and kind != "replay":
        # An object must at least exist, or nothing of it could be asked.
        assigned = "\n".join(f"{arguments[0]}.{argument} = {argument}" for argument in own)
        return assigned or "pass"
    return {
        "none": "return None",
        "argument": f"return {first}",
        "always equal": "return _AlwaysEqual()",
        "lookalike": f"return _lookalike({first})",
        "raises": f"raise ValueError(f'{{{'locals()'}}} ' + {ast.get_docstring(function) or ''!r})",
        "endless": "while True: pass",
        "replay": f"return _replay({name!r}, ({''.join(f'{argument}, ' for argument in arguments)}))",
        "patches": "_patch()\nreturn None",
    }[kind]


def _arguments(function: _Function) -> list[str]:
    """All parameters, in the order of the function's variables."""
    given = function.args
    named = [argument.arg for argument in (*given.posonlyargs, *given.args, *given.kwonlyargs)]
    return named + [argument.arg for argument in (given.vararg, given.kwarg) if argument]
