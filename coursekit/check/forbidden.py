"""`not_called`: a passage must do without a certain library function or class."""

from __future__ import annotations

import functools
import importlib
import sys
import sysconfig
from collections.abc import Callable
from types import FrameType, ModuleType, TracebackType
from typing import Any, NamedTuple, Self

from coursekit.check.failure import CheckFailed
from coursekit.check.plain import module_name

_ABSENT = object()
_IMMUTABLE = 1 << 8  # Py_TPFLAGS_IMMUTABLETYPE: classes written in C, which can only be replaced by name
_LIBRARY_FOLDERS = tuple(sysconfig.get_paths()[name] for name in ("stdlib", "platstdlib", "purelib", "platlib"))


class _Target(NamedTuple):
    """A forbidden thing: its path, the object it hangs on, its name there and itself."""

    path: str
    owner: Any
    name: str
    original: Any


class not_called:  # noqa: N801 - used like a function: with check.not_called("numpy.cov"):
    """Fail when the code inside calls a forbidden function, or makes an instance of a forbidden class.

    Each dotted path is replaced for the duration and put back afterwards, whatever happens inside. Names that the
    calling notebook imported directly (``from numpy import cov``) are replaced as well. The function's own library may
    go on calling it.

    Parameters
    ----------
    *paths : str
        Dotted paths such as ``"numpy.cov"``, ``"pandas.DataFrame.apply"`` or ``"builtins.sorted"``.
    hint : str
        What to do instead.

    Raises
    ------
    CheckFailed
        At the forbidden call, and again at the end if the code inside swallowed it.
    ValueError
        If a path leads nowhere or to something that cannot be replaced.

    Examples
    --------
    >>> with not_called("numpy.cov", hint="use the definition"):
    ...     np.mean([1.0, 2.0])
    np.float64(1.5)
    """

    def __init__(self, *paths: str, hint: str = "") -> None:
        if not paths:
            raise ValueError('name at least one function, such as not_called("numpy.cov")')
        self.hint = hint
        self._targets = [_resolve(path) for path in paths]
        self._undo: list[Callable[[], None]] = []
        self._called: list[str] = []

    def __enter__(self) -> Self:
        names = _names_of_caller()
        try:
            for target in self._targets:
                guard = self._guard(target)
                self._undo.append(_replace(target, guard))
                self._undo += _replace_aliases(names, target.original, guard)
        except BaseException:
            self._restore()
            raise
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None) -> None:
        self._restore()
        if self._called and kind is None:
            raise CheckFailed(self._sentence(self._called[0]))

    def _restore(self) -> None:
        while self._undo:
            self._undo.pop()()

    def _guard(self, target: _Target) -> Any:
        @functools.wraps(target.original)
        def forbidden(*args: Any, **kwargs: Any) -> Any:
            if not _is_own_library(sys._getframe(1), target.path) and not _is_own_relative(target, args):
                self._called.append(target.path)
                raise CheckFailed(self._sentence(target.path))
            if target.original is object.__init__:
                return None  # a class made by __new__ alone: there is nothing to initialise
            return target.original(*args, **kwargs)

        return staticmethod(forbidden) if isinstance(_raw(target), (staticmethod, classmethod)) else forbidden

    def _sentence(self, path: str) -> str:
        tail = f"; {self.hint}" if self.hint else ""
        return f"{path}: expected an answer that does without it, got a call of it{tail}"


def _names_of_caller() -> dict[str, Any]:
    """Return the global names of the cell or module whose ``with`` statement this is."""
    frame = sys._getframe(2)
    while frame.f_back is not None and frame.f_globals.get("__name__") == "contextlib":
        frame = frame.f_back  # entered through an ExitStack
    return frame.f_globals


def _raw(target: _Target) -> Any:
    return getattr(target.owner, "__dict__", {}).get(target.name, _ABSENT)


def _replace(target: _Target, guard: Any) -> Callable[[], None]:
    """Put the guard in place and return what undoes that."""
    # Looked up raw, so that a staticmethod is put back as one and an inherited method is not made the class's own.
    raw = _raw(target)
    try:
        setattr(target.owner, target.name, guard)
    except (AttributeError, TypeError) as error:
        raise ValueError(
            f"{target.path} cannot be replaced ({error}); forbid its name with no_loops(..., also=...) instead"
        ) from error
    if raw is _ABSENT:
        return lambda: delattr(target.owner, target.name)
    return lambda: setattr(target.owner, target.name, raw)


def _replace_aliases(names: dict[str, Any], original: Any, guard: Any) -> list[Callable[[], None]]:
    aliases = [alias for alias, value in names.items() if value is original]
    names.update(dict.fromkeys(aliases, guard))
    return [lambda alias=alias: names.update({alias: original}) for alias in aliases]


def _is_own_library(caller: FrameType, path: str) -> bool:
    """Tell whether a call comes from the library that the function belongs to."""
    home = path.split(".")[0]
    if home == "builtins":
        return caller.f_code.co_filename.startswith((*_LIBRARY_FOLDERS, "<frozen"))
    return str(caller.f_globals.get("__name__", "")).split(".")[0] == home


def _is_own_relative(target: _Target, args: tuple[Any, ...]) -> bool:
    """Tell whether a forbidden class is only the parent of another class of its library that is being made."""
    if not isinstance(target.owner, type) or target.name != "__init__" or not args:
        return False
    made = type(args[0])
    return made is not target.owner and module_name(made) == target.path.split(".")[0]


def _resolve(path: str) -> _Target:
    """Find what a dotted path leads to."""
    parts = path.split(".")
    for length in range(len(parts) - 1, 0, -1):
        module = _import(".".join(parts[:length]))
        if module is None:
            continue
        owner: Any = module
        try:
            for name in parts[length:-1]:
                owner = getattr(owner, name)
            return _target(path, owner, parts[-1])
        except AttributeError as error:
            raise ValueError(f"{path} leads nowhere: {error}") from error
    raise ValueError(f"{path} leads nowhere: give the full path of a function, such as numpy.cov")


def _target(path: str, owner: Any, name: str) -> _Target:
    thing = getattr(owner, name)
    if isinstance(thing, type) and not thing.__flags__ & _IMMUTABLE:
        # Making an instance is what is forbidden. The class itself stays where it is, for isinstance and for super().
        return _Target(path, thing, "__init__", thing.__init__)
    return _Target(path, owner, name, thing)


def _import(name: str) -> ModuleType | None:
    try:
        return importlib.import_module(name)
    except ImportError:
        return None
