"""Imports nbformat without the second that it costs in each new process."""

from __future__ import annotations

import sys
from types import ModuleType
from typing import Any

_GRAMMAR = "rfc3987_syntax"


def nbformat_module() -> ModuleType:
    """The module nbformat.

    jsonschema, which it imports, imports in turn a checker of internationalised addresses (``"format": "iri"``), which
    builds the grammar of all addresses at once: a second of a core in every process. No notebook's schema has such a
    format. A stand-in builds the grammar when somebody does ask; so nothing is checked less than before.
    """
    if "jsonschema" not in sys.modules and _GRAMMAR not in sys.modules:
        stand_in = ModuleType(_GRAMMAR)
        stand_in.is_valid_syntax = _is_valid_syntax  # type: ignore[attr-defined]
        sys.modules[_GRAMMAR] = stand_in
        try:
            import jsonschema  # noqa: F401
        finally:
            if sys.modules.get(_GRAMMAR) is stand_in:
                del sys.modules[_GRAMMAR]
    import nbformat

    return nbformat


def _is_valid_syntax(term: str, value: str) -> Any:
    from rfc3987_syntax import is_valid_syntax

    return is_valid_syntax(term, value)
