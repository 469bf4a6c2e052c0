"""`not_called`: a passage must do without a certain library function."""

from __future__ import annotations

import importlib
import sys
import sysconfig
from collections.abc import Callable
from types import CodeType, FrameType, ModuleType, TracebackType
from typing import Any, NamedTuple, Self

from coursekit.check.failure import CheckFailed

_ABSENT = object()
_LIBRARY_FOLDERS = tuple(sysconfig.get_paths()[name] for name in ("stdlib", "platstdlib", "purelib", "platlib"))


class _Target(NamedTuple):
    """A forbidden thing: its path, the object it hangs on, its name there and itself."""

    path: str
    owner: Any
    name: str
    original: Any


class not_called:  # noqa: N801 - used like a function: with check.not_called("numpy.cov"):
    """Fail when the code inside calls a forbidden function.

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
        def forbidden(*args: Any, **kwargs: Any) -> Any:
            if _is_own_library(sys._getframe(1), target.path, forbidden.__code__):
                return target.original(*args, **kwargs)
            self._called.append(target.path)
            raise CheckFailed(self._sentence(target.path))

        if isinstance(target.original, type):
            # isinstance(x, numpy.poly1d) must go on working, so a class is replaced by a stand-in of its own kind.
            return _guarded_class(target.original, forbidden)
        if isinstance(_raw(target), (staticmethod, classmethod)):
            return staticmethod(forbidden)
        return forbidden

    def _sentence(self, path: str) -> str:
        tail = f"; {self.hint}" if self.hint else ""
        return f"{path}: expected an answer that does without it, got a call of it{tail}"


def _guarded_class(original: type, forbidden: Callable[..., Any]) -> Any:
    class Guard(type):
        """Stands for a class: calling it is forbidden, asking about instances is not."""

        def __call__(cls, *args: Any, **kwargs: Any) -> Any:
            return forbidden(*args, **kwargs)

        def __instancecheck__(cls, instance: Any) -> bool:
            return isinstance(instance, original)

        def __subclasscheck__(cls, subclass: type) -> bool:
            return issubclass(subclass, original)

        def __getattr__(cls, name: str) -> Any:
            return getattr(original, name)

    return Guard(original.__name__, (), {})


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


def _is_own_library(caller: FrameType, path: str, guard: CodeType) -> bool:
    """Tell whether a call comes from the library that the function belongs to."""
    frame: FrameType | None = caller
    while frame is not None and frame.f_code.co_filename == guard.co_filename:
        frame = frame.f_back  # a guarded class adds a frame of its own
    if frame is None:
        return False
    home = path.split(".")[0]
    if home == "builtins":
        return frame.f_code.co_filename.startswith((*_LIBRARY_FOLDERS, "<frozen"))
    return str(frame.f_globals.get("__name__", "")).split(".")[0] == home


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
            return _Target(path, owner, parts[-1], getattr(owner, parts[-1]))
        except AttributeError as error:
            raise ValueError(f"{path} leads nowhere: {error}") from error
    raise ValueError(f"{path} leads nowhere: give the full path of a function, such as numpy.cov")


def _import(name: str) -> ModuleType | None:
    try:
        return importlib.import_module(name)
    except ImportError:
        return None
