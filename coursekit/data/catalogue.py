"""The registry: `data/registry.toml`, read once, checked, and asked by name."""

from __future__ import annotations

import difflib
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

from coursekit.data.entry import DataSet, parse_entry
from coursekit.data.errors import RegistryError, UnknownName


class Registry(Mapping[str, DataSet]):
    """All data sets by name, in the order of the file.

    Parameters
    ----------
    path
        A registry file; bundled data files lie in the same folder. None means the course's own.

    Raises
    ------
    RegistryError
        If the file cannot be read or an entry is wrong; the message names file, entry and fault.
    """

    def __init__(self, path: Path | str | None = None) -> None:
        self.path = course_registry() if path is None else Path(path)
        self._entries = _read(self.path)

    @property
    def folder(self) -> Path:
        """Where the registry and the bundled files lie."""
        return self.path.parent

    def __getitem__(self, name: str) -> DataSet:
        """Return the set called `name`, or raise `UnknownName` with the nearest name there is."""
        if name in self._entries:
            return self._entries[name]
        near = difflib.get_close_matches(str(name).lower().replace("-", "_"), self._entries, n=1, cutoff=0.5)
        hint = f" Did you mean {near[0]!r}?" if near else ""
        raise UnknownName(f"There is no data set called {name!r}.{hint} The command `course data list` shows them all.")

    def __contains__(self, name: object) -> bool:
        return name in self._entries

    def __iter__(self) -> Iterator[str]:
        return iter(self._entries)

    def __len__(self) -> int:
        return len(self._entries)


def course_registry() -> Path:
    """The course's registry file: the checkout's, else the copy inside an installed coursekit.

    Raises
    ------
    RegistryError
        If neither is there.
    """
    package = Path(__file__).resolve().parents[1]
    for path in (package.parent / "data" / "registry.toml", package / "_course" / "data" / "registry.toml"):
        if path.is_file():
            return path
    raise RegistryError(
        "The data registry is missing: neither a checkout's data/registry.toml nor"
        f" {package.name}/_course/data/registry.toml is there; install coursekit again, or restore the file."
    )


@cache
def registry(path: Path | str | None = None) -> Registry:
    """Return the registry, read once in a process.

    Parameters
    ----------
    path
        A registry file, or None for the course's own.

    Returns
    -------
    Registry
    """
    return Registry(path)


def _read(path: Path) -> dict[str, DataSet]:
    where = f"{path.parent.name}/{path.name}"
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as problem:
        raise RegistryError(f"The data registry {path} cannot be read: {problem.strerror}.") from problem
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as problem:
        raise RegistryError(f"The data registry {where} is not valid TOML: {problem}.") from problem
    entries = {}
    for name, table in raw.items():
        try:
            if not isinstance(table, dict):
                raise ValueError(f"an entry is a table, got {table!r}")
            entries[name] = parse_entry(name, table)
        except ValueError as problem:
            raise _wrong(where, name, problem) from None
    _check_between(entries, where)
    return entries


def _check_between(entries: Mapping[str, DataSet], where: str) -> None:
    """Check what concerns two entries: parts that exist and are tables from files, file names used once."""
    owner: dict[str, str] = {}
    for entry in entries.values():
        for part in entry.parts:
            if part not in entries or entries[part].file is None or entries[part].kind != "table":
                raise _wrong(where, entry.name, f"the part {part!r} is no registered table with a file")
        if entry.file is not None and owner.setdefault(entry.file, entry.name) != entry.name:
            raise _wrong(where, entry.name, f"the file {entry.file} belongs to [{owner[entry.file]}]")


def _wrong(where: str, name: str, fault: object) -> RegistryError:
    return RegistryError(f"The data registry {where} is wrong at [{name}]: {fault}.")
