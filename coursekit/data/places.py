"""What is at hand and what is not: what stands behind `course data list`, `fetch` and `verify`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from coursekit.data.catalogue import Registry, registry
from coursekit.data.download import Limits, ProgressCallback
from coursekit.data.entry import DataSet
from coursekit.data.errors import DataError
from coursekit.data.library import package_name
from coursekit.data.loading import check_value, obtain
from coursekit.data.readers import read
from coursekit.data.settings import Settings
from coursekit.data.sources import digest, find, intact, keep


class _Row:
    """What the rows of all three reports can do."""

    def to_dict(self) -> dict[str, Any]:
        """Return the row as plain values, ready for JSON."""
        return asdict(self)  # type: ignore[call-overload]


@dataclass(frozen=True)
class Listing(_Row):
    """One data set and where its nearest copy is.

    Parameters
    ----------
    name, title, kind, licence, weeks
        As registered.
    rows, columns
        Of a table (without its index), or the lines of a text; None where there is no such number.
    bytes
        Size of the file, if it is one of the course's.
    place
        ``library``, ``bundled``, ``cache``, ``mirror``, ``download`` (not here yet) or ``missing library``.
    stand_in
        True if a simulated stand-in exists.
    """

    name: str
    title: str
    kind: str
    rows: int | None
    columns: int | None
    bytes: int | None
    place: str
    stand_in: bool
    licence: str
    weeks: tuple[str, ...]


@dataclass(frozen=True)
class Fetched(_Row):
    """What became of one set: `status` is shipped, cached, copied (from the mirror), downloaded or failed."""

    name: str
    status: str
    message: str
    bytes: int | None = None

    @property
    def ok(self) -> bool:
        """True if the set can now be loaded without a network."""
        return self.status != "failed"


@dataclass(frozen=True)
class Verified(_Row):
    """One copy of a set: `place` is library, bundled, cache or mirror; `status` is ok, absent or wrong."""

    name: str
    place: str
    status: str
    message: str

    @property
    def ok(self) -> bool:
        """False if the copy is there and is not what was promised."""
        return self.status != "wrong"


def listing(names: Iterable[str] | None = None, *, book: Registry | None = None) -> list[Listing]:
    """List data sets with the nearest place that has an intact copy.

    Parameters
    ----------
    names
        Which sets; None means all.
    book
        Another registry than the course's.

    Returns
    -------
    list of Listing
        In the order of `names` or of the registry.
    """
    book, settings = registry() if book is None else book, Settings.from_environment()
    return [
        Listing(
            name=entry.name,
            title=entry.title,
            kind=entry.kind,
            rows=entry.rows,
            columns=entry.width if entry.columns else None,
            bytes=entry.bytes,
            place=_nearest(entry, book, settings),
            stand_in=entry.stand_in is not None,
            licence=entry.licence,
            weeks=entry.weeks,
        )
        for entry in _chosen(names, book)
    ]


def fetch(
    names: Iterable[str] | None = None,
    *,
    progress: ProgressCallback | None = None,
    book: Registry | None = None,
    limits: Limits | None = None,
) -> list[Fetched]:
    """Put files into the cache, from the mirror or the network, so that `load` works offline.

    One set that fails does not stop the others; its row says why.

    Parameters
    ----------
    names
        Which sets; None means all. A combined set means its parts.
    progress
        Called with a `Progress` as bytes arrive.
    book
        Another registry than the course's.
    limits
        Time limits and tries of each download.

    Returns
    -------
    list of Fetched

    Raises
    ------
    UnknownName
        Before anything is fetched.
    """
    book, settings = registry() if book is None else book, Settings.from_environment()
    return [_fetch_one(entry, book, settings, progress, limits) for entry in _with_parts(_chosen(names, book), book)]


def verify(names: Iterable[str] | None = None, *, book: Registry | None = None) -> list[Verified]:
    """Check every copy at hand: the sha256 of files, and rows, columns and types of what they hold.

    Parameters
    ----------
    names
        Which sets; None means all. A combined set means its parts.
    book
        Another registry than the course's.

    Returns
    -------
    list of Verified
        One row for each set and place; the mirror has rows only if COURSE_DATA_MIRROR is set.
    """
    book, settings = registry() if book is None else book, Settings.from_environment()
    return [row for entry in _with_parts(_chosen(names, book), book) for row in _verify_one(entry, book, settings)]


def _chosen(names: Iterable[str] | None, book: Registry) -> list[DataSet]:
    """Look all names up before anything is done; a single text is one name, not its letters."""
    names = [names] if isinstance(names, str) else book if names is None else names
    return [book[name] for name in dict.fromkeys(names)]


def _with_parts(entries: Iterable[DataSet], book: Registry) -> list[DataSet]:
    wanted = {part: book[part] for entry in entries for part in (entry.parts or (entry.name,))}
    return list(wanted.values())


def _nearest(entry: DataSet, book: Registry, settings: Settings) -> str:
    if entry.parts:
        order = ["bundled", "cache", "mirror", "download"]
        return max((_nearest(book[part], book, settings) for part in entry.parts), key=order.index)
    if entry.library is not None:
        return "library" if find_spec(entry.library) else "missing library"
    if entry.bundled:
        return "bundled"
    if intact(settings.cache / str(entry.file), entry) is not None:
        return "cache"
    if settings.mirror is not None and intact(settings.mirror / str(entry.file), entry) is not None:
        return "mirror"
    return "download"


def _fetch_one(
    entry: DataSet, book: Registry, settings: Settings, progress: ProgressCallback | None, limits: Limits | None
) -> Fetched:
    if entry.library is not None:
        return Fetched(entry.name, "shipped", f"ships with {package_name(entry.library)}: nothing to fetch")
    try:
        found = find(entry, book.folder, settings, limits=limits, progress=progress)
        if found.place == "mirror":
            keep(found.content, settings.cache, str(entry.file))
    except DataError as problem:
        return Fetched(entry.name, "failed", str(problem))
    status, message = {
        "bundled": ("shipped", "ships with the course: nothing to fetch"),
        "cache": ("cached", "was in the cache already"),
        "mirror": ("copied", "copied from the mirror into the cache"),
        "download": ("downloaded", "downloaded into the cache"),
    }[found.place]
    return Fetched(entry.name, status, message, len(found.content))


def _verify_one(entry: DataSet, book: Registry, settings: Settings) -> list[Verified]:
    if entry.library is not None:
        try:
            obtain(entry, book, settings)
        except DataError as problem:
            return [Verified(entry.name, "library", "wrong", str(problem))]
        return [Verified(entry.name, "library", "ok", f"ships with {package_name(entry.library)}, as registered")]
    if entry.bundled:
        folders = {"bundled": book.folder}
    else:
        folders = {"cache": settings.cache} | ({"mirror": settings.mirror} if settings.mirror else {})
    rows = []
    for place, folder in folders.items():
        status, message = _inspect(entry, folder / str(entry.file))
        # A file that ships with the course has no excuse to be away.
        rows.append(
            Verified(entry.name, place, "wrong" if (place, status) == ("bundled", "absent") else status, message)
        )
    return rows


def _inspect(entry: DataSet, path: Path) -> tuple[str, str]:
    """Return status and message for one file."""
    try:
        content = path.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return "absent", "no copy there"
    except OSError as problem:
        return "wrong", f"{path} cannot be read: {problem.strerror}"
    if digest(content) != entry.sha256:
        return "wrong", f"{path} is not the registered file: its sha256 is {digest(content)[:12]}…; delete it"
    try:
        check_value(entry, read(entry, content))
    except DataError as problem:
        return "wrong", str(problem)
    return "ok", "sha256, rows, columns and types are as registered"
