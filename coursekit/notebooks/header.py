"""The top of every released notebook: badges, and one set-up cell that matters only away from the course's folder."""

from __future__ import annotations

import re
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

if TYPE_CHECKING:
    from nbformat import NotebookNode

    from coursekit.syllabus import Course

BADGES_ID = "course-badges"
SETUP_ID = "course-setup"

_INSTALL = """\
# Set-up: does nothing where the course is installed; on Colab it installs the course's package.
from importlib.util import find_spec

if find_spec("coursekit") is None:
    %pip install --quiet "git+{address}@{branch}"
"""
_NO_ADDRESS = """\
# Set-up: does nothing where the course is installed.
from importlib.util import find_spec

if find_spec("coursekit") is None:
    raise ModuleNotFoundError(
        "This notebook needs the package coursekit: open it with `make lab` in the course's folder, "
        "or install the package from the folder or repository that your course gave you."
    )
"""


@dataclass(frozen=True)
class Address:
    """Where the course is published; ``repository`` is empty where no public address is known."""

    repository: str
    branch: str

    @property
    def github(self) -> str:
        """``owner/name`` on GitHub, else empty."""
        found = re.match(r"https://github\.com/([\w.-]+/[\w.-]+?)(?:\.git)?/?$", self.repository)
        return found[1] if found else ""


def course_address(course: Course, root: Path) -> Address:
    """The address in syllabus.yml, else the clone's ``origin`` where that is a public address."""
    return Address(public_address(course.repository) or public_address(_origin(root)), course.branch)


def public_address(remote: str) -> str:
    """A git remote as an https address that anybody can install from; empty for a local path or another machine.

    >>> public_address("git@github.com:someone/course.git")
    'https://github.com/someone/course'
    """
    remote = remote.strip()
    ssh = re.match(r"^(?:ssh://)?git@([\w.-]+)[:/](.+?)(?:\.git)?/?$", remote)
    if ssh:
        return f"https://{ssh[1]}/{ssh[2]}"
    found = re.match(r"^https://(?:[^@/]+@)?([\w.-]+\.[a-z]+/.+?)(?:\.git)?/?$", remote)
    return f"https://{found[1]}" if found else ""


def _origin(root: Path) -> str:
    command = ["git", "-C", str(root), "remote", "get-url", "origin"]
    try:
        return subprocess.run(command, capture_output=True, text=True, check=False).stdout
    except FileNotFoundError:  # no git: a course that was downloaded as an archive has no origin either
        return ""


def setup_source(address: Address) -> str:
    """The source of the set-up cell."""
    if not address.repository:
        return _NO_ADDRESS.rstrip("\n")
    return _INSTALL.format(address=address.repository, branch=address.branch).rstrip("\n")


def badges(address: Address, path: str) -> str:
    """Badges that open ``path`` (within the repository) on Colab and Binder; empty without a GitHub address."""
    if not address.github:
        return ""
    colab = f"https://colab.research.google.com/github/{address.github}/blob/{address.branch}/{path}"
    binder = f"https://mybinder.org/v2/gh/{address.github}/{address.branch}?labpath={quote(path, safe='')}"
    return (
        f"[![Open in Colab](https://colab.research.google.com/assets/colab-badge.svg)]({colab}) "
        f"[![Open in Binder](https://mybinder.org/badge_logo.svg)]({binder})"
    )


def add_header(notebook: NotebookNode, address: Address, path: str) -> None:
    """Put badges and the set-up cell on top of a released notebook, replacing those of an earlier build."""
    from nbformat.v4 import new_code_cell, new_markdown_cell

    locked = {"deletable": False, "editable": False}
    setup = new_code_cell(setup_source(address), id=SETUP_ID, metadata={**locked, "jupyter": {"source_hidden": True}})
    cells = [setup]
    if text := badges(address, path):
        cells.insert(0, new_markdown_cell(text, id=BADGES_ID, metadata=locked))
    notebook.cells = cells + [cell for cell in notebook.cells if cell.get("id") not in (BADGES_ID, SETUP_ID)]
    notebook.metadata["coursekit"] = {"repository": address.repository, "branch": address.branch}
