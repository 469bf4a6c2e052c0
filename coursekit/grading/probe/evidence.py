"""What the guard noticed, in one sentence each for the person who looks at it. It describes; it does not accuse."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import PurePath
from typing import Any

_KEPT = "it was put back, and the points are those of the check as it was written"
_NAMED = 3


#: Kind, what, file name and line, as the guard noted them.
News = tuple[str, str, str, int]


def sentences(news: Iterable[News], cells: Mapping[str, str]) -> list[str]:
    """Pieces of evidence as sentences; what was replaced from the same place shares one.

    Parameters
    ----------
    news : what the guard noted.
    cells : name of a cell by the file name that ipykernel gives its code (see `cell_file`).
    """
    together: dict[tuple[str, str, str], list[tuple[str, int]]] = {}
    for kind, what, file, line in news:
        own = "" if kind.startswith("replaced") and not what.startswith(("a ", "an ")) else what
        together.setdefault((kind, own, _where(file, cells)), []).append((what, line))
    return [_sentence(kind, where, things) for (kind, _, where), things in together.items()]


def _sentence(kind: str, where: str, things: list[tuple[str, int]]) -> str:
    what, line = things[0]
    place = f"{where}, line {line}" if where and line else where
    if kind == "did":
        return f"Code {place or 'of unknown origin'} {what} (it may have had an ordinary reason)."
    if kind == "runs":
        return f"{_capital(what)} started {place or 'somewhere'} was running beside a check."
    when = " while a check ran" if kind == "replaced during" else ""
    if what.startswith(("an ", "a ")):
        return f"{_capital(what)}{f' defined {place}' if place else ''} was installed{when}; it was removed."
    names = list(dict.fromkeys(name for name, _ in things))
    listed = ", ".join(names[:_NAMED]) + (f" and {len(names) - _NAMED} more" if len(names) > _NAMED else "")
    return f"{_capital(listed)} had been replaced{when}{f' by code {place}' if place else ''}; {_KEPT}."


def cell_file(source: str) -> str:
    """The name, without folder, under which ipykernel compiles a cell."""
    return _cell_file(source)


@lru_cache(maxsize=512)
def _cell_file(source: str) -> str:
    from ipykernel.compiler import get_tmp_hash_seed, murmur2_x86

    return f"{murmur2_x86(source, get_tmp_hash_seed())}.py"


def _where(file: str, cells: Mapping[str, str]) -> str:
    name = PurePath(file).name
    if name in cells:
        return f"in {cells[name]}"
    return f"in {name[:60]}" if name else ""


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:] if text.startswith(("a ", "an ", "the ")) else text


def is_number(text: Any) -> bool:
    """Whether a displayed value would count as partial credit in nbgrader."""
    try:
        float(text)
    except (TypeError, ValueError):
        return False
    return True
