"""Inside the kernel: hears what the learner's code does to the interpreter, and runs the checks.

It is an audit hook: Python offers no way to remove one, its state hangs on nothing that a notebook can name, and the
host reaches it with an audit event whose name is drawn for each submission.
"""

from __future__ import annotations

import ast
import functools
import gc
import os
import sys
import threading
import types
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

from coursekit.grading.probe.decoys import new_decoys, set_decoys
from coursekit.grading.probe.kernel import (
    drop_transformers,
    forget_its_result,
    forget_this_cell,
    mend_wire,
    new_kernel_state,
    put_back,
    running_threads,
    send,
    suspect,
)
from coursekit.grading.probe.origin import Place, add_own, is_learners_file, new_origin, place_of
from coursekit.grading.probe.private import let_checks_see, new_private, renew_private
from coursekit.grading.probe.run import cannot_fail, run_check
from coursekit.grading.probe.secret import sign, unlock
from coursekit.grading.probe.watch import Found, new_watch, put_back_first, renew_watch, watch_copy
from coursekit.grading.probe.watch import put_back as watch_put_back
from coursekit.grading.probe.watch import suspect as watch_suspect

_frame, _thread, _main_thread = sys._getframe, threading.get_ident, threading.main_thread
_parsed, _decoded, _frozen_objects = ast.literal_eval, os.fsdecode, gc.get_freeze_count
_MOST_EVIDENCE = 40
_FAR = 6

#: Remarkable while a check runs, if the learner's own code does it: ways to the checks' frames and values.
_DURING_CHECKS = {
    "sys._getframe": "looked at the frames of the code that called it",
    "sys._current_frames": "looked at the frames of running code",
    "sys.settrace": "set a trace function",
    "sys.setprofile": "set a profile function",
    "gc.get_objects": "searched through all objects of the interpreter",
    "gc.get_referrers": "searched for who holds an object",
}
_ALWAYS = (
    "object.__getattr__", "object.__setattr__", "object.__delattr__", "sys.addaudithook", "open", "exec", "compile",
    "code.__new__",
)  # fmt: skip
_FRAME_ATTRIBUTES = frozenset({"tb_frame", "gi_frame", "cr_frame", "ag_frame", "f_code"})
_FUNCTION_PARTS = frozenset({"__code__", "__defaults__", "__kwdefaults__"})
#: Library modules that only pass such a request on for the learner's code.
_GO_BETWEENS = ("inspect.py", f"ctypes{os.sep}__init__.py", "threading.py", "bdb.py", "pdb.py")
_MEMORY = ("mem", "environ")
_PRECIOUS = ("/proc/", "gradebook", ".ipynb", ".nb.py")


def make_ready(strict: list[str], lenient: list[str], frozen: list[str]) -> SimpleNamespace:
    """What the guard needs and no submission has a part in.

    Parameters
    ----------
    strict, lenient : modules to watch (see `coursekit.grading.probe.watch.new_watch`).
    frozen : modules of which the checks get copies.
    """
    ready = SimpleNamespace(origin=new_origin(("<probe",)), private=new_private("coursekit.check", frozen), kernel=None)
    let_checks_see(ready.private, lambda: ready.kernel.shell.user_ns)
    ready.watch = new_watch(strict, lenient, ready.origin)
    for name, module in ready.private.modules.items():
        watch_copy(ready.watch, name, module)
    return ready


def renew(ready: SimpleNamespace) -> None:
    """Bring up to date what was made ready in the warm process: since then only the kernel has started."""
    renew_private(ready.private)
    renew_watch(ready.watch)


def new_guard(settings: dict[str, Any], ready: SimpleNamespace) -> Callable[[str, tuple[Any, ...]], None]:
    """Set up everything else that the guard needs; return the audit hook.

    Parameters
    ----------
    settings : what the host sends in the first cell (see `coursekit.grading.probe`).
    ready : what `make_ready` gave.
    """
    guard = SimpleNamespace(key=bytes.fromhex(settings["key"]), word=settings["word"])
    guard.origin, guard.private, guard.watch = ready.origin, ready.private, ready.watch
    add_own(guard.origin, [f"<{name}>" for name in settings["own"]])
    guard.kernel = ready.kernel = new_kernel_state(guard.origin, settings["mime"])
    guard.decoys = new_decoys(lambda what: _note(guard, what, _learner_at(guard, _frame(2))))
    guard.records, guard.evidence, guard.running, guard.busy, guard.done = {}, [], "", None, set()
    guard.events = frozenset({*_DURING_CHECKS, *_ALWAYS, guard.word})
    guard.first_cell = True
    forget_this_cell(guard.kernel, guard.word)
    # What is frozen does not show up in the garbage collector's listings. Counting it (`_frozen_objects`) takes long.
    gc.freeze()
    return functools.partial(_hear, guard)


def _hear(guard: SimpleNamespace, event: str, args: tuple[Any, ...]) -> None:
    """The audit hook. Importing a library makes thousands of events, so what is common is dismissed first."""
    if event not in guard.events and not event.startswith("ctypes."):
        return
    if guard.busy == _thread():
        return
    if event == guard.word:
        _obey(guard, *args)
        return
    if event in _COMMON and not _COMMON[event](guard, args):
        return
    guard.busy = _thread()
    try:
        _consider(guard, event, args)
    finally:
        guard.busy = None
    if event == "sys.addaudithook":
        raise RuntimeError("no further audit hooks")


def _is_cell(guard: SimpleNamespace, args: tuple[Any, ...]) -> bool:
    return "ipykernel_" in args[0].co_filename


def _is_named_like_another(guard: SimpleNamespace, args: tuple[Any, ...]) -> bool:
    name = args[1]
    return type(name) is str and ("ipykernel_" in name or not is_learners_file(guard.origin, name))


def _is_frame_attribute(guard: SimpleNamespace, args: tuple[Any, ...]) -> bool:
    return bool(guard.running) and args[1] in _FRAME_ATTRIBUTES


def _is_function_part(guard: SimpleNamespace, args: tuple[Any, ...]) -> bool:
    return args[1] in _FUNCTION_PARTS


def _is_precious(guard: SimpleNamespace, args: tuple[Any, ...]) -> bool:
    path = args[0]
    return type(path) in (str, bytes) and any(word in _decoded(path) for word in _PRECIOUS)


_COMMON = {
    "exec": _is_cell,
    "compile": _is_named_like_another,
    "code.__new__": _is_named_like_another,
    "object.__getattr__": _is_frame_attribute,
    "object.__setattr__": _is_function_part,
    "object.__delattr__": _is_function_part,
    "open": _is_precious,
}


def _consider(guard: SimpleNamespace, event: str, args: tuple[Any, ...]) -> None:
    frame = _frame(2)
    if event == "exec" and guard.first_cell:
        guard.first_cell = False
        forget_its_result(guard.kernel)
    if event == "exec":
        # The host's own cell is about to run: whatever stands in its way is removed first.
        if guard.word in args[0].co_consts:
            _found(guard, put_back_first(guard.watch), "replaced")
    elif event == "open":
        _consider_file(guard, _decoded(args[0]), frame)
    elif event in ("object.__setattr__", "object.__delattr__"):
        _consider_function(guard, args, frame)
    elif event in ("compile", "code.__new__"):
        _consider_code(guard, args, frame)
    elif event == "sys.addaudithook":
        _note(guard, "added an audit hook", _learner_near(guard, frame))
    elif event.startswith("ctypes."):
        _note(guard, "reached into the interpreter's memory with ctypes", _learner_near(guard, frame))
    elif event.startswith("gc.") and not _frozen_objects():
        _note(guard, "searched through all objects, hidden ones too", _learner_near(guard, frame))
    elif guard.running:
        what = _DURING_CHECKS.get(event, "looked at the frames of running code")
        near = _learner_at if event == "object.__getattr__" else _learner_near
        _note(guard, what, near(guard, frame))


def _consider_code(guard: SimpleNamespace, args: tuple[Any, ...], frame: Any) -> None:
    place = _learner_at(guard, frame)
    if place is not None:
        # Code that goes by another file's name would be taken for that file's.
        _note(guard, "gave its code the name of another file", place)
    elif "ipykernel_" in args[1]:
        # A cell is on its way; transformers that stand in the way of the next one are removed.
        _found(guard, drop_transformers(guard.kernel), "replaced")


def _consider_function(guard: SimpleNamespace, args: tuple[Any, ...], frame: Any) -> None:
    function, part = args[0], args[1]
    watch_suspect(guard.watch, function)
    suspect(guard.kernel, function)
    if type(function) is types.FunctionType and place_of(guard.origin, function) is None:
        name = f"{function.__module__}.{function.__qualname__}"
        _note(guard, f"replaced {part} of {name}", _learner_near(guard, frame))


def _consider_file(guard: SimpleNamespace, path: str, frame: Any) -> None:
    name = path.rpartition(os.sep)[2]
    memory = path.startswith("/proc/") and name in _MEMORY
    if not memory and not any(word in name for word in _PRECIOUS[1:]):
        return
    while frame is not None and not is_learners_file(guard.origin, frame.f_code.co_filename):
        frame = frame.f_back
    what = "the memory of a process" if memory else f"a file called {name[:60]}"
    _note(guard, f"opened {what}", _learner_at(guard, frame))


def _learner_at(guard: SimpleNamespace, frame: Any) -> Place | None:
    if frame is None:
        return None
    name = frame.f_code.co_filename
    return (name, frame.f_lineno) if is_learners_file(guard.origin, name) else None


def _learner_near(guard: SimpleNamespace, frame: Any) -> Place | None:
    """The learner's code, if it asked directly or through a module that only passes the request on."""
    for _ in range(_FAR):
        if frame is None or not frame.f_code.co_filename.endswith(_GO_BETWEENS):
            break
        frame = frame.f_back
    return _learner_at(guard, frame)


def _note(guard: SimpleNamespace, what: str, place: Place | None) -> None:
    """Write down something done by the learner's code, and tell the host at once: it cannot be taken back."""
    if place is None:
        return
    news = ("did", what, place[0], place[1], guard.running)
    if news in guard.evidence or len(guard.evidence) >= _MOST_EVIDENCE:
        return
    guard.evidence.append(news)
    if _thread() == _main_thread().ident:
        _tell(guard)


def _found(guard: SimpleNamespace, things: list[Found], kind: str) -> None:
    for what, place in things:
        news = (kind, what, *(place or ("", 0)), guard.running)
        if news not in guard.evidence and len(guard.evidence) < _MOST_EVIDENCE:
            guard.evidence.append(news)


def _tell(guard: SimpleNamespace) -> None:
    """Send the host everything so far, signed."""
    _found(guard, mend_wire(guard.kernel), "replaced during" if guard.running else "replaced")
    body = repr({"records": guard.records, "evidence": guard.evidence})
    send(guard.kernel, sign(guard.key, body) + body)


def _obey(guard: SimpleNamespace, nonce: str = "", locked: str = "") -> None:
    """Run a check where one is given, else report."""
    if locked:
        _check(guard, _parsed(unlock(guard.key, nonce, locked)))
    else:
        _report(guard)


def _report(guard: SimpleNamespace) -> None:
    guard.busy = _thread()
    try:
        _tell(guard)
    finally:
        guard.busy = None


def _check(guard: SimpleNamespace, order: dict[str, Any]) -> None:
    """Run a check between two tests that failing is still possible. The first result counts."""
    name = order["check"]
    if name in guard.done or guard.running:
        return
    guard.done.add(name)
    broken = _look_around(guard, order, "replaced")
    set_decoys(guard.decoys, True)
    guard.running = name
    record = {"ended": False, "ename": "Stopped", "evalue": "this check was stopped", "traceback": [], "taken": []}
    try:
        record = run_check(order, guard.private, guard.kernel)
    except BaseException:  # noqa: S110 - no memory left, or interrupted, just when the result was to be written down
        pass
    finally:
        set_decoys(guard.decoys, False)
        broken += _look_around(guard, order, "replaced during")
        guard.running = ""
    broken += [f"{name} of the check" for name in record.pop("taken")]
    body = repr({**record, "cannot_fail": sorted(set(broken))})
    guard.records[name] = sign(guard.key, order["mark"], body) + body
    _report(guard)


def _look_around(guard: SimpleNamespace, order: dict[str, Any], kind: str) -> list[str]:
    """Put everything back as it was, and tell which assertions do not fail all the same."""
    guard.busy = _thread()
    try:
        found = watch_put_back(guard.watch) + put_back(guard.kernel)
        _found(guard, found, kind)
        _found(guard, running_threads(guard.kernel), "runs")
        # Nobody reaches these by accident, and what a check says with one of them replaced is worth nothing.
        own = [what for what, _ in found if "the checks' own" in what and kind == "replaced during"]
        return own + cannot_fail(order, guard.private)
    finally:
        guard.busy = None
