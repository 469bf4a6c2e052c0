"""Which of the submitted files is the notebook that was asked for, when it was renamed on its way."""

from __future__ import annotations

import re
from pathlib import Path

_NOTEBOOK = re.compile(r"\.ipynb(?:\.(?:txt|json))?$", re.IGNORECASE)
_ELSEWHERE = {".ipynb_checkpoints", "__MACOSX", "__pycache__"}


def find_notebook(folder: Path, name: str) -> tuple[Path | None, tuple[str, ...]]:
    """Find a learner's notebook in the folder that was handed in.

    Parameters
    ----------
    folder : what was handed in.
    name : the notebook's name, with or without ``.ipynb``.

    Returns
    -------
    tuple
        The most likely file, or None where there is none; and remarks, one sentence each, on every guess made. Links
        are never followed.
    """
    wanted = name.removesuffix(".ipynb")
    files = _notebooks(folder)
    exact = [path for path in files if path.parent == folder and path.name == f"{wanted}.ipynb"]
    ranked = exact or sorted(files, key=lambda path: _rank(path, folder, wanted))
    if not ranked:
        return None, (f"There is no notebook in the submission that could be {wanted}.ipynb.",)
    chosen = ranked[0]
    remarks = []
    if not exact:
        remarks.append(f"{chosen.relative_to(folder)} was graded as {wanted}.ipynb, which is not in the submission.")
    rivals = [path for path in files if path != chosen and _close(path, wanted)]
    if rivals:
        others = ", ".join(str(path.relative_to(folder)) for path in rivals)
        remarks.append(f"Not graded, because {chosen.name} was taken as {wanted}.ipynb: {others}.")
    return chosen, tuple(remarks)


def _notebooks(folder: Path) -> list[Path]:
    """Regular notebook files under a folder, without what tools leave behind and without the lesson."""
    found = []
    for path in sorted(folder.rglob("*")):
        parts = path.relative_to(folder).parts
        hidden = any(part.startswith(".") or part in _ELSEWHERE for part in parts)
        linked = any(parent.is_symlink() for parent in (path, *path.parents[: len(parts) - 1]))
        lesson = _plain(path.name).startswith("lesson")
        if _NOTEBOOK.search(path.name) and not hidden and not linked and not lesson and path.is_file():
            found.append(path)
    return found


def _rank(path: Path, folder: Path, wanted: str) -> tuple[bool, int, float, str]:
    """Best first: the name in it, not deep in folders, the latest (a browser numbers its copies upwards)."""
    return not _close(path, wanted), len(path.relative_to(folder).parts), -path.stat().st_mtime, path.name


def _close(path: Path, wanted: str) -> bool:
    return _plain(wanted) in _plain(path.name)


def _plain(name: str) -> str:
    return re.sub(r"[\W_]+", "", _NOTEBOOK.sub("", name)).casefold()
