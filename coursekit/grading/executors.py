"""The two ways to run a submission: sealed off in a sandbox, or with the rights of whoever grades."""

from __future__ import annotations

import contextlib
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Any

from coursekit.errors import CourseError

if TYPE_CHECKING:
    from nbformat import NotebookNode

    from coursekit.grading.sealed import Limits, WarmServer
    from coursekit.grading.sealed.warm import Loan
    from coursekit.grading.worker import Ran
    from coursekit.syllabus import Week

#: Threads of a cluster's worker share an executor.
_STARTING = threading.Lock()
#: A rehearsal takes about as long as two or three submissions, and saves later ones what they would load each.
_WORTH_A_REHEARSAL = 4
#: Settling takes as long as one or two submissions and saves a twentieth of each.
_WORTH_SETTLING = 60


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
    """Runs a notebook in a sandbox, in a kernel forked from a warm process.

    Workers of one machine share the warm process of the process that started them (`lend`, `borrow`).

    Parameters
    ----------
    preload : modules to import beforehand; `coursekit.grading.sealed.preload_of` reads them from a notebook.
    limits : what a submission may use up.
    notebooks : the instructor's, with solutions, to be rehearsed before a class is graded.
    folder : the files that these need.
    """

    sealed = True
    probed = True

    def __init__(
        self,
        preload: tuple[str, ...] = (),
        limits: Limits | None = None,
        notebooks: tuple[NotebookNode, ...] = (),
        folder: Path | None = None,
    ) -> None:
        self.preload, self.limits = preload, limits
        self.notebooks, self.folder = notebooks, folder
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

        place = folder / "source" / week.folder
        paths = [place / f"{name}.ipynb" for name in week.notebooks]
        notebooks = tuple(read_notebook(path) for path in paths if path.is_file())
        names = [name for notebook in notebooks for name in preload_of(notebook)]
        bounds = Limits(**{"memory_mib": week.budget.memory_mib, **limits})
        return cls(tuple(dict.fromkeys(names)), bounds, notebooks, place)

    def __getstate__(self) -> dict[str, Any]:
        return {**vars(self), "_server": None, "notebooks": (), "folder": None}

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
        return self._one_server().start()

    def lend(self) -> Loan:
        """Start the warm process, with all that an earlier run found out, and let those that grade use it."""
        self._recall()
        return self._one_server().lend()

    def prepare(self, submissions: int) -> None:
        """Make the warm process better for so many submissions, which may be graded meanwhile.

        Where no earlier run has found out what the instructor's notebooks load when they are run, they are run, and the
        warm process imports it; until then each submission loads it itself.
        """
        if self.notebooks and not self._recall() and submissions >= _WORTH_A_REHEARSAL:
            self._rehearse()
        if submissions >= _WORTH_SETTLING:
            with contextlib.suppress(CourseError):  # it has ended, and this is no reason to start another one
                self._one_server().settle()

    def _rehearse(self) -> None:
        from coursekit.grading.sealed import remembered
        from coursekit.grading.sealed.rehearsal import rehearse_all

        server = self.warm()
        try:
            rehearse_all(self.notebooks, self.folder, server=server)
        except CourseError:
            return  # whatever is wrong with the instructor's notebook, each submission's result will say it
        self.preload = server.preload
        warm = [name for name in server.preload if name not in server.left_out]
        remembered.remember(remembered.fingerprint(self.notebooks), warm)

    def _recall(self) -> bool:
        """Take up what an earlier run found out, if there was one."""
        from coursekit.grading.sealed import remembered

        known = remembered.recall(remembered.fingerprint(self.notebooks)) if self.notebooks else None
        self.preload = tuple(dict.fromkeys([*self.preload, *(known or ())]))
        return known is not None

    def borrow(self, loan: Loan) -> None:
        """Use the warm process that another one has lent."""
        self._one_server().borrow(loan)

    def stop(self) -> None:
        """End the warm process at once, even if another thread waits for it."""
        if self._server is not None:
            self._server.kill()

    def close(self) -> None:
        """End the warm process."""
        if self._server is not None:
            self._server.close()
            self._server = None

    def _one_server(self) -> WarmServer:
        from coursekit.grading.probe import modules_for_checks
        from coursekit.grading.sealed import WarmServer

        with _STARTING:
            if self._server is None:
                checks = [modules_for_checks(notebook) for notebook in self.notebooks]
                self._server = WarmServer(self.preload, limits=self.limits, checks=checks)
            return self._server
