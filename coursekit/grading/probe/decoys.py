"""Inside the kernel: functions with which code could disturb a measurement, replaced while a check runs.

Memory is measured with ``tracemalloc``. Code that starts it may stop it and reset it; while somebody else measures, the
calls do nothing and say so. The checks themselves use the originals.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

_DISTURBING = ("stop", "reset_peak", "clear_traces")


def new_decoys(say: Callable[[str], None]) -> SimpleNamespace:
    """Decoys for the measurement of memory.

    Parameters
    ----------
    say : called with a description by a decoy that is called.
    """
    modules = [module for name in ("tracemalloc", "_tracemalloc") if (module := sys.modules.get(name))]
    state = SimpleNamespace(modules=modules, originals={}, decoys={}, started=False)
    if modules:
        state.originals = {name: getattr(modules[0], name) for name in (*_DISTURBING, "start", "is_tracing")}
        state.decoys = {name: _disturbing(name, state, say) for name in _DISTURBING} | {"start": _starting(state)}
    return state


def _disturbing(name: str, state: SimpleNamespace, say: Callable[[str], None]) -> Callable[[], Any]:
    original = state.originals[name]

    def called() -> None:
        if state.originals["is_tracing"]() and not state.started:
            say(f"called tracemalloc.{name} while memory was measured")
            return
        original()
        if name == "stop":
            state.started = False

    return called


def _starting(state: SimpleNamespace) -> Callable[..., Any]:
    def start(*frames: int) -> None:
        if not state.originals["is_tracing"]():
            state.started = True
            state.originals["start"](*frames)

    return start


def set_decoys(state: SimpleNamespace, on: bool) -> None:
    """Put the decoys, or the originals, in place."""
    state.started = False
    for module in state.modules:
        vars(module).update(state.decoys if on else {name: state.originals[name] for name in state.decoys})
