"""What rehearsals found, kept from run to run: names of modules, in a folder that only this user can write to.

The warm process imports these names with its own rights. So they are believed only if nobody else can have written
them; they are only ever names of modules; and no sandbox sees the folder.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import re
import stat
import sys
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from coursekit.grading.sealed.layout import package_folders

if TYPE_CHECKING:
    from nbformat import NotebookNode

_NAME = re.compile(r"[A-Za-z_]\w*(\.[A-Za-z_]\w*)*")
_LARGEST, _MOST_FILES = 1 << 20, 60


def fingerprint(notebooks: Iterable[NotebookNode]) -> str:
    """What the findings hold for: the code of these notebooks, this Python, and the packages installed beside it."""
    total = hashlib.sha256(f"{sys.version}\0{sys.prefix}".encode())
    for folder in package_folders():
        installed = sorted(name for name in os.listdir(folder) if name.endswith((".dist-info", ".pth")))
        total.update("\0".join([folder, *installed]).encode("utf-8", "surrogateescape"))
    for notebook in notebooks:
        for cell in notebook.cells:
            if cell.cell_type == "code":
                total.update(f"\0{cell.source}".encode("utf-8", "surrogatepass"))
    return total.hexdigest()


def recall(key: str) -> tuple[str, ...] | None:
    """The names found under a fingerprint; None where there are none that can be trusted."""
    folder = _folder()
    try:
        if not _only_ours(os.lstat(folder), stat.S_ISDIR):
            return None
        descriptor = os.open(folder / f"{key}.json", os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
        with open(descriptor, "rb") as file:
            if not _only_ours(os.fstat(descriptor), stat.S_ISREG):
                return None
            found = json.loads(file.read(_LARGEST))
    except (OSError, ValueError, RecursionError):
        return None
    return _names(found) if isinstance(found, list) else None


def remember(key: str, names: Sequence[str]) -> None:
    """Keep names for the next run; where they cannot be kept, the next run rehearses again."""
    folder = _folder()
    with contextlib.suppress(OSError):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not _only_ours(os.lstat(folder), stat.S_ISDIR):
            return
        descriptor, temporary = tempfile.mkstemp(dir=folder)
        with open(descriptor, "w", encoding="utf-8") as file:
            json.dump(list(_names(names)), file)
        os.replace(temporary, folder / f"{key}.json")
        _forget_the_oldest(folder)


def _names(found: Iterable[object]) -> tuple[str, ...]:
    return tuple(name for name in found if isinstance(name, str) and _NAME.fullmatch(name))


def _folder() -> Path:
    """Not in the cache of the data sets, which sandboxes can read."""
    cache = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(cache) / "coursekit-grading"


def _only_ours(status: os.stat_result, kind: object) -> bool:
    others = stat.S_IWGRP | stat.S_IWOTH
    return kind(status.st_mode) and status.st_uid == os.geteuid() and not status.st_mode & others  # type: ignore[operator]


def _forget_the_oldest(folder: Path) -> None:
    files = sorted(folder.iterdir(), key=lambda path: path.stat().st_mtime)
    for path in files[:-_MOST_FILES]:
        path.unlink(missing_ok=True)
