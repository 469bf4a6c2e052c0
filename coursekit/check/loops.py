"""`no_loops`: a function written with whole-array operations.

The compiled code is read rather than the source text, for three reasons: it exists for functions of any origin (a
notebook cell, a warm kernel, exec), it cannot be out of step with what runs, and every spelling of a loop compiles to
one of two things, an iteration or a jump backwards. The source line is shown wherever it can be found.
"""

from __future__ import annotations

import builtins
import dis
import functools
import itertools
import linecache
from collections import ChainMap
from collections.abc import Callable, Collection, Iterator, Mapping
from graphlib import CycleError, TopologicalSorter
from types import CodeType, FunctionType, MethodType, ModuleType
from typing import Any, NamedTuple

import numpy as np

from coursekit.check.failure import counted, fail, one_line
from coursekit.check.kinds import Kinds
from coursekit.check.plain import describe, function_name, is_class

# Calls that run a Python function once per entry or per row: loops under another name.
_HIDDEN_LOOPS: dict[int, str] = {
    id(thing): name
    for name, thing in {
        "map": builtins.map,
        "filter": builtins.filter,
        "eval": builtins.eval,
        "exec": builtins.exec,
        "compile": builtins.compile,
        "functools.reduce": functools.reduce,
        "itertools.starmap": itertools.starmap,
        "itertools.accumulate": itertools.accumulate,
        "np.vectorize": np.vectorize,
        "np.apply_along_axis": np.apply_along_axis,
        "np.apply_over_axes": np.apply_over_axes,
        "np.frompyfunc": np.frompyfunc,
        "np.nditer": np.nditer,
        "np.ndenumerate": np.ndenumerate,
        "np.ndindex": np.ndindex,
    }.items()
}
_HIDDEN_LOOP_ATTRIBUTES = frozenset(
    {
        "vectorize",
        "apply_along_axis",
        "apply_over_axes",
        "frompyfunc",
        "nditer",
        "ndenumerate",
        "ndindex",
        "starmap",
        "iterrows",
        "itertuples",
        "applymap",
    }
)
# An import inside the function names them without their module: ``from functools import reduce``.
_HIDDEN_LOOP_IMPORTS = frozenset(name.rsplit(".", 1)[-1] for name in _HIDDEN_LOOPS.values())
_WRAPPERS = Kinds([MethodType, staticmethod, classmethod])
_NAME_LOADS = frozenset({"LOAD_GLOBAL", "LOAD_NAME", "LOAD_DEREF", "LOAD_CLASSDEREF", "LOAD_FROM_DICT_OR_DEREF"})
_ATTRIBUTE_LOADS = frozenset({"LOAD_ATTR", "LOAD_METHOD", "LOAD_SUPER_ATTR", "IMPORT_FROM"})


class _Loop(NamedTuple):
    """A loop and where it stands."""

    what: str
    line: int
    code: CodeType
    expected: str = "no Python loop"


@counted
def no_loops(function: Callable[..., Any], *, hint: str = "", also: Collection[str] = ()) -> None:
    """Check that a function has no Python loop.

    Refused: ``for``, ``while``, comprehensions and generator expressions; ``map``, ``filter``, ``reduce``;
    ``np.vectorize``, ``np.apply_along_axis`` and their kin; ``iterrows`` and ``itertuples``; ``eval`` and ``exec``; a
    function that calls itself. Functions nested in it, and those of the same notebook or module that it uses, are read
    too.

    Parameters
    ----------
    function : callable
        A function, method or class written in Python.
    hint : str
        What to do instead.
    also : collection of str
        Further names that must not be called, such as ``"apply"``.

    Raises
    ------
    CheckFailed
        With the first loop and its line, or if there is no Python code to read.

    Examples
    --------
    >>> def total(x):
    ...     return x.sum()
    >>> no_loops(total)
    """
    name = function_name(function) if callable(function) else "the function"
    parts = list(_parts_of(function))
    if not parts:
        fail(
            name,
            "a function whose code can be read",
            describe(function),
            "write it with def in a cell of this notebook and run that cell again",
        )
    loop = _first_loop(parts, frozenset(also))
    if loop is not None:
        fail(name, loop.expected, f"{loop.what} {_place(loop)}", hint)


class _Part(NamedTuple):
    """A piece of compiled code with the names it can see."""

    code: CodeType
    names: Mapping[str, Any]


def _first_loop(parts: list[_Part], also: frozenset[str]) -> _Loop | None:
    """Search the parts, what is nested in them and what they use; a cycle among them is a loop as well."""
    uses: dict[CodeType, list[CodeType]] = {}
    waiting = list(parts)
    while waiting:
        part = waiting.pop(0)
        if part.code in uses:
            continue
        loop = _loop_in(part, also)
        if loop is not None:
            return loop
        nested = [_Part(inner, part.names) for inner in part.code.co_consts if type(inner) is CodeType]
        helpers = _helpers(part)
        uses[part.code] = [other.code for other in nested + helpers]
        if part.code.co_name in part.code.co_freevars:
            uses[part.code].append(part.code)
        waiting += nested + helpers
    return _recursion(uses)


def _recursion(uses: Mapping[CodeType, list[CodeType]]) -> _Loop | None:
    try:
        TopologicalSorter(uses).prepare()
    except CycleError as error:
        code = error.args[1][0]
        return _Loop(f"a recursion, {code.co_name} calling itself", code.co_firstlineno, code)
    return None


def _parts_of(function: Any) -> Iterator[_Part]:
    """Yield the compiled code of a function, method, partial or class."""
    kind = type(function)
    if kind in _WRAPPERS:
        yield from _parts_of(function.__func__)
    elif kind is functools.partial:
        yield from _parts_of(function.func)
    elif kind is functools._lru_cache_wrapper:
        yield from _parts_of(function.__wrapped__)
    elif kind is builtins.property:
        yield from _parts_of(function.fget)
    elif kind is FunctionType:
        yield _Part(function.__code__, ChainMap(_closure(function), function.__globals__))
    elif is_class(function):
        for member in vars(function).values():
            if not is_class(member):
                yield from _parts_of(member)


def _closure(function: FunctionType) -> dict[str, Any]:
    found = {}
    for name, cell in zip(function.__code__.co_freevars, function.__closure__ or (), strict=True):
        try:
            found[name] = cell.cell_contents
        except ValueError:  # a cell that is not filled yet
            continue
    return found


def _helpers(part: _Part) -> list[_Part]:
    """Return the functions that a piece of code uses and that were written in the same notebook or module."""
    used = {step.argval for step in dis.get_instructions(part.code) if step.opname in _NAME_LOADS}
    home = part.names.get("__name__")
    found = []
    for helper in (part.names.get(name) for name in sorted(used)):
        if is_class(helper) and vars(helper).get("__module__") != home:
            continue
        found += [inner for inner in _parts_of(helper) if inner.names.get("__name__") == home]
    return found


def _loop_in(part: _Part, also: frozenset[str]) -> _Loop | None:
    line = part.code.co_firstlineno
    module: ModuleType | None = None
    for step in dis.get_instructions(part.code):
        line = _line_of(step, line)
        if step.opname == "FOR_ITER":
            return _Loop(_iteration_name(part.code), line, part.code)
        if _is_jump_back(step):
            return _Loop("a while loop", line, part.code)
        hidden = _hidden_loop(step, part.names, module)
        if hidden:
            return _Loop(f"a call of {hidden}", line, part.code)
        forbidden = _named(step, part.names, also)
        if forbidden:
            return _Loop(f"a call of {forbidden}", line, part.code, "none of the functions that the text forbids")
        loaded = part.names.get(step.argval) if step.opname in _NAME_LOADS else None
        module = loaded if isinstance(loaded, ModuleType) else None
    return None


def _line_of(step: dis.Instruction, line: int) -> int:
    start = step.positions.lineno if step.positions is not None else None
    return line if start is None else start


def _is_jump_back(step: dis.Instruction) -> bool:
    if step.opcode not in dis.hasjrel and step.opcode not in dis.hasjabs:
        return False
    # Awaiting compiles to a jump backwards of its own kind, which is no loop of the author's.
    return type(step.argval) is int and step.argval < step.offset and not step.opname.endswith("NO_INTERRUPT")


def _iteration_name(code: CodeType) -> str:
    return {
        "<listcomp>": "a list comprehension",
        "<setcomp>": "a set comprehension",
        "<dictcomp>": "a dict comprehension",
        "<genexpr>": "a generator expression",
    }.get(code.co_name, "a loop")


def _named(step: dis.Instruction, names: Mapping[str, Any], also: frozenset[str]) -> str:
    """Return the forbidden name that this step reaches for, under its own name or an alias of an import, or ''."""
    if step.opname in _ATTRIBUTE_LOADS:
        return step.argval if step.argval in also else ""
    if step.opname not in _NAME_LOADS:
        return ""
    own_name = getattr(names.get(step.argval), "__name__", "")
    return next((name for name in (step.argval, own_name) if type(name) is str and name in also), "")


def _hidden_loop(step: dis.Instruction, names: Mapping[str, Any], module: ModuleType | None) -> str:
    """Return the name of the loop in disguise that this step reaches for, or ''."""
    name = step.argval
    if step.opname in _NAME_LOADS:
        value = names.get(name, getattr(builtins, name, None))
        known = _HIDDEN_LOOPS.get(id(value)) or (f"{name}, made by np.vectorize" if _is_vectorized(value) else None)
    elif step.opname in _ATTRIBUTE_LOADS:
        refused = _HIDDEN_LOOP_IMPORTS if step.opname == "IMPORT_FROM" else _HIDDEN_LOOP_ATTRIBUTES
        known = name if name in refused else None
        if module is not None:
            known = _HIDDEN_LOOPS.get(id(getattr(module, name, None)), known)
    else:
        return ""
    return known or ""


def _is_vectorized(value: Any) -> bool:
    # np.frompyfunc makes a ufunc that says so in its name.
    return type(value) is np.vectorize or (type(value) is np.ufunc and value.__name__.endswith("(vectorized)"))


def _place(loop: _Loop) -> str:
    text = linecache.getline(loop.code.co_filename, loop.line).strip()
    return f"in line {loop.line}" + (f" ({one_line(text, 50)})" if text else "")
