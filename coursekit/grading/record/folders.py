"""The folders of ``autograded/``: put aside complete, then moved to their place in one step."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path

from coursekit.grading.record.result import FILE_NAME, Result, read_result

STAGING = ".staging"
READ_ONLY = 0o444


class Folders:
    """The graded submissions of one class.

    Parameters
    ----------
    root : the class's ``autograded`` folder.
    """

    def __init__(self, root: Path) -> None:
        self.root = root
        self._new, self._old = root / STAGING / "new", root / STAGING / "old"

    def final(self, student: str, week: str) -> Path:
        """Where a graded submission stands."""
        return self.root / student / week

    def stage(self, result: Result, files: Mapping[str, bytes]) -> None:
        """Put a graded submission aside; ``result.json`` is written last, so its presence means that all is there."""
        folder = self._new / result.student / result.week
        _remove(folder)
        for name, content in files.items():
            _write(folder / name, content)
        _write(folder / FILE_NAME, result.to_json().encode())
        _sync_folder(folder)

    def staged(self) -> Iterator[Result]:
        """What an interrupted run had put aside; what was not complete is thrown away."""
        for folder in sorted(self._new.glob("*/*")):
            result = read_result(folder)
            if result is None or (result.student, result.week) != (folder.parent.name, folder.name):
                _remove(folder)
            else:
                yield result

    def publish(self, student: str, week: str) -> None:
        """Move what was put aside to its place. Killed at any point, doing it again finishes it."""
        new, final, old = self._new / student / week, self.final(student, week), self._old / student / week
        if not new.is_dir():
            return
        if final.exists():
            _remove(old)
            old.parent.mkdir(parents=True, exist_ok=True)
            final.rename(old)
        final.parent.mkdir(parents=True, exist_ok=True)
        new.rename(final)
        _sync_folder(final.parent)
        _remove(old)

    def replace_result(self, result: Result) -> None:
        """Write ``result.json`` of a published submission anew, in one step."""
        final = self.final(result.student, result.week)
        temporary = final / f".{FILE_NAME}.new"
        _remove_file(temporary)
        _write(temporary, result.to_json().encode())
        temporary.replace(final / FILE_NAME)

    def tidy(self) -> None:
        """Remove the folders in which things are put aside; nothing must be there any more."""
        shutil.rmtree(self.root / STAGING, ignore_errors=True)


def _write(path: Path, content: bytes) -> None:
    """A read-only file, as nbgrader leaves them, that is on disk when this returns."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with open(path, "xb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    path.chmod(READ_ONLY)


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _remove(folder: Path) -> None:
    if folder.is_dir():
        shutil.rmtree(folder)


def _remove_file(path: Path) -> None:
    path.unlink(missing_ok=True)
