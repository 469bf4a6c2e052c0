"""Reads and writes ``.ipynb`` files, with a sentence when a file is not what it should be."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

from coursekit.errors import CourseError
from coursekit.notebooks.jupyter import nbformat_module

if TYPE_CHECKING:
    from nbformat import NotebookNode


class NotANotebook(CourseError):
    """The file is missing, is not JSON, or is JSON but not a notebook."""


def read_notebook(path: Path) -> NotebookNode:
    """Read a notebook of any nbformat version as version 4.

    Raises
    ------
    NotANotebook
        Where the file is missing, unreadable, broken JSON or no notebook; the sentence says which.
    """
    if path.suffix != ".ipynb":
        raise NotANotebook(f"{path} is not a notebook: its name should end in .ipynb.")
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        raise NotANotebook(f"There is no notebook {path}.") from None
    except (OSError, UnicodeDecodeError) as error:
        raise NotANotebook(f"{path} cannot be read as text ({error}); save it again from JupyterLab.") from None
    try:
        raw = json.loads(text)
    except json.JSONDecodeError as error:
        raise NotANotebook(
            f"{path} is broken JSON at line {error.lineno} ({error.msg}); "
            "restore it from a backup or from the release folder."
        ) from None
    if not isinstance(raw, dict) or "cells" not in raw and "worksheets" not in raw:
        raise NotANotebook(f"{path} is JSON but not a notebook: it has no cells.")
    try:
        return nbformat_module().reads(text, as_version=4)
    except Exception as error:  # nbformat raises many types here, and each means the same to a person
        raise NotANotebook(f"{path} is not a notebook that Jupyter can read ({error}).") from None


def notebook_text(notebook: NotebookNode) -> str:
    """The notebook as the text of its file, in the style that Jupyter and nbgrader write (a line of source a line)."""
    nbformat = nbformat_module()
    return nbformat.writes(notebook, version=nbformat.NO_CONVERT).rstrip("\n") + "\n"


def write_if_changed(path: Path, text: str) -> bool:
    """Write ``text`` to ``path`` unless it is there already; say whether it was written."""
    if path.is_file() and path.read_text(encoding="utf-8") == text:
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return True
