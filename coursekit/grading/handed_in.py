"""A submitted folder, read as bytes: only ordinary files, no links followed, nothing too large."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fnmatch import fnmatch
from pathlib import Path

MAX_FILES = 2_000
MAX_MIB = 256
MAX_DEPTH = 20


@dataclass(frozen=True)
class HandedIn:
    """What stands in a submitted folder: contents by path (with ``/``), and remarks on what was left out.

    Parameters
    ----------
    problem : why the folder could not be read at all; empty where it could.
    """

    files: Mapping[str, bytes] = field(default_factory=dict)
    remarks: tuple[str, ...] = ()
    problem: str = ""


class _TooMuchError(Exception):
    pass


def read_handed_in(folder: Path, ignore: Sequence[str] = ()) -> HandedIn:
    """Read a submitted folder.

    Parameters
    ----------
    folder : such as ``submitted/ada/week01-numpy``.
    ignore : patterns of names to leave out, as in nbgrader's ``CourseDirectory.ignore``.
    """
    if folder.is_symlink() or folder.parent.is_symlink():
        return HandedIn(problem="The submitted folder is a link to another place: put the files themselves there.")
    files: dict[str, bytes] = {}
    remarks: list[str] = []
    left = MAX_MIB << 20
    try:
        for path in _entries(folder, ignore, remarks):
            content = _read(path, left, remarks)
            if content is not None:
                files[path.relative_to(folder).as_posix()] = content
                left -= len(content)
            if len(files) > MAX_FILES:
                raise _TooMuchError(f"The submission has more than {MAX_FILES:,} files.")
    except _TooMuchError as error:
        return HandedIn(problem=f"{error} Remove what does not belong to the answer.")
    except OSError as error:
        return HandedIn(problem=f"The submitted folder cannot be read ({error.strerror}).")
    return HandedIn(files, tuple(remarks))


def _entries(folder: Path, ignore: Sequence[str], remarks: list[str], depth: int = 0) -> Iterator[Path]:
    if depth > MAX_DEPTH:
        raise _TooMuchError(f"The submission's folders are nested more than {MAX_DEPTH} deep.")
    with os.scandir(folder) as found:
        entries = sorted(found, key=lambda entry: entry.name)
    for entry in entries:
        if any(fnmatch(entry.name, pattern) for pattern in ignore):
            continue
        if entry.is_symlink():
            remarks.append(f"{entry.name} is a link to another place and was left out.")
        elif entry.is_dir(follow_symlinks=False):
            yield from _entries(Path(entry.path), ignore, remarks, depth + 1)
        else:
            yield Path(entry.path)


def _read(path: Path, most: int, remarks: list[str]) -> bytes | None:
    """A file's content; None for what is no ordinary file. The open file is judged, not its name."""
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except OSError as error:
        remarks.append(f"{path.name} cannot be read ({error.strerror}) and was left out.")
        return None
    with open(descriptor, "rb") as file:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            remarks.append(f"{path.name} is no ordinary file and was left out.")
            return None
        content = file.read(most + 1)
    if len(content) > most:
        raise _TooMuchError(f"The submission is larger than {MAX_MIB} MiB.")
    return content
