"""Run the instructor's notebook once, and keep warm whatever it had to import on the way.

Libraries import half of themselves when they are first used (torch's optimisers, for example: a second a submission).
The notebook's own text does not say so; running it does.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from coursekit.grading.sealed.run import Probe, SealedRun, run_sealed
from coursekit.grading.sealed.warm import WarmServer

if TYPE_CHECKING:
    from nbformat import NotebookNode

_TELL = (
    "import sys as _s, json as _j\nprint(_j.dumps([n for n in list(_s.modules) if not n.startswith('__')]))\ndel _s, _j"
)


def rehearse(notebook: NotebookNode, folder: Path | None, *, server: WarmServer) -> SealedRun:
    """Run a notebook sealed, then have ``server`` import the modules that this loaded.

    Parameters
    ----------
    notebook
        The instructor's, with solutions. Never a submission: the warm process imports with its own rights what it
        names.
    folder
        The files that it needs.
    server
        The warm process; call this before it is used for grading.

    Returns
    -------
    SealedRun
        What the run gave: how long the instructor's own cells take, and whether all of them pass.
    """
    total = sum(cell.cell_type == "code" and bool(cell.source.strip()) for cell in notebook.cells)
    count = 0

    def at_the_end(_: NotebookNode) -> Probe | None:
        nonlocal count
        count += 1
        return Probe(after=_TELL) if count == total else None

    run = run_sealed(notebook, folder, server=server, probe=at_the_end)
    said = run.cells[-1].probed[1] if run.cells else None
    if said is not None and said.status == "ok":
        server.keep_warm(_names(said.text))
    return run


def rehearse_all(notebooks: Sequence[NotebookNode], folder: Path | None, *, server: WarmServer) -> None:
    """Rehearse what grading runs of notebooks: all but the cells that only draw.

    Without the checks' guard, which loads nothing more and would double the time for which a class waits.
    """
    from coursekit.grading.drawings import set_aside

    for notebook in notebooks:
        rehearse(set_aside(notebook, notebook), folder, server=server)


def _names(text: str) -> list[str]:
    try:
        names = json.loads(text)
    except ValueError:
        return []  # a cell printed at the same time; without the names the server is just less warm
    return [name for name in names if isinstance(name, str)]
