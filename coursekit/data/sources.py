"""Where a registered file is: beside the registry, in the cache, in the mirror, or on the network, in this order."""

from __future__ import annotations

import hashlib
import tempfile
from dataclasses import dataclass
from pathlib import Path

from coursekit.data.download import Limits, ProgressCallback, download, host, unwritable
from coursekit.data.entry import DataSet
from coursekit.data.errors import (
    DownloadFailed,
    FileUnavailable,
    HashMismatch,
    MirrorMissing,
    NoNetwork,
    RegistryError,
)
from coursekit.data.settings import MIRROR, OFFLINE, Settings


@dataclass(frozen=True)
class Found:
    """The verified bytes of a file, and where they came from.

    Parameters
    ----------
    content
        The bytes; their sha256 is the registered one.
    place
        ``bundled``, ``cache``, ``mirror`` or ``download``.
    note
        What a learner should know besides, without a path; empty if nothing.
    """

    content: bytes
    place: str
    note: str = ""


def find(
    entry: DataSet,
    folder: Path,
    settings: Settings,
    *,
    limits: Limits | None = None,
    progress: ProgressCallback | None = None,
) -> Found:
    """Get the entry's file from the nearest place that has it, and verify it.

    Parameters
    ----------
    entry
        A set with a `file`.
    folder
        The registry's folder, where bundled files lie.
    settings
        Cache, mirror, and whether downloads are allowed.
    limits, progress
        Of a download.

    Returns
    -------
    Found

    Raises
    ------
    HashMismatch
        If a bundled, mirrored or downloaded file is not the registered one.
    MirrorMissing
        If the mirror is needed and its folder is not there.
    NoNetwork, DownloadFailed
        If no place has it; the message says what was tried.
    CacheUnwritable
        If a download has nowhere to go.
    """
    if entry.bundled:
        return Found(_bundled(entry, folder), "bundled")
    cached = intact(settings.cache / str(entry.file), entry)
    if cached is not None:
        return Found(cached, "cache")
    damaged = (settings.cache / str(entry.file)).is_file()
    mirrored = _mirrored(entry, settings)
    if mirrored is not None:
        return Found(mirrored, "mirror", "the copy in the cache is damaged" if damaged else "")
    try:
        content = _downloaded(entry, settings, limits, progress)
    except FileUnavailable as problem:
        raise _with_advice(problem, entry, settings, damaged) from problem
    return Found(content, "download", "it replaced a damaged copy in the cache" if damaged else "")


def digest(content: bytes) -> str:
    """Return the sha256 of some bytes, in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def intact(path: Path, entry: DataSet) -> bytes | None:
    """Return the bytes of a file that has the registered sha256, else None (absent, unreadable or damaged)."""
    try:
        content = path.read_bytes()
    except OSError:
        return None
    return content if digest(content) == entry.sha256 else None


def in_mirror(entry: DataSet, settings: Settings) -> Path | None:
    """Return the mirror's copy, unverified, or None.

    Raises
    ------
    MirrorMissing
        If COURSE_DATA_MIRROR names no folder.
    """
    if settings.mirror is None:
        return None
    if not settings.mirror.is_dir():
        raise MirrorMissing(
            f"{MIRROR} is set to {settings.mirror}, which is no folder; correct it, or unset it to do without a mirror."
        )
    path = settings.mirror / str(entry.file)
    return path if path.is_file() else None


def keep(content: bytes, folder: Path, file: str) -> None:
    """Put a file into the cache in one step, so that nobody ever reads half of it.

    Raises
    ------
    CacheUnwritable
        If the folder cannot be made or written to.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=folder)
        half = Path(name)
        try:
            with open(handle, "wb") as target:
                target.write(content)
            # A temporary file is private to its owner; the cache may be a class's.
            half.chmod(0o644)
            half.replace(folder / file)
        finally:
            half.unlink(missing_ok=True)
    except OSError as problem:
        raise unwritable(folder, problem) from problem


def _bundled(entry: DataSet, folder: Path) -> bytes:
    path = folder / str(entry.file)
    try:
        content = path.read_bytes()
    except OSError as problem:
        raise RegistryError(
            f"The data set {entry.name!r} is registered as bundled, and {path} cannot be read ({problem.strerror});"
            " restore the file."
        ) from problem
    return _verified(content, entry, path, "restore the file, or correct the registry")


def _mirrored(entry: DataSet, settings: Settings) -> bytes | None:
    path = in_mirror(entry, settings)
    if path is None:
        return None
    return _verified(path.read_bytes(), entry, path, f"put the right file there, or unset {MIRROR}")


def _verified(content: bytes, entry: DataSet, path: Path, remedy: str) -> bytes:
    actual = digest(content)
    if actual != entry.sha256:
        raise HashMismatch(
            f"The file {path} is not the registered {entry.name!r}: its sha256 is {actual[:12]}… and should be"
            f" {str(entry.sha256)[:12]}…; {remedy}."
        )
    return content


def _downloaded(entry: DataSet, settings: Settings, limits: Limits | None, progress: ProgressCallback | None) -> bytes:
    if settings.offline:
        raise NoNetwork(f"downloads are switched off by {OFFLINE}", reason=f"downloads are switched off by {OFFLINE}")
    kept = download(entry, settings.cache, limits=limits, progress=progress)
    return _verified(kept.read_bytes(), entry, kept, "another program may be writing there: try again")


def _with_advice(problem: FileUnavailable, entry: DataSet, settings: Settings, damaged: bool) -> FileUnavailable:
    """Turn the bare cause into a sentence that says all that was tried and what can be done."""
    cache = f"the copy in the cache {settings.cache} is damaged" if damaged else f"the cache {settings.cache} lacks it"
    mirror = f"{MIRROR} is not set" if settings.mirror is None else f"the mirror {settings.mirror} lacks {entry.file}"
    message = (
        f"The data set {entry.name!r} is not to be had: {cache}, {mirror}, and {problem}. Run"
        f" `course data fetch {entry.name}` when online, or set {MIRROR} to a folder that holds {entry.file}."
    )
    kind = DownloadFailed if isinstance(problem, DownloadFailed) else NoNetwork
    return kind(message, reason=problem.reason)


def origin(place: str, entry: DataSet) -> str:
    """Say in a few words, without a path, where a file came from."""
    return {
        "bundled": "shipped with the course",
        "cache": "from the cache",
        "mirror": "from the mirror folder",
        "download": f"downloaded from {host(entry)} and kept in the cache",
    }[place]
