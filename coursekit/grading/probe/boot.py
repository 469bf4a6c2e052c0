"""Inside the kernel: what the first, hidden cell of a probed notebook does, before any of the learner's code runs."""

from __future__ import annotations

import builtins
import importlib
import os
import sys
from types import SimpleNamespace
from typing import Any

from coursekit.grading.probe.programs import PROGRAMS, VERSION

#: By the modules that checks need: those found loaded, the guard's names, and what these made of them.
_READY: dict[tuple[str, ...], tuple[dict[str, list[str]], dict[str, Any], SimpleNamespace]] = {}


def prepare(groups: list[list[str]]) -> None:
    """In the warm process: do what every kernel would do in `start` before it knows anything of its submission.

    Parameters
    ----------
    groups : for each notebook, the modules that its checks need (``modules`` in what `start` is given).
    """
    _READY.clear()
    for modules in groups:
        watched = _watched([name for name in modules if _imported(name)])
        guard = _load("coursekit.grading.probe.guard")
        _READY[tuple(modules)] = (watched, guard, guard["make_ready"](**watched))


def start(settings: dict[str, Any]) -> None:
    """Import what the checks need, remember it as it is, and set the guard.

    Raises
    ------
    RuntimeError
        Where the host's guard is another one than this environment's: they would not understand each other.
    """
    if settings["version"] != VERSION:
        raise RuntimeError("The kernel has another version of coursekit than the grader: install the same in both.")
    searched = sys.path[:]
    # A file of the submission that is called like a library must not be taken for it.
    sys.path[:] = [place for place in searched if place and os.path.realpath(place) != os.path.realpath(os.curdir)]
    try:
        watched = _watched([name for name in settings["modules"] if _imported(name)])
        found, guard, ready = _READY.get(tuple(settings["modules"]), ({}, {}, None))
        _READY.clear()  # nothing that the guard uses may have a name
        if found == watched:
            guard["renew"](ready)
        else:
            guard = _load("coursekit.grading.probe.guard")
            ready = guard["make_ready"](**watched)
        hear = guard["new_guard"](settings, ready)
    finally:
        sys.path[:] = searched
    sys.addaudithook(hear)


def _imported(name: str) -> bool:
    try:
        importlib.import_module(name)
    except Exception:  # a library that is not here: the cell that needs it says so itself
        return False
    return True


def _watched(loaded: list[str]) -> dict[str, list[str]]:
    """Which modules to watch, and how closely."""
    strict = ["builtins", "sys", "gc", "threading", *_family("coursekit"), *_family("numpy")]
    strict = [name for name in strict if not name.startswith(("coursekit.grading", "coursekit.plotting"))]
    used_by_checks = ["ast", "copy", "dis", "functools", "importlib", "inspect", "itertools", "linecache", "math"]
    used_by_checks += ["operator", "random", "re", "time", "tracemalloc", "types", "warnings"]
    lenient = [name for name in dict.fromkeys([*loaded, *used_by_checks]) if name not in strict]
    importlib.import_module("tracemalloc")
    frozen = ["numpy", "numpy.testing", "tracemalloc", "math", "warnings", "inspect", *loaded]
    frozen = [name for name in dict.fromkeys(frozen) if name in sys.modules and not name.startswith("coursekit.check")]
    return {"strict": strict, "lenient": lenient, "frozen": frozen}


def _family(package: str) -> list[str]:
    return [name for name in sys.modules if name == package or name.startswith(f"{package}.")]


def _load(wanted: str) -> dict[str, Any]:
    """The names of one of the guard's modules. They stand in no ``sys.modules`` and have builtins of their own."""
    loaded: dict[str, dict[str, Any]] = {}
    real_import = builtins.__import__

    def load(name: str) -> dict[str, Any]:
        if name not in loaded:
            loaded[name] = {"__name__": name, "__builtins__": own_builtins}
            exec(PROGRAMS[name], loaded[name])
        return loaded[name]

    def import_(name: str, globals: Any = None, locals: Any = None, fromlist: Any = (), level: int = 0) -> Any:
        if name not in PROGRAMS:
            return real_import(name, globals, locals, fromlist, level)
        return SimpleNamespace(**load(name))

    own_builtins = {**vars(builtins), "__import__": import_}
    return load(wanted)
