"""Columns of a table: what the registry promises, and whether a table keeps it.

The types are few and independent of the pandas version: ``text`` is ``object`` in pandas 2 and ``str`` in pandas 3.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from coursekit.data.errors import SchemaMismatch

if TYPE_CHECKING:
    import pandas as pd

TYPES = ("integer", "real", "text", "date", "boolean")
_RANGE = re.compile(r"\[(\d+)-(\d+)\]")


@dataclass(frozen=True)
class Column:
    """One column: its name, its type (one of `TYPES`) and what it means, with its unit."""

    name: str
    type: str
    meaning: str = ""


def parse_columns(raw: Mapping[str, str]) -> tuple[Column, ...]:
    """Columns from ``name = "type: meaning"``; a name such as ``pixel_[0-7]`` stands for eight columns.

    Parameters
    ----------
    raw
        The table ``[name.columns]`` of the registry, in the order of the columns.

    Returns
    -------
    tuple of Column

    Raises
    ------
    ValueError
        If a type is unknown or two columns share a name.
    """
    columns = []
    for pattern, text in raw.items():
        kind, _, meaning = str(text).partition(":")
        if kind.strip() not in TYPES:
            raise ValueError(f"column {pattern!r} has the type {kind.strip()!r}; the types are {', '.join(TYPES)}")
        columns += [Column(name, kind.strip(), meaning.strip()) for name in _expand(pattern)]
    names = [column.name for column in columns]
    for name in names:
        if names.count(name) > 1:
            raise ValueError(f"column {name!r} is named twice")
    return tuple(columns)


def _expand(pattern: str) -> Iterator[str]:
    found = _RANGE.search(pattern)
    if found is None:
        yield pattern
        return
    for number in range(int(found[1]), int(found[2]) + 1):
        yield from _expand(pattern[: found.start()] + str(number) + pattern[found.end() :])


def cast(frame: pd.DataFrame, columns: Sequence[Column]) -> pd.DataFrame:
    """Put the columns into the promised order and types; texts stay as they are.

    Parameters
    ----------
    frame
        A table that has at least the promised columns; it is not changed.
    columns
        The promise.

    Returns
    -------
    pandas.DataFrame
        A new table.

    Raises
    ------
    SchemaMismatch
        If a column is missing or its values do not fit the type (a gap in an integer column, say).
    """
    missing = [column.name for column in columns if column.name not in frame.columns]
    if missing:
        raise SchemaMismatch(
            f"The column {missing[0]!r} is missing; the table has {', '.join(map(str, frame.columns))}."
        )
    ordered = frame[[column.name for column in columns]].copy()
    for column in columns:
        try:
            ordered[column.name] = _converted(ordered[column.name], column.type)
        except (TypeError, ValueError) as problem:
            raise SchemaMismatch(f"The column {column.name!r} is not {column.type} throughout: {problem}.") from None
    return ordered


def _converted(values: pd.Series, kind: str) -> pd.Series:
    import pandas as pd

    if kind == "date":
        return pd.to_datetime(values)
    plain = {"integer": "int64", "real": "float64", "boolean": "bool"}
    return values.astype(plain[kind]) if kind in plain else values


def check(frame: pd.DataFrame, columns: Sequence[Column], *, index: str | None, of: str) -> None:
    """Compare a table with the promised columns, by name, order and type.

    Parameters
    ----------
    frame
        The table as it is handed out.
    columns
        The promise; the column called `index`, if any, is the table's index.
    index
        Name of the index column, or None for plain row numbers.
    of
        What the table is, for the message.

    Raises
    ------
    SchemaMismatch
        Naming the first difference.
    """
    plain = frame.reset_index() if index is not None and frame.index.name == index else frame
    promised, actual = [column.name for column in columns], list(plain.columns)
    if promised != actual:
        absent = [name for name in promised if name not in actual]
        extra = [name for name in actual if name not in promised]
        what = (
            f"lacks {absent}"
            if absent
            else f"has the unknown columns {extra}"
            if extra
            else "has them in another order"
        )
        raise SchemaMismatch(f"{of} {what}; the registry promises the columns {', '.join(promised)}.")
    for column in columns:
        dtype = plain[column.name].dtype
        if not _has_type(dtype, column.type):
            raise SchemaMismatch(
                f"{of}: the column {column.name!r} is {dtype}, and the registry promises {column.type}."
            )


def _has_type(dtype: object, kind: str) -> bool:
    from pandas.api import types

    tests = {
        "integer": types.is_integer_dtype,
        "real": types.is_float_dtype,
        "text": lambda dtype: types.is_object_dtype(dtype) or types.is_string_dtype(dtype),
        "date": types.is_datetime64_any_dtype,
        "boolean": types.is_bool_dtype,
    }
    return bool(tests[kind](dtype))
