"""One file over HTTP into the cache: verified, with time limits, a few tries, and errors that say what happened."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO
from urllib.parse import urlsplit

from coursekit.data.entry import DataSet
from coursekit.data.errors import CacheUnwritable, DownloadFailed, FileUnavailable, HashMismatch, NoNetwork
from coursekit.data.settings import CACHE

if TYPE_CHECKING:
    import requests

ProgressCallback = Callable[["Progress"], None]
# Small, so that a slow line still lets the clock be looked at.
_CHUNK = 8192
_WORTH_ANOTHER_TRY = {408, 425, 429}


@dataclass(frozen=True)
class Progress:
    """How far a download is: `done` of `total` bytes of the set called `name`."""

    name: str
    done: int
    total: int


@dataclass(frozen=True)
class Limits:
    """How patient a download is, in seconds, and how often it is tried.

    Parameters
    ----------
    connect, silence
        Longest wait for a connection and between two pieces of the answer.
    whole, slowest
        One try may take `whole` seconds, and besides what the file takes at `slowest` bytes a second.
    tries, pause
        Number of tries, and the wait before the second one; it doubles each time.
    """

    connect: float = 5.0
    silence: float = 15.0
    whole: float = 30.0
    slowest: float = 50_000.0
    tries: int = 3
    pause: float = 0.5


PATIENCE = Limits()


def download(
    entry: DataSet, folder: Path, *, limits: Limits | None = None, progress: ProgressCallback | None = None
) -> Path:
    """Fetch the entry's file into a folder, through pooch, and verify its sha256.

    Parameters
    ----------
    entry
        A set with a `url`.
    folder
        The cache folder; it is made if needed. A file of that name in it is replaced, in one step.
    limits
        Time limits and tries; None means `PATIENCE`.
    progress
        Called with a `Progress` as bytes arrive.

    Returns
    -------
    pathlib.Path
        The file in the cache.

    Raises
    ------
    NoNetwork
        If the server cannot be reached or falls silent.
    DownloadFailed
        If the server answers with an error.
    HashMismatch
        If the file that came is not the registered one.
    CacheUnwritable
        If the folder cannot be made or written to.
    """
    limits = limits or PATIENCE
    for attempt in range(1, limits.tries + 1):
        try:
            return _try_once(entry, folder, limits, progress)
        except FileUnavailable as problem:
            if attempt == limits.tries or not _may_pass(problem):
                raise
            time.sleep(limits.pause * 2 ** (attempt - 1))
    raise ValueError(f"limits.tries must be at least 1, got {limits.tries}")


def unwritable(folder: Path, problem: OSError) -> CacheUnwritable:
    """Return the error for a cache folder that cannot be used."""
    return CacheUnwritable(
        f"The data cache {folder} cannot be written to ({problem.strerror or problem}); set the environment variable"
        f" {CACHE} to a folder that you may write to."
    )


def host(entry: DataSet) -> str:
    """Return the server's name, for messages."""
    return urlsplit(str(entry.url)).hostname or "the server"


def _try_once(entry: DataSet, folder: Path, limits: Limits, progress: ProgressCallback | None) -> Path:
    import pooch
    import requests

    fetcher = _Fetcher(entry, limits, progress)
    try:
        with _quiet(pooch.get_logger()):
            kept = pooch.retrieve(
                entry.url, known_hash=f"sha256:{entry.sha256}", fname=entry.file, path=folder, downloader=fetcher
            )
    # Before OSError and ValueError: requests' errors are the one, some of them also the other.
    except requests.RequestException as problem:
        raise _explained(entry, problem, limits) from problem
    except OSError as problem:
        raise unwritable(folder, problem) from problem
    except ValueError as problem:
        if not fetcher.finished:
            raise
        raise HashMismatch(
            f"The file that {host(entry)} sent for {entry.name!r} is not the registered one: its sha256 is not"
            f" {str(entry.sha256)[:12]}…, and it was thrown away. If your network has a sign-in page, sign in and try"
            " again; else the file was changed where it is published: tell the course's authors."
        ) from problem
    return Path(kept)


class _Fetcher:
    """What pooch calls to bring a file: `requests` with a limit on time and size."""

    def __init__(self, entry: DataSet, limits: Limits, progress: ProgressCallback | None) -> None:
        self.entry, self.limits, self.progress = entry, limits, progress
        self.finished = False

    def __call__(self, url: str, output_file: str, pooch: object) -> None:
        import requests

        allowed = self.limits.whole + int(self.entry.bytes or 0) / self.limits.slowest
        deadline = time.monotonic() + allowed
        waits = (self.limits.connect, self.limits.silence)
        with requests.get(url, stream=True, timeout=waits) as answer, open(output_file, "wb") as target:
            answer.raise_for_status()
            self._copy(answer, target, deadline)
        # The temporary file is private to its owner; a class may share one cache, and a grader runs as another user.
        Path(output_file).chmod(0o644)
        self.finished = True

    def _copy(self, answer: requests.Response, target: BinaryIO, deadline: float) -> None:
        import requests

        done, total = 0, int(self.entry.bytes or 0)
        for piece in answer.iter_content(_CHUNK):
            target.write(piece)
            done += len(piece)
            if self.progress is not None:
                self.progress(Progress(self.entry.name, min(done, total), total))
            # More than promised cannot be the registered file: stop here, and the hash says the rest.
            if done > total:
                return
            if time.monotonic() > deadline:
                raise requests.Timeout("not finished in time")


def _explained(entry: DataSet, problem: requests.RequestException, limits: Limits) -> FileUnavailable:
    import requests

    server = host(entry)
    if isinstance(problem, requests.HTTPError) and problem.response is not None:
        reason = f"{server} answered with status {problem.response.status_code}"
        return DownloadFailed(f"{reason} for {entry.url}", reason=reason)
    if isinstance(problem, requests.Timeout) or "timed out" in str(problem):
        reason = f"{server} did not answer in time"
        return NoNetwork(f"{reason} ({limits.tries} tries)", reason=reason)
    reason = f"no connection to {server}"
    return NoNetwork(f"{reason} ({limits.tries} tries)", reason=reason)


def _may_pass(problem: FileUnavailable) -> bool:
    """Tell whether another try could help: after a lost connection or a busy server, not after "not found"."""
    if isinstance(problem, NoNetwork):
        return True
    response = getattr(problem.__cause__, "response", None)
    return response is not None and (response.status_code >= 500 or response.status_code in _WORTH_ANOTHER_TRY)


@contextmanager
def _quiet(logger: logging.Logger) -> Iterator[None]:
    """Keep pooch from announcing the download: its note names folders of this machine."""
    before = logger.level
    logger.setLevel(logging.WARNING)
    try:
        yield
    finally:
        logger.setLevel(before)
