"""What can go wrong with a data set: one class each, every message a sentence that says what to do."""

# The names say what happened; an ending "Error" on each would say it twice.
# ruff: noqa: N818

from __future__ import annotations

from coursekit.errors import CourseError


class DataError(CourseError):
    """Base of every error of `coursekit.data`; a notebook shows its sentence instead of a traceback."""

    def _render_traceback_(self) -> list[str]:
        return [f"{type(self).__name__}: {self}"]


class RegistryError(DataError):
    """The registry file is missing, cannot be read, or an entry is wrong."""


class UnknownName(DataError):
    """No data set of that name is registered."""


class HashMismatch(DataError):
    """A file does not have the sha256 that the registry promises."""


class SchemaMismatch(DataError):
    """The rows, columns or types are not those that the registry promises."""


class LibraryMissing(DataError):
    """A data set ships with a library that is not installed."""


class MirrorMissing(DataError):
    """COURSE_DATA_MIRROR is set, but names no folder."""


class CacheUnwritable(DataError):
    """The cache folder cannot be made or written to."""


class FileUnavailable(DataError):
    """No copy of the file could be had.

    Parameters
    ----------
    message
        The whole sentence: what was tried and what to do.
    reason
        The cause in a few words and without a path, fit for a learner's notebook.
    """

    def __init__(self, message: str, *, reason: str) -> None:
        super().__init__(message)
        self.reason = reason


class NoNetwork(FileUnavailable):
    """Nothing nearby holds the file, and the server could not be reached or downloads are switched off."""


class DownloadFailed(FileUnavailable):
    """The server was reached and did not deliver the file."""
