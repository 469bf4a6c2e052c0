"""One data set as the registry describes it, and the rules that its entry must keep."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any

from coursekit.data.schema import Column, parse_columns

KINDS = ("table", "image", "text")
FORMATS = ("csv", "lines", "text")
_FUNCTION = re.compile(r"[A-Za-z_][\w.]*:[A-Za-z_]\w*")
_SHA256 = re.compile(r"[0-9a-f]{64}")
_URL = re.compile(r"https://[^\s/]+/\S+|http://(127\.0\.0\.1|localhost)(:\d+)?/\S+")


@dataclass(frozen=True)
class ReadOptions:
    """How the bytes of a file become a value.

    Parameters
    ----------
    format
        ``csv`` (a table), ``lines`` (a table with one text column, one row a line) or ``text`` (one string).
    delimiter, quote
        Characters between and around the fields of a csv file.
    missing
        The exact fields that mean "missing"; every other field is data, even ``NA`` and ``None``.
    skip_lines
        Lines to pass over before the header.
    """

    format: str = "csv"
    delimiter: str = ","
    quote: str = '"'
    missing: tuple[str, ...] = ("",)
    skip_lines: int = 0


@dataclass(frozen=True)
class DataSet:
    """An entry of the registry.

    A set comes from exactly one of: a `loader` (a file that a library ships), a `file` (bundled, mirrored or
    downloaded) or `parts` (other sets, stacked into one table).

    Parameters
    ----------
    name, title, kind
        What it is called, what it is, and whether it is a ``table``, an ``image`` or a ``text``.
    licence, citation, use
        Under which terms, by whom, and what the course does with it.
    weeks
        Folders of the weeks that use it.
    rows
        Rows of a table or lines of a text.
    columns, index, target
        Of a table: its columns with the index among them, the index's name, and the column to be predicted.
    shape
        Of an image: (height, width, channels), ``uint8``.
    loader
        ``statsmodels:co2`` or ``sklearn:digits``.
    options
        Keyword arguments of the library's own loading function.
    rename, labels
        New names of a library's columns; the texts that a library's class numbers 0, 1, … stand for, by column.
    file, url, sha256, bytes, bundled
        The file's name in cache and mirror, where it is published, its digest and size; True if it lies beside the
        registry.
    read
        How the file is read.
    parts, part_column, part_labels
        Names of the sets to stack, and the integer column that says for each row which part it came from.
    stand_in
        ``module:function`` that makes a simulated table of the same columns when the file cannot be had.
    """

    name: str
    title: str
    kind: str
    licence: str
    citation: str
    use: str
    weeks: tuple[str, ...] = ()
    rows: int | None = None
    columns: tuple[Column, ...] = ()
    index: str | None = None
    target: str | None = None
    shape: tuple[int, ...] = ()
    loader: str | None = None
    options: Mapping[str, Any] = field(default_factory=dict)
    rename: Mapping[str, str] = field(default_factory=dict)
    labels: Mapping[str, list[str]] = field(default_factory=dict)
    file: str | None = None
    url: str | None = None
    sha256: str | None = None
    bytes: int | None = None
    bundled: bool = False
    read: ReadOptions = field(default_factory=ReadOptions)
    parts: tuple[str, ...] = ()
    part_column: str | None = None
    part_labels: tuple[int, ...] = ()
    stand_in: str | None = None

    @property
    def library(self) -> str | None:
        """The library that ships the set, or None."""
        return self.loader.partition(":")[0] if self.loader else None

    @property
    def width(self) -> int:
        """Number of columns beside the index."""
        return len(self.columns) - (self.index is not None)


_TEXTS = {"title", "kind", "licence", "citation", "use", "index", "target", "loader", "file", "url", "sha256"} | {
    "part_column",
    "stand_in",
}
_TYPES: dict[str, type] = dict.fromkeys(_TEXTS, str) | {
    "rows": int,
    "bytes": int,
    "bundled": bool,
    "columns": dict,
    "options": dict,
    "rename": dict,
    "labels": dict,
    "read": dict,
    "weeks": list,
    "shape": list,
    "parts": list,
    "part_labels": list,
}
_NAMES = {str: "a text", int: "a whole number", bool: "true or false", dict: "a table", list: "a list"}


def parse_entry(name: str, raw: Mapping[str, Any]) -> DataSet:
    """Build a `DataSet` from its table in the registry.

    Parameters
    ----------
    name
        The set's name: lower-case letters, digits and underscores.
    raw
        The table as TOML gives it.

    Returns
    -------
    DataSet

    Raises
    ------
    ValueError
        Saying what is wrong with the entry.
    """
    if not re.fullmatch(r"[a-z][a-z0-9_]*", name):
        raise ValueError("a name has only lower-case letters, digits and underscores, and begins with a letter")
    for key, value in raw.items():
        _check_key(key, value)
    for key in ("title", "kind", "licence", "citation", "use"):
        if not str(raw.get(key, "")).strip():
            raise ValueError(f"the key {key!r} is missing")
    values = {key: tuple(value) if isinstance(value, list) else value for key, value in raw.items()}
    values["columns"] = parse_columns(raw.get("columns", {}))
    values["read"] = _read_options(raw.get("read", {}))
    entry = DataSet(name=name, **values)
    _check_kind(entry)
    _check_origin(entry)
    return entry


def _check_key(key: str, value: object) -> None:
    if key not in _TYPES:
        raise ValueError(f"the key {key!r} is unknown; the keys are {', '.join(sorted(_TYPES))}")
    # type(), not isinstance(): True is no whole number here.
    if type(value) is not _TYPES[key]:
        raise ValueError(f"{key} must be {_NAMES[_TYPES[key]]}, got {value!r}")


def _read_options(raw: Mapping[str, Any]) -> ReadOptions:
    known = {option.name for option in fields(ReadOptions)}
    for key in raw:
        if key not in known:
            raise ValueError(f"read.{key} is unknown; the options are {', '.join(sorted(known))}")
    options = ReadOptions(**{key: tuple(value) if isinstance(value, list) else value for key, value in raw.items()})
    if options.format not in FORMATS:
        raise ValueError(f"read.format is {options.format!r}; the formats are {', '.join(FORMATS)}")
    return options


def _check_kind(entry: DataSet) -> None:
    if entry.kind not in KINDS:
        raise ValueError(f"kind is {entry.kind!r}; the kinds are {', '.join(KINDS)}")
    if entry.kind == "table" and not (entry.columns and entry.rows):
        raise ValueError("a table needs its rows (at least 1) and its columns")
    if entry.read.format == "lines" and [column.type for column in entry.columns] != ["text"]:
        raise ValueError("read.format = 'lines' makes a table with exactly one column, of type text")
    if (entry.read.format == "text") != (entry.kind == "text"):
        raise ValueError("kind = 'text' goes with read.format = 'text'")
    if entry.kind == "image" and entry.loader is None:
        raise ValueError("an image needs a loader: there is no reader for image files")
    if entry.kind == "image" and len(entry.shape) != 3:
        raise ValueError("an image needs its shape = [height, width, channels]")
    if entry.kind == "text" and not entry.rows:
        raise ValueError("a text needs its rows (lines, at least 1)")
    names = {column.name for column in entry.columns}
    named = {"index": entry.index, "target": entry.target, "part_column": entry.part_column}
    named |= {f"labels.{column}": column for column in entry.labels}
    for key, column in named.items():
        if column is not None and column not in names:
            raise ValueError(f"{key} = {column!r} is not among the columns")


def _check_origin(entry: DataSet) -> None:
    origins = [key for key in ("loader", "file", "parts") if getattr(entry, key)]
    if len(origins) != 1:
        raise ValueError(f"exactly one of loader, file and parts must be given, got {' and '.join(origins) or 'none'}")
    if entry.file:
        _check_file(entry)
    if entry.loader:
        _check_loader(entry.loader)
    if entry.parts and not (entry.part_column and len(entry.part_labels) == len(entry.parts)):
        raise ValueError("parts need a part_column and as many part_labels as there are parts")
    if entry.stand_in is not None and not _FUNCTION.fullmatch(entry.stand_in):
        raise ValueError(f"stand_in must be 'module:function', got {entry.stand_in!r}")


def _check_file(entry: DataSet) -> None:
    if re.search(r"[/\\]|^\.", entry.file or ""):
        raise ValueError(f"file must be a plain file name, got {entry.file!r}")
    if not _SHA256.fullmatch(entry.sha256 or ""):
        raise ValueError(f"sha256 must be 64 lower-case hexadecimal digits, got {entry.sha256!r}")
    if entry.bytes is None or entry.bytes < 1:
        raise ValueError(f"bytes must be the size of the file, got {entry.bytes!r}")
    if entry.url is None and not entry.bundled:
        raise ValueError("a file that is not bundled needs its url")
    if entry.url is not None and not _URL.fullmatch(entry.url):
        raise ValueError(f"url must be an https address, got {entry.url!r}")


def _check_loader(loader: str) -> None:
    from coursekit.data.library import LIBRARIES

    library, _, member = loader.partition(":")
    if library not in LIBRARIES:
        raise ValueError(f"the loader {loader!r} is unknown; the libraries are {', '.join(LIBRARIES)}")
    if member not in LIBRARIES[library]:
        raise ValueError(f"the loader {loader!r} is unknown; {library} has {', '.join(LIBRARIES[library])}")
