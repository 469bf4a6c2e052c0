"""Inside the kernel: runs one check where it can still fail, and notes how it ended."""

from __future__ import annotations

import builtins
import inspect
import linecache
import types
from types import SimpleNamespace
from typing import Any

from coursekit.grading.probe.private import own_copy, real, resolve

_compile, _exec = builtins.compile, builtins.exec
_line_cache, _module_of = linecache.cache, inspect.modulesbyfile
_LONGEST = 4_000
_next_traceback = types.TracebackType.tb_next.__get__  # type: ignore[attr-defined]
_frame_of = types.TracebackType.tb_frame.__get__  # type: ignore[attr-defined]
_traceback_of = BaseException.__traceback__.__get__  # type: ignore[attr-defined]
_ABSENT = object()

#: Each must raise an AssertionError that holds the mark.
_ASSERTIONS = {
    "assert": "assert False, mark",
    "coursekit.check.that": "from coursekit import check\ncheck.that(False, mark)",
    "coursekit.check.array": "from coursekit import check\ncheck.array(None, [0.0, 1.0], of=mark)",
    "coursekit.check.number": "from coursekit import check\ncheck.number(1.0, 2.0, of=mark)",
    "numpy.testing.assert_allclose": "import numpy\nnumpy.testing.assert_allclose([0.0], [1.0], err_msg=mark)",
    "numpy.testing.assert_array_equal": "import numpy\nnumpy.testing.assert_array_equal([0], [1], err_msg=mark)",
    "numpy.testing.assert_equal": "import numpy\nnumpy.testing.assert_equal(0, 1, err_msg=mark)",
}
_MUST_FAIL = {name: _compile(text, "<probe>", "exec", dont_inherit=True) for name, text in _ASSERTIONS.items()}


def run_check(order: dict[str, Any], private: SimpleNamespace, kernel: SimpleNamespace) -> dict[str, Any]:
    """Run a check's source among the notebook's names; nothing that it raises gets out.

    Returns
    -------
    dict
        ``ended``; the error's ``ename``, ``evalue`` and ``traceback`` if there was one; ``value``, the partial credit;
        ``taken``, names of the check that somebody else has bound to other things while it ran.
    """
    names = kernel.shell.user_ns
    before = dict(names)
    scope = {name: own_copy(private, value) for name, value in before.items()}
    scope |= {**_instructors_names(order, private, before), "__builtins__": private.builtins}
    given = dict(scope)
    bound = set(order["bound"])
    own = [name for name, value in scope.items() if value is not before.get(name, _ABSENT) and name not in bound]
    label = f"<{order['check']}>"
    record: dict[str, Any] = {"ended": False}
    try:
        _exec(_compile(order["source"], label, "exec", dont_inherit=True), scope)
        record["ended"] = True
    except MemoryError as error:
        # The frames hold what has filled the memory; let go of it before writing anything down.
        record.update(_described(error.with_traceback(None), label, order["source"], private, kernel))
    except BaseException as error:  # an interrupt and sys.exit too are ways in which a check does not end well
        record.update(_described(error, label, order["source"], private, kernel))
    record["taken"] = [name for name in own if scope.get(name, _ABSENT) is not given[name]]
    if order["partial"]:
        record["value"] = _number(scope.pop(order["partial"], None))
    _hand_over(names, given, scope, private)
    return record


def cannot_fail(order: dict[str, Any], private: SimpleNamespace) -> list[str]:
    """Of the assertions that a check may use, those that must fail and do not, at this moment."""
    broken, mark = [], order["mark"]
    for name, program in _MUST_FAIL.items():
        if name.startswith("coursekit.") and "coursekit.check" not in private.modules:
            continue
        if name.startswith("numpy.") and not (order["testing"] and "numpy.testing" in private.modules):
            continue
        try:
            _exec(program, _scope(private, mark))
        except AssertionError as error:
            if mark in str(error):
                continue
        except Exception:  # noqa: S110 - an assertion that fails in another way is broken too
            pass
        broken.append(name)
    return broken


def _scope(private: SimpleNamespace, mark: str) -> dict[str, Any]:
    return {"__builtins__": private.builtins, "__name__": "__main__", "mark": mark}


def _instructors_names(order: dict[str, Any], private: SimpleNamespace, names: dict[str, Any]) -> dict[str, Any]:
    """What the instructor's imports and functions mean, whatever the learner has bound to these names since."""
    meant: dict[str, Any] = {}
    for name, (module, attribute) in order["imports"].items():
        try:
            meant[name] = resolve(private, module, attribute)
        except (ImportError, AttributeError):
            continue  # then the check itself will say so
    for name, source in order["functions"].items():
        fresh = _defined(name, source, {**names, "__builtins__": private.builtins, **meant})
        current = names.get(name, _ABSENT)
        if type(current) is not types.FunctionType or not _same_code(current.__code__, fresh.__code__):
            meant[name] = fresh
    return meant


def _defined(name: str, source: str, scope: dict[str, Any]) -> Any:
    _exec(_compile(source, f"<{name}>", "exec", dont_inherit=True), scope)
    return scope[name]


def _same_code(one: types.CodeType, other: types.CodeType) -> bool:
    """Whether two pieces of code do the same; where they stand does not matter."""
    parts = ("co_code", "co_names", "co_varnames", "co_freevars", "co_argcount", "co_kwonlyargcount", "co_flags")
    if any(getattr(one, part) != getattr(other, part) for part in parts):
        return False
    if len(one.co_consts) != len(other.co_consts):
        return False
    return all(
        _same_code(a, b) if type(a) is type(b) is types.CodeType else repr(a) == repr(b)
        for a, b in zip(one.co_consts, other.co_consts, strict=True)
    )


def _hand_over(names: dict[str, Any], given: dict[str, Any], scope: dict[str, Any], private: SimpleNamespace) -> None:
    """Give the notebook the names that the check has bound, as if it had run there."""
    for name, value in scope.items():
        if name != "__builtins__" and (given.get(name, _ABSENT) is not value or name not in names):
            names[name] = real(private, value)


def _number(value: Any) -> float | None:
    """A plain number as a float; None for anything else."""
    if type(value) in (int, float):
        return float(value)
    return float(value) if type(value).__module__ == "numpy" and getattr(value, "ndim", 1) == 0 else None


def _described(
    error: BaseException, label: str, source: str, private: SimpleNamespace, kernel: SimpleNamespace
) -> dict[str, Any]:
    name, sentence = _text(type(error).__name__), _sentence(error)
    failure = private.modules.get("coursekit.check.failure")
    if failure is not None and type(error) is failure.CheckFailed:
        lines = [f"✘ {sentence}"]
    else:
        # Only while the lines are put together: where a check's source can be looked up, it can be read.
        _line_cache[label] = (len(source), None, source.splitlines(keepends=True), label)
        try:
            lines = _lines(error, label, kernel, name, sentence)
        finally:
            _line_cache.pop(label, None)
    return {"ename": name, "evalue": sentence, "traceback": lines}


def _sentence(error: BaseException) -> str:
    try:
        return _text(str(error))
    except Exception:  # the learner's own exception may fail to print
        return ""


def _lines(error: BaseException, label: str, kernel: SimpleNamespace, name: str, sentence: str) -> list[str]:
    frames = _traceback_of(error)
    while frames is not None and _frame_of(frames).f_code.co_filename != label:
        frames = _next_traceback(frames)
    cells = _files_without_module(frames, kernel.folder)
    try:
        # Else `inspect` looks through all modules for each of these files, many times over.
        _module_of.update(dict.fromkeys(cells, "__main__"))
        lines = kernel.shell.InteractiveTB.structured_traceback(type(error), error, frames)
        return [_text(line) for line in lines]
    except Exception:  # whatever the learner's exception or its text does to the formatter
        return [f"{name}: {sentence}"]
    finally:
        for file in cells:
            _module_of.pop(file, None)


def _files_without_module(frames: Any, folder: str) -> list[str]:
    """The cells' and the check's own files in a traceback."""
    found = []
    while frames is not None:
        file = _frame_of(frames).f_code.co_filename
        if file.startswith("<") or "ipykernel_" in file:
            found += [name for name in (file, f"{folder}/{file}") if name not in _module_of]
        frames = _next_traceback(frames)
    return found


def _text(value: Any) -> str:
    """A plain string of bounded length, whatever subclass it was."""
    return str.__getitem__(value, slice(_LONGEST)) if isinstance(value, str) else ""
