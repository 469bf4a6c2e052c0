"""What learners import and instructors run: data, checks, notebooks, grading, audit and reports.

Rooms load when they are used, so that ``import coursekit`` stays fast.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

__version__ = "0.1.0"

_ROOMS = ("check", "data", "plotting", "syllabus")

__all__ = ["__version__", *_ROOMS]


def __getattr__(name: str) -> Any:
    """Import a room on first use: ``coursekit.check`` works without an import of its own."""
    if name in _ROOMS:
        return import_module(f"{__name__}.{name}")
    raise AttributeError(f"coursekit has no room {name!r}; it has {', '.join(_ROOMS)}")
