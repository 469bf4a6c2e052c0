"""Inside the kernel: what functions and classes were before any of the learner's code, and putting them back.

Only what can be called is watched: settings, caches and options may change as they like.
"""

from __future__ import annotations

import builtins
import sys
import types
from collections.abc import Callable, Iterable
from itertools import chain
from operator import is_
from types import SimpleNamespace
from typing import Any

from coursekit.grading.probe.origin import Place, place_of

_FUNCTION = types.FunctionType
_code = _FUNCTION.__code__  # type: ignore[attr-defined]
_cell_value = types.CellType.cell_contents
_cell_content = _cell_value.__get__  # type: ignore[attr-defined]
_own_dict, _mro = type.__dict__["__dict__"].__get__, type.__dict__["__mro__"].__get__
_flags = type.__dict__["__flags__"].__get__
_modules = sys.modules
_put, _take_away = type.__setattr__, type.__delattr__
_ABSENT = object()
_COPY = "the checks' own "
_MUTABLE_CLASS = 1 << 9
_HIDEABLE = frozenset(name for name in vars(builtins) if not name.startswith("__"))

#: IPython and ipykernel themselves replace these, some for every cell.
_RESTLESS = {
    "builtins": {"input", "getpass"},
    "sys": {"displayhook", "excepthook", "unraisablehook", "breakpointhook"},
    "threading": {"excepthook"},
    "gc": {"callbacks"},
}
#: Silencing warnings for good is a widespread habit, not a trick: put back without a word.
_HABITS = {
    "warnings": {"warn", "warn_explicit", "showwarning", "formatwarning", "_showwarnmsg", "_showwarnmsg_impl"},
}
#: Names that NumPy once had for Python's types; old tutorials tell people to set them again.
_OLD_ALIASES = {"bool": bool, "int": int, "float": float, "complex": complex, "object": object, "str": str}

#: What was replaced, and where its replacement was defined (None if it is not the learner's own code).
Found = tuple[str, Place | None]


def new_watch(strict: Iterable[str], lenient: Iterable[str], origin: SimpleNamespace) -> SimpleNamespace:
    """The state of modules and classes at the beginning.

    Parameters
    ----------
    strict : modules in which any replacement is remarkable.
    lenient : modules in which only the learner's own code is: other libraries may patch these.
    origin : tells whose code something is.
    """
    watch = SimpleNamespace(origin=origin, modules={}, dicts=[], classes=[], functions={}, seen=set())
    # Replacing code and defaults makes an audit event. Looking is needed only where something else can change.
    watch.loose, watch.suspects = [], set()
    watch.counted = ()
    for name in strict:
        _remember_module(watch, name, True)
    for name in lenient:
        _remember_module(watch, name, False)
    return watch


def watch_copy(watch: SimpleNamespace, name: str, module: types.ModuleType) -> None:
    """Watch a module that does not stand in ``sys.modules``."""
    _remember_names(watch, f"{_COPY}{name}", vars(module), True)


def renew_watch(watch: SimpleNamespace) -> None:
    """Take what is not as it was for what it has to be: nobody's code but the kernel's own has run since."""
    stale = [entry for entry in watch.dicts if not _names_rest(entry)]
    watch.dicts = [entry for entry in watch.dicts if _names_rest(entry)]
    for label, names, _, strict, *_ in stale:
        _remember_names(watch, label, names, strict)
    changed = [entry for entry in watch.classes if not _class_rests(entry)]
    watch.classes = [entry for entry in watch.classes if _class_rests(entry)]
    for label, kind, _, strict, *_ in changed:
        remember_class(watch, label, kind, strict)
    watch.counted = ()


def _remember_module(watch: SimpleNamespace, name: str, strict: bool) -> None:
    module = _modules.get(name)
    if isinstance(module, types.ModuleType) and name not in watch.modules:
        watch.modules[name] = module
        _remember_names(watch, name, vars(module), strict)


def _remember_names(watch: SimpleNamespace, label: str, names: dict[str, Any], strict: bool) -> None:
    restless, package = _RESTLESS.get(label, ()), label.removeprefix(_COPY).split(".")[0]
    things = {key: value for key, value in names.items() if key not in restless and callable(value)}
    watch.dicts.append((label, names, things, strict, tuple(things), tuple(things.values())))
    for key, value in things.items():
        _remember(watch, f"{label}.{key}", value, package, strict)


def _remember(watch: SimpleNamespace, label: str, thing: Any, package: str, strict: bool) -> None:
    if id(thing) in watch.seen:
        return
    watch.seen.add(id(thing))
    if type(thing) is _FUNCTION:
        _remember_function(watch, label, thing)
    elif isinstance(thing, type) and str(thing.__module__).split(".")[0] == package:
        remember_class(watch, label, thing, strict)


def _remember_function(watch: SimpleNamespace, label: str, function: Any) -> None:
    cells = tuple((cell, _contents(cell)) for cell in function.__closure__ or ())
    cells = tuple((cell, value) for cell, value in cells if type(value) is _FUNCTION)
    options = function.__kwdefaults__
    entry = (label, function, function.__code__, function.__defaults__, options, dict(options or {}), cells)
    watch.functions[id(function)] = entry
    if cells or options:
        named = options or {}
        inside, hidden = tuple(cell for cell, _ in cells), tuple(value for _, value in cells)
        watch.loose.append((id(function), options, tuple(named), tuple(named.values()), inside, hidden))
    for _, value in cells:
        if id(value) not in watch.functions:
            _remember_function(watch, label, value)


def suspect(watch: SimpleNamespace, function: Any) -> None:
    """Note that a function's code or defaults are about to be replaced (an audit event tells)."""
    if id(function) in watch.functions:
        watch.suspects.add(id(function))


def remember_class(watch: SimpleNamespace, label: str, kind: type, strict: bool) -> None:
    """Watch a class: its own attributes, and that none is added which hides an inherited one."""
    if not _flags(kind) & _MUTABLE_CLASS:
        return
    everything = dict(_own_dict(kind))
    things = {name: value for name, value in everything.items() if _is_behaviour(value)}
    watch.classes.append((label, kind, things, strict, tuple(everything), tuple(everything.values())))
    for name, value in things.items():
        for function in _functions_of(value):
            _remember_function(watch, f"{label}.{name}", function)


def put_back(watch: SimpleNamespace) -> list[Found]:
    """Put everything back as it was; tell what had been replaced and is worth a word."""
    found: list[Found] = []
    for name, module in watch.modules.items():
        if _modules.get(name) is not module:
            found.append((f"the module {name}", place_of(watch.origin, _modules.get(name))))
            _modules[name] = module
    _set_apart_what_changed(watch)
    for entry in watch.moving_dicts:
        _put_back_names(watch, *entry, found)
    for label, kind, things, strict, *_ in watch.moving_classes:
        _put_back_class(watch, label, kind, things, strict, found)
    touched = [number for number, *parts in watch.loose if _is_touched(*parts)]
    for number in dict.fromkeys([*touched, *watch.suspects]):
        _put_back_function(watch, watch.functions[number], found)
    return found


def _is_touched(
    options: dict[str, Any] | None,
    names: tuple[str, ...],
    values: tuple[Any, ...],
    cells: tuple[Any, ...],
    contents: tuple[Any, ...],
) -> bool:
    """Whether something in a function's defaults or closure was replaced, of which no audit event tells."""
    if options is not None and (len(options) != len(names) or not _same_things(options.get, names, values)):
        return True
    try:
        return bool(cells) and not all(map(is_, map(_cell_content, cells), contents))
    except ValueError:  # an empty cell
        return True


def _set_apart_what_changed(watch: SimpleNamespace) -> None:
    """See that what does not rest as it was at the beginning is looked at closely, now and from now on.

    It is asked before and after each check, and nearly always everything rests: that is told in one comparison.
    """
    if watch.counted != (len(watch.dicts), len(watch.classes)):
        watch.counted = (len(watch.dicts), len(watch.classes))
        watch.moving_dicts, watch.moving_classes = [], []
        _lay_out(watch, watch.dicts, watch.classes)
    if _all_rest(watch):
        return
    dicts, classes = [], []
    for entry in watch.resting_dicts:
        (dicts if _names_rest(entry) else watch.moving_dicts).append(entry)
    for entry in watch.resting_classes:
        (classes if _class_rests(entry) else watch.moving_classes).append(entry)
    _lay_out(watch, dicts, classes)


def _lay_out(watch: SimpleNamespace, dicts: list[tuple[Any, ...]], classes: list[tuple[Any, ...]]) -> None:
    """Lay out what rests for one comparison."""
    watch.resting_dicts, watch.resting_classes = dicts, classes
    modules, kinds = [entry[1] for entry in dicts], [_own_dict(entry[1]) for entry in classes]
    watch.at_once = (
        [names.get for names in (*modules, *kinds)],
        [entry[4] for entry in (*dicts, *classes)],
        [value for entry in (*dicts, *classes) for value in entry[5]],
        modules,
        tuple(len(_HIDEABLE.intersection(entry[4])) for entry in dicts),
        kinds,
        tuple(len(entry[4]) for entry in classes),
    )


def _all_rest(watch: SimpleNamespace) -> bool:
    """Whether all names mean the very same things, no builtin is hidden, and no class has got new attributes."""
    getters, names, values, modules, hiding, kinds, lengths = watch.at_once
    return (
        all(map(is_, chain.from_iterable(map(map, getters, names)), values))
        and tuple(map(len, map(_HIDEABLE.intersection, modules))) == hiding
        and tuple(map(len, kinds)) == lengths
    )


def _names_rest(entry: tuple[Any, ...]) -> bool:
    _, names, _, _, keys, values = entry
    hiding = len(_HIDEABLE.intersection(names)) == len(_HIDEABLE.intersection(keys))
    return hiding and _same_things(names.get, keys, values)


def _class_rests(entry: tuple[Any, ...]) -> bool:
    now, (_, _, _, _, keys, values) = _own_dict(entry[1]), entry
    return len(now) == len(keys) and _same_things(now.get, keys, values)


def put_back_first(watch: SimpleNamespace) -> list[Found]:
    """Put back only what the host's own cell needs to reach the guard."""
    found: list[Found] = []
    for entry in watch.dicts:
        if entry[0] in ("builtins", "sys"):
            _put_back_names(watch, *entry, found)
    return found


def _same_things(get: Callable[[str], Any], names: tuple[str, ...], values: tuple[Any, ...]) -> bool:
    """Whether each name still means the very same thing; compared without a step of Python for each."""
    return all(map(is_, map(get, names), values))


def _put_back_names(
    watch: SimpleNamespace,
    label: str,
    names: dict[str, Any],
    things: dict[str, Any],
    strict: bool,
    keys: tuple[str, ...],
    values: tuple[Any, ...],
    found: list[Found],
) -> None:
    if not _same_things(names.get, keys, values):
        _put_back_replaced(watch, label, names, things, strict, found)
    if not _HIDEABLE.isdisjoint(names):
        _drop_hiding_names(watch, label, names, things, found)


def _put_back_replaced(
    watch: SimpleNamespace, label: str, names: dict[str, Any], things: dict[str, Any], strict: bool, found: list[Found]
) -> None:
    for name, thing in things.items():
        now = names.get(name, _ABSENT)
        if now is thing or _is_old_alias(label, name, now):
            continue
        place = place_of(watch.origin, now) if now is not _ABSENT else None
        if place is None and not strict:
            continue
        names[name] = thing
        if name not in _HABITS.get(label, ()):
            found.append((f"{label}.{name}", place))


def _drop_hiding_names(
    watch: SimpleNamespace, label: str, names: dict[str, Any], things: dict[str, Any], found: list[Found]
) -> None:
    """A new global that is called like a builtin changes what the module's own functions do."""
    for name in (_HIDEABLE & names.keys()) - things.keys():
        place = place_of(watch.origin, names[name]) if callable(names[name]) else None
        if place is not None:
            found.append((f"{label}.{name}", place))
            del names[name]


def _put_back_class(
    watch: SimpleNamespace, label: str, kind: type, things: dict[str, Any], strict: bool, found: list[Found]
) -> None:
    now = _own_dict(kind)
    for name, thing in things.items():
        if now.get(name, _ABSENT) is thing:
            continue
        place = place_of(watch.origin, now.get(name))
        if place is not None or strict:
            found.append((f"{label}.{name}", place))
            _put(kind, name, thing)
    for name in [name for name in now if name not in things and _is_behaviour(now[name])]:
        place = place_of(watch.origin, now[name])
        if place is not None and any(name in _own_dict(base) for base in _mro(kind)[1:]):
            found.append((f"{label}.{name}", place))
            _take_away(kind, name)


def _put_back_function(watch: SimpleNamespace, entry: tuple[Any, ...], found: list[Found]) -> None:
    label, function, code, defaults, options, contents, cells = entry
    changed = None
    if _code.__get__(function) is not code:
        changed = place_of(watch.origin, function) or ("", 0)
        function.__code__ = code
    if function.__defaults__ is not defaults:
        changed = changed or ("", 0)
        function.__defaults__ = defaults
    if function.__kwdefaults__ is not options or (options and not _same(options, contents)):
        changed = changed or ("", 0)
        if options:
            options.clear()
            options.update(contents)
        function.__kwdefaults__ = options
    for cell, value in cells:
        if _contents(cell) is not value:
            changed = changed or place_of(watch.origin, _contents(cell)) or ("", 0)
            _cell_value.__set__(cell, value)  # type: ignore[attr-defined]
    if changed is not None:
        found.append((f"the inside of {label}", changed))


def _contents(cell: Any) -> Any:
    try:
        return _cell_value.__get__(cell)  # type: ignore[attr-defined]
    except ValueError:  # an empty cell
        return _ABSENT


def _same(options: dict[str, Any], contents: dict[str, Any]) -> bool:
    return len(options) == len(contents) and all(options.get(name, _ABSENT) is contents[name] for name in contents)


def _is_behaviour(value: Any) -> bool:
    return callable(value) or type(value) in (staticmethod, classmethod, property)


def _functions_of(value: Any) -> list[Any]:
    if type(value) in (staticmethod, classmethod):
        value = value.__func__
    if type(value) is property:
        return [part for part in (value.fget, value.fset) if type(part) is _FUNCTION]
    return [value] if type(value) is _FUNCTION else []


def _is_old_alias(label: str, name: str, now: Any) -> bool:
    return label == "numpy" and now is _OLD_ALIASES.get(name, _ABSENT)
