"""`load`: one name in, one fresh value out, and one line that says where it came from."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Any

from coursekit.data import schema
from coursekit.data.catalogue import Registry, registry
from coursekit.data.entry import DataSet
from coursekit.data.errors import FileUnavailable, RegistryError, SchemaMismatch
from coursekit.data.library import load_library, package_name
from coursekit.data.readers import read, stack
from coursekit.data.settings import Settings
from coursekit.data.sources import find, origin

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray


@dataclass(frozen=True)
class Loaded:
    """A value, where it came from (in words, without a path), and whether it is a stand-in."""

    value: Any
    source: str
    stand_in: bool = False


def load(name: str, *, quiet: bool = False, book: Registry | None = None) -> pd.DataFrame | NDArray[np.uint8] | str:
    """Load a data set of the course; it works offline wherever a copy or a stand-in is at hand.

    The nearest source wins: a file that ships with a library or the course, the cache, the folder COURSE_DATA_MIRROR, a
    download (not if COURSE_OFFLINE is set), a simulated stand-in. Every file is checked against its sha256.

    Parameters
    ----------
    name
        A registered name, such as ``"co2"``; ``course data list`` shows them all.
    quiet
        True prints nothing.
    book
        Another registry than the course's.

    Returns
    -------
    pandas.DataFrame, uint8 array of shape (height, width, channels), or str
        New at every call: writing to it changes nobody else's. A table says in its ``attrs`` its ``name``, ``title``,
        ``source``, ``licence``, ``citation``, ``target`` and whether it is a ``stand_in``.

    Raises
    ------
    DataError
        With a sentence that says what was wrong and what to do: `UnknownName`, `HashMismatch`, `SchemaMismatch`,
        `NoNetwork`, `DownloadFailed`, `CacheUnwritable`, `MirrorMissing`, `LibraryMissing`, `RegistryError`.

    Examples
    --------
    >>> from coursekit.data import load
    >>> load("flower", quiet=True).shape
    (427, 640, 3)
    """
    book = registry() if book is None else book
    entry = book[name]
    loaded = obtain(entry, book, Settings.from_environment())
    if not quiet:
        print(announcement(entry, loaded))
    return loaded.value


def obtain(entry: DataSet, book: Registry, settings: Settings) -> Loaded:
    """Get a set's value from the nearest source, checked against the registry.

    Parameters
    ----------
    entry
        The set.
    book
        The registry that it belongs to.
    settings
        Cache, mirror, and whether downloads are allowed.

    Returns
    -------
    Loaded
    """
    try:
        loaded = _real(entry, book, settings)
    except FileUnavailable as problem:
        if entry.stand_in is None:
            raise
        loaded = _stand_in(entry, problem.reason)
    check_value(entry, loaded.value, stand_in=loaded.stand_in)
    if entry.kind == "table":
        loaded.value.attrs = _attributes(entry, loaded)
    return loaded


def announcement(entry: DataSet, loaded: Loaded) -> str:
    """Return the line that `load` prints: what the set is, how large, and where it came from. It holds no path."""
    return f"{entry.name}: {entry.title}, {_size(loaded.value)}, {loaded.source}."


def _real(entry: DataSet, book: Registry, settings: Settings) -> Loaded:
    if entry.loader is not None:
        return Loaded(load_library(entry), f"shipped with {package_name(str(entry.library))}")
    if entry.parts:
        parts = {name: obtain(book[name], book, settings) for name in entry.parts}
        sources = list(dict.fromkeys(part.source for part in parts.values()))
        made = any(part.stand_in for part in parts.values())
        return Loaded(stack(entry, {name: part.value for name, part in parts.items()}), "; ".join(sources), made)
    found = find(entry, book.folder, settings)
    note = f" ({found.note})" if found.note else ""
    return Loaded(read(entry, found.content), origin(found.place, entry) + note)


def _stand_in(entry: DataSet, reason: str) -> Loaded:
    module, _, function = str(entry.stand_in).partition(":")
    try:
        make = getattr(import_module(module), function)
    except (ImportError, AttributeError) as problem:
        raise RegistryError(
            f"The data set {entry.name!r} names the stand-in {entry.stand_in!r}, which is not there: {problem}."
        ) from problem
    # The module may keep the object that it returned; what we hand out must be the learner's alone.
    return Loaded(deepcopy(make()), f"STAND-IN, simulated with the same columns because {reason}", stand_in=True)


def check_value(entry: DataSet, value: Any, *, stand_in: bool = False) -> None:
    """Compare a value with its entry; a stand-in may have another number of rows, never other columns.

    Parameters
    ----------
    entry
        The promise.
    value
        A table, an image or a text.
    stand_in
        True if the value is simulated.

    Raises
    ------
    SchemaMismatch
        Naming the first difference.
    """
    what = f"The {'stand-in for the ' if stand_in else ''}data set {entry.name!r}"
    _check_type(entry, value, what)
    if entry.kind == "table":
        schema.check(value, entry.columns, index=entry.index, of=what)
    if entry.kind == "image" and value.shape != entry.shape:
        raise SchemaMismatch(f"{what} has the shape {value.shape}, and the registry promises {entry.shape}.")
    rows = value.count("\n") if entry.kind == "text" else len(value)
    if entry.rows is not None and not stand_in and rows != entry.rows:
        raise SchemaMismatch(f"{what} has {rows:,} rows, and the registry promises {entry.rows:,}.")


def _check_type(entry: DataSet, value: Any, what: str) -> None:
    import numpy as np
    import pandas as pd

    wanted = {"table": pd.DataFrame, "image": np.ndarray, "text": str}[entry.kind]
    if type(value) is not wanted:
        raise SchemaMismatch(f"{what} is a {type(value).__name__}, and the registry promises a {wanted.__name__}.")


def _attributes(entry: DataSet, loaded: Loaded) -> dict[str, Any]:
    return {
        "name": entry.name,
        "title": entry.title,
        "source": loaded.source,
        "stand_in": loaded.stand_in,
        "licence": entry.licence,
        "citation": entry.citation,
        "target": entry.target,
    }


def _size(value: Any) -> str:
    if isinstance(value, str):
        return f"{len(value):,} characters"
    if hasattr(value, "columns"):
        n_columns = value.shape[1]
        return f"{len(value):,} rows × {n_columns} {'column' if n_columns == 1 else 'columns'}"
    return " × ".join(str(length) for length in value.shape) + f" {value.dtype}"
