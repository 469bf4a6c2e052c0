"""Inside the kernel: IPython, ipykernel and the interpreter's hooks as they were, and the wire to the host."""

from __future__ import annotations

import gc
import linecache
import os
import signal
import sys
import threading
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

from coursekit.grading.probe.origin import place_of
from coursekit.grading.probe.watch import Found, new_watch, remember_class
from coursekit.grading.probe.watch import put_back as watch_put_back
from coursekit.grading.probe.watch import suspect as watch_suspect

_gettrace, _settrace, _getprofile, _setprofile = sys.gettrace, sys.settrace, sys.getprofile, sys.setprofile
_getitimer, _setitimer, _getsignal = signal.getitimer, signal.setitimer, signal.getsignal
_threads, _this_thread = threading.enumerate, threading.current_thread
_gc_callbacks, _line_cache = gc.callbacks, linecache.cache
_own_dict, _mro = type.__dict__["__dict__"].__get__, type.__dict__["__mro__"].__get__
_raw_get, _raw_take_away = object.__getattribute__, object.__delattr__
_TIMERS = ((signal.ITIMER_REAL, "SIGALRM"), (signal.ITIMER_VIRTUAL, "SIGVTALRM"), (signal.ITIMER_PROF, "SIGPROF"))
_ALARMS = {name: getattr(signal, name) for _, name in _TIMERS}

#: Parts of the shell and the kernel by the path from the shell, which must stay the same objects.
_PARTS = (
    "display_pub", "display_pub.session", "displayhook", "displayhook.session", "kernel", "kernel.session",
    "history_manager", "compile", "input_transformer_manager",
)  # fmt: skip
_TRANSFORMERS = (
    ("ast_transformers", "an AST transformer"),
    ("input_transformers_post", "an input transformer"),
    ("input_transformer_manager.cleanup_transforms", "an input transformer"),
    ("input_transformer_manager.line_transforms", "an input transformer"),
    ("input_transformer_manager.token_transformers", "an input transformer"),
)


def new_kernel_state(origin: SimpleNamespace, mime: str) -> SimpleNamespace:
    """What the notebook's cells run in.

    Parameters
    ----------
    origin : tells whose code something is.
    mime : the kind of display data in which the host expects messages.
    """
    from IPython.core.getipython import get_ipython

    state = SimpleNamespace(origin=origin, mime=mime, shell=get_ipython(), wire=new_watch((), (), origin))
    state.folder = os.getcwd()
    state.parts = {path: part for path in _PARTS if (part := _part(state, path)) is not None}
    for part in (state.shell, *state.parts.values()):
        for kind in _mro(type(part)):
            if kind.__module__.split(".")[0] in ("IPython", "ipykernel", "jupyter_client"):
                remember_class(state.wire, f"{kind.__module__}.{kind.__qualname__}", kind, False)
    state.socket = getattr(state.parts.get("display_pub"), "pub_socket", None)
    session = state.parts.get("kernel.session")
    state.modes = {name: getattr(session, name, None) for name in ("pack", "unpack")}
    return state


def _part(state: SimpleNamespace, path: str) -> Any:
    thing = state.shell
    for name in path.split("."):
        thing = getattr(thing, name, None)
    return thing


def forget_this_cell(state: SimpleNamespace, word: str) -> None:
    """Leave no trace of the running cell's source: it holds the key, and this word.

    What IPython notes when the cell has ended, `forget_its_result` must remove.
    """
    shell = state.shell
    history = shell.history_manager
    for sources in (history.input_hist_parsed, history.input_hist_raw):
        if sources:
            sources[-1] = ""
    history.db_input_cache = []
    for names in (shell.user_ns, shell.user_ns_hidden):
        for name in [name for name in names if name.startswith("_i") and name.strip("_i0123456789") == ""]:
            if isinstance(names[name], str):
                names[name] = ""
    history._i00 = shell._last_input_line = ""
    parent = shell.kernel.get_parent()
    if parent.get("content"):
        parent["content"]["code"] = ""
    for name in [name for name, entry in _line_cache.items() if len(entry) > 2 and word in "".join(entry[2])]:
        del _line_cache[name]


def forget_its_result(state: SimpleNamespace) -> None:
    """Remove what IPython keeps of the last cell; it holds the source."""
    state.shell.last_execution_result = None


def suspect(state: SimpleNamespace, function: Any) -> None:
    """Note that a function's code is about to be replaced."""
    watch_suspect(state.wire, function)


def put_back(state: SimpleNamespace) -> list[Found]:
    """Undo what the learner's code did to the shell, the kernel and the interpreter's hooks."""
    found = mend_wire(state) + drop_transformers(state)
    found += _drop_from(state, _gc_callbacks, "a garbage-collection callback")
    found += _reset_exception_handler(state)
    found += _stop_tracing(state)
    found += _stop_timers(state)
    return found


def drop_transformers(state: SimpleNamespace) -> list[Found]:
    """Remove the learner's transformers of cells."""
    found: list[Found] = []
    for path, what in _TRANSFORMERS:
        found += _drop_from(state, _part(state, path), what)
    return found


def mend_wire(state: SimpleNamespace) -> list[Found]:
    """Put back only what outputs travel through."""
    found = watch_put_back(state.wire)
    for path, part in state.parts.items():
        owner_path, _, name = path.rpartition(".")
        owner = state.parts.get(owner_path, state.shell)
        now = getattr(owner, name, None)
        if now is not part:
            found.append((f"the kernel's {path}", place_of(state.origin, now)))
            setattr(owner, name, part)
        found += _uncover(state, part, f"the kernel's {path}")
    found += _uncover(state, state.shell, "the shell's")
    session, publisher = state.parts.get("kernel.session"), state.parts.get("display_pub")
    for name, function in state.modes.items():
        if getattr(session, name, None) is not function:
            found.append((f"the kernel's session.{name}", place_of(state.origin, getattr(session, name))))
            setattr(session, name, function)
    if publisher is not None and publisher.pub_socket is not state.socket:
        found.append(("the kernel's output socket", place_of(state.origin, publisher.pub_socket)))
        publisher.pub_socket = state.socket
    return found


def _uncover(state: SimpleNamespace, thing: Any, label: str) -> list[Found]:
    """Remove attributes of an object with which the learner hid its class's methods."""
    try:
        own = _raw_get(thing, "__dict__")
    except AttributeError:
        return []
    found = []
    for name in list(own):
        if callable(own[name]) and any(name in _own_dict(kind) for kind in _mro(type(thing))):
            place = place_of(state.origin, own[name])
            if place is not None:
                found.append((f"{label}.{name}".replace("'s.", "'s "), place))
                _raw_take_away(thing, name)
    return found


def _drop_from(state: SimpleNamespace, things: Any, what: str) -> list[Found]:
    if type(things) is not list:
        return []
    places = [(thing, place_of(state.origin, thing)) for thing in things]
    learners = [(what, place) for _, place in places if place is not None]
    if learners:
        things[:] = [thing for thing, place in places if place is None]
    return learners


def _reset_exception_handler(state: SimpleNamespace) -> list[Found]:
    shell = state.shell
    wrapper = getattr(vars(shell).get("CustomTB"), "__func__", None)
    if not shell.custom_exceptions or wrapper is None:
        return []
    handlers = [cell.cell_contents for cell in wrapper.__closure__ or ()]
    places = [place for handler in handlers if callable(handler) and (place := place_of(state.origin, handler))]
    if not places:
        return []
    shell.custom_exceptions = ()
    return [("the handling of exceptions", places[0])]


def _stop_tracing(state: SimpleNamespace) -> list[Found]:
    found = []
    for get, put, what in ((_gettrace, _settrace, "trace"), (_getprofile, _setprofile, "profile")):
        place = place_of(state.origin, get()) if get() is not None else None
        if place is not None:
            put(None)
            found.append((f"a {what} function", place))
    return found


def _stop_timers(state: SimpleNamespace) -> list[Found]:
    found = []
    for timer, name in _TIMERS:
        handler = _getsignal(_ALARMS[name])
        place = place_of(state.origin, handler) if callable(handler) else None
        if place is not None and _getitimer(timer)[0]:
            _setitimer(timer, 0)
            found.append((f"a timer with a handler for {name}", place))
    return found


def running_threads(state: SimpleNamespace) -> list[Found]:
    """Threads of the learner's own that run at this moment."""
    found = []
    for thread in _threads():
        if thread is _this_thread():
            continue
        own = vars(thread)
        target = own.get("function") or own.get("_target")
        place = place_of(state.origin, target if target is not None else thread)
        if place is not None:
            found.append(("a background thread", place))
    return found


def send(state: SimpleNamespace, text: str) -> None:
    """Send a message to the host among the outputs of the running cell; `mend_wire` first."""
    publish: Callable[..., None] = state.parts["display_pub"].publish
    publish({state.mime: text}, {})
