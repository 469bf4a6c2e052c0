"""Inside the kernel: copies of builtins, of the checker and of NumPy's names that the learner's code does not hold.

The checks run with these, so replacing a function of the shared ones in the middle of a check changes nothing.
"""

from __future__ import annotations

import builtins
import functools
import importlib.util
import sys
import types
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

_modules = sys.modules
_find = importlib.util.find_spec
_real_import = builtins.__import__


def new_private(package: str, frozen: list[str]) -> SimpleNamespace:
    """Builtins and modules for the checks alone.

    Parameters
    ----------
    package : is loaded a second time, from its files, with these builtins.
    frozen : modules (already imported) whose names are kept as they are now.
    """
    private = SimpleNamespace(package=package, frozen=tuple(frozen), modules={}, real_of={}, copy_of={})
    private.builtins = {**vars(builtins), "__import__": functools.partial(_import, private)}
    for name in frozen:
        _freeze(private, name)
    if package in _modules:
        top, _, rest = package.partition(".")
        copy = _load(private, package)
        setattr(_freeze(private, top), rest, copy)
    return private


def renew_private(private: SimpleNamespace) -> None:
    """Take up what builtins and the frozen modules have got since."""
    private.builtins.update({**vars(builtins), "__import__": private.builtins["__import__"]})
    for name in private.frozen:
        vars(private.modules[name]).update(vars(_modules[name]))
    top, _, rest = private.package.partition(".")
    if private.package in private.modules:
        setattr(private.modules[top], rest, private.modules[private.package])


def _freeze(private: SimpleNamespace, name: str) -> types.ModuleType:
    real = _modules[name]
    copy = types.ModuleType(name)
    vars(copy).update(vars(real))
    private.modules[name] = copy
    private.real_of[id(copy)], private.copy_of[id(real)] = real, copy
    return copy


def _load(private: SimpleNamespace, name: str) -> types.ModuleType:
    """Load a module of the package from its file, under its name but outside of ``sys.modules``."""
    if name in private.modules:
        return private.modules[name]
    spec = _find(name)
    if spec is None or spec.loader is None:
        raise ImportError(f"no module named {name!r}", name=name)
    module = types.ModuleType(name)
    names = {"__builtins__": private.builtins, "__file__": spec.origin, "__spec__": spec, "__package__": spec.parent}
    vars(module).update(names)
    if spec.submodule_search_locations is not None:
        module.__path__ = list(spec.submodule_search_locations)
    private.modules[name] = module
    if name in _modules:
        private.real_of[id(module)], private.copy_of[id(_modules[name])] = _modules[name], module
    exec(spec.loader.get_code(name), vars(module))  # type: ignore[attr-defined]
    parent, _, last = name.rpartition(".")
    if parent in private.modules and parent.startswith(private.package):
        setattr(private.modules[parent], last, module)
    return module


def _import(
    private: SimpleNamespace, name: str, globals: Any = None, locals: Any = None, fromlist: Any = (), level: int = 0
) -> types.ModuleType:
    """``import`` as the checks see it: private copies where there are some."""
    if level == 0:
        if name == private.package or name.startswith(f"{private.package}."):
            module = _load(private, name)
            if fromlist:
                for wanted in fromlist:
                    if not hasattr(module, wanted) and hasattr(module, "__path__"):
                        _load(private, f"{name}.{wanted}")
                return module
        elif name in private.modules and (fromlist or "." not in name):
            module = private.modules[name]
            for wanted in fromlist or ():
                if wanted != "*" and not hasattr(module, wanted):
                    real = _real_import(name, globals, locals, (wanted,), 0)
                    setattr(module, wanted, getattr(real, wanted))
            return module
    return _real_import(name, globals, locals, fromlist, level)


def resolve(private: SimpleNamespace, module: str, attribute: str | None) -> Any:
    """What ``import module`` or ``from module import attribute`` means to a check."""
    found = _import(private, module, fromlist=(attribute,) if attribute else ("__name__",))
    return getattr(found, attribute) if attribute else found


def own_copy(private: SimpleNamespace, thing: Any) -> Any:
    """The private copy of a module that has one; anything else as it is."""
    return private.copy_of.get(id(thing), thing)


def real(private: SimpleNamespace, thing: Any) -> Any:
    """The shared module for which a private one stands; anything else as it is."""
    return private.real_of.get(id(thing), thing)


def let_checks_see(private: SimpleNamespace, names: Callable[[], dict[str, Any]]) -> None:
    """`not_called` looks for aliases among the caller's global names; those of the notebook are meant."""
    forbidden = private.modules.get(f"{private.package}.forbidden")
    if forbidden is not None and hasattr(forbidden, "_names_of_caller"):
        forbidden._names_of_caller = names
