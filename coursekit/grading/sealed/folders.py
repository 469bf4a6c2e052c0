"""The folder of a warm process's sockets: locked while it lives, so that what a crash left can be told and removed."""

from __future__ import annotations

import contextlib
import fcntl
import os
import shutil
import tempfile

PREFIX = "course-sealed-"
_LONGEST_FOLDER = 70


def own_folder() -> tuple[str, int]:
    """A new folder and the descriptor whose lock says that it is in use."""
    while True:
        folder = tempfile.mkdtemp(prefix=PREFIX, dir=_temporary())
        with contextlib.suppress(FileNotFoundError):
            lock = os.open(folder, os.O_RDONLY)
            fcntl.flock(lock, fcntl.LOCK_EX)
            if os.path.isdir(folder):  # else another process swept it up just before it was locked
                return folder, lock
            os.close(lock)


def _temporary() -> str:
    """The folder for temporary files; Linux takes no address of a socket longer than 107 bytes."""
    usual = tempfile.gettempdir()
    return usual if len(os.fsencode(usual)) <= _LONGEST_FOLDER else "/tmp"


def sweep() -> None:
    """Remove the folders of warm processes that were killed before they could."""
    for entry in os.scandir(_temporary()):
        if not entry.name.startswith(PREFIX) or not entry.is_dir(follow_symlinks=False):
            continue
        with contextlib.suppress(OSError):
            descriptor = os.open(entry.path, os.O_RDONLY | os.O_NOFOLLOW)
            try:
                if os.fstat(descriptor).st_uid == os.geteuid():
                    fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
                    shutil.rmtree(entry.path, ignore_errors=True)
            finally:
                os.close(descriptor)
