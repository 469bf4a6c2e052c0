"""Sealed, warm kernels: a submission runs fast, and sees and touches nothing but its own folder.

A warm process (`WarmServer`) has imported a week's libraries. For each submission bubblewrap builds namespaces; a fork
of the warm process joins them, gives up every right, and becomes an IPython kernel. `run_sealed` drives it and puts up
with whatever the submission does.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

_HOMES = {
    "Availability": "availability",
    "available": "availability",
    "CellRecord": "run",
    "Layout": "layout",
    "Limits": "limits",
    "Probe": "run",
    "Probed": "run",
    "SealedKernel": "warm",
    "SealedRun": "run",
    "WarmServer": "warm",
    "find_layout": "layout",
    "preload_of": "preload",
    "rehearse": "rehearsal",
    "run_sealed": "run",
}

__all__ = list(_HOMES)


def __getattr__(name: str) -> Any:
    """Import what is asked for and no more: the warm process must not carry the host's side."""
    if name in _HOMES:
        return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
    raise AttributeError(f"coursekit.grading.sealed has no {name!r}; it has {', '.join(_HOMES)}")
