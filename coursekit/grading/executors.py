"""The two ways to run a submission: sealed off in a sandbox, or with the rights of whoever grades."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import TYPE_CHECKING, Any

from coursekit.errors import CourseError

if TYPE_CHECKING:
    from nbformat import NotebookNode

    from coursekit.grading.sealed import Limits, WarmServer
    from coursekit.grading.worker import Ran
    from coursekit.syllabus import Week

#: Threads of a cluster's worker share an executor.
_STARTING = threading.Lock()


class Unsealed:
    """Runs a notebook in an ordinary kernel, with the rights of whoever grades: for submissions that one trusts.

    Parameters
    ----------
    cell_seconds : a cell that takes longer is interrupted and counts as failed.
    """

    sealed = False
    probed = True

    def __init__(self, cell_seconds: int = 60) -> None:
        self.cell_seconds = cell_seconds

    def __call__(self, notebook: NotebookNode, folder: Path) -> Ran:
        """Run every code cell in a fresh kernel."""
        from coursekit.grading.execute import execute

        return execute(notebook, folder, cell_seconds=self.cell_seconds)


class Sealed:
    """Runs a notebook in a sandbox, in a kernel forked from a warm process; one warm process for each worker.

    Parameters
    ----------
    preload : modules to import beforehand; `coursekit.grading.sealed.preload_of` reads them from a notebook.
    limits : what a submission may use up.
    """

    sealed = True
    probed = True

    def __init__(self, preload: tuple[str, ...] = (), limits: Limits | None = None) -> None:
        self.preload, self.limits = preload, limits
        self._server: WarmServer | None = None

    @classmethod
    def for_week(cls, folder: Path, week: Week, **limits: Any) -> Sealed:
        """With the libraries that a week's notebooks import, and the memory that its budget allows.

        Parameters
        ----------
        folder : the class folder, with ``source/``.
        limits : other fields of `coursekit.grading.sealed.Limits`.
        """
        from coursekit.grading.sealed import Limits, preload_of
        from coursekit.notebooks.files import read_notebook

        paths = [folder / "source" / week.folder / f"{name}.ipynb" for name in week.notebooks]
        names = [name for path in paths if path.is_file() for name in preload_of(read_notebook(path))]
        return cls(tuple(dict.fromkeys(names)), Limits(**{"memory_mib": week.budget.memory_mib, **limits}))

    def __getstate__(self) -> dict[str, Any]:
        return {**vars(self), "_server": None}

    def ready(self) -> None:
        """Say now, and not once for every submission, when nothing can be sealed off here.

        Raises
        ------
        CourseError
            Where there is no bubblewrap or no user namespaces.
        """
        from coursekit.grading.sealed import available

        if not (can := available()):
            raise CourseError(
                f"Submissions cannot be sealed off here: {can.reason} To run them with your own rights all the same, "
                "say --unsandboxed."
            )

    def __call__(self, notebook: NotebookNode, folder: Path) -> Ran:
        """Run every code cell in a sandbox."""
        from coursekit.grading.sealed import run_sealed

        return run_sealed(notebook, folder, server=self.warm())

    def warm(self) -> WarmServer:
        """Start the warm process if it does not run; its libraries are imported when this returns."""
        from coursekit.grading.sealed import WarmServer

        with _STARTING:
            if self._server is None:
                self._server = WarmServer(self.preload, limits=self.limits)
        return self._server.start()

    def close(self) -> None:
        """End the warm process."""
        if self._server is not None:
            self._server.close()
            self._server = None
