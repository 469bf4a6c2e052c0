"""Inside the kernel: tells whether a function, an object or a frame was made by the learner, and where.

Everything outside of Python's and the packages' folders counts as the learner's: notebook cells, ``exec``, own files.

None of the guard's modules defines a class: ``object.__subclasses__()`` would show it to everybody.
"""

from __future__ import annotations

import functools
import os
import sys
import sysconfig
import types
from typing import Any

_DEPTH = 8
_FUNCTION, _METHOD, _PARTIAL = types.FunctionType, types.MethodType, functools.partial
_WRAPPED = (staticmethod, classmethod)
_code_of = _FUNCTION.__code__.__get__  # type: ignore[attr-defined]
_own_dict = type.__dict__["__dict__"].__get__
_starts = str.startswith

#: Where a thing comes from: file name of its code, and line.
Place = tuple[str, int]


def new_origin(own: tuple[str, ...]) -> types.SimpleNamespace:
    """Knowledge of what is not the learner's.

    Parameters
    ----------
    own : how the file names of the guard's code begin.
    """
    return types.SimpleNamespace(not_learners=(*_library_folders(), "<frozen", "<__array_function__", "<attrs", *own))


def add_own(origin: types.SimpleNamespace, own: list[str]) -> None:
    """Take these beginnings of file names for the guard's and the checks' too."""
    origin.not_learners = (*origin.not_learners, *own)


def _library_folders() -> tuple[str, ...]:
    paths = sysconfig.get_paths()
    folders = {paths[name] for name in ("stdlib", "platstdlib", "purelib", "platlib")}
    package = sys.modules.get("coursekit")
    if package is not None and package.__file__:
        folders.add(os.path.dirname(package.__file__))
    with_links = {os.path.realpath(folder) for folder in folders} | folders
    return tuple(folder.rstrip(os.sep) + os.sep for folder in with_links)


def is_learners_file(origin: types.SimpleNamespace, name: str) -> bool:
    """Whether code of this file name is the learner's."""
    return not _starts(name, origin.not_learners)


def place_of(origin: types.SimpleNamespace, thing: Any) -> Place | None:
    """Where the learner defined ``thing`` (a function, class, instance, partial …); None if it is not theirs."""
    for _ in range(_DEPTH):
        kind = type(thing)
        if kind is _METHOD or kind in _WRAPPED:
            thing = thing.__func__
        elif kind is _PARTIAL:
            thing = thing.func
        elif kind is property:
            thing = thing.fget
        else:
            break
    if type(thing) is _FUNCTION:
        return _place_of_code(origin, _code_of(thing))
    return _place_of_class(origin, thing if isinstance(thing, type) else type(thing))


def _place_of_code(origin: types.SimpleNamespace, code: types.CodeType) -> Place | None:
    return (code.co_filename, code.co_firstlineno) if is_learners_file(origin, code.co_filename) else None


def _place_of_class(origin: types.SimpleNamespace, kind: type) -> Place | None:
    own = _own_dict(kind)
    if own.get("__module__") == "unittest.mock":
        return ("unittest.mock", 0)
    for attribute in list(own.values()):
        if type(attribute) is _FUNCTION and (place := _place_of_code(origin, _code_of(attribute))):
            return place
    return ("", 0) if own.get("__module__") == "__main__" else None
