"""A class's grades and graded notebooks, kept together through crashes and restarts."""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from coursekit.errors import CourseError
from coursekit.grading.classroom import add_tools_to_path, nbgrader_config
from coursekit.grading.record.folders import Folders
from coursekit.grading.record.gradebook import (
    Registered,
    Standing,
    Writer,
    auto_score,
    auto_scores,
    register,
    standings,
)
from coursekit.grading.record.result import Result, read_result

if TYPE_CHECKING:
    from nbgrader.api import Gradebook
    from traitlets.config import Config

_TRIES = 6


class Ledger:
    """The one writer of a class's grades; use `open_ledger`."""

    def __init__(self, folder: Path, gradebook: Gradebook, config: Config) -> None:
        self.folder, self.gradebook, self.config = folder, gradebook, config
        self.folders = Folders(folder / str(config.CourseDirectory.get("autograded_directory", "autograded")))
        self._writer = Writer(gradebook, config)
        self._scores: dict[str, dict] | None = None

    def recover(self) -> list[Result]:
        """Finish what an interrupted run had put aside: its grades are committed (again), its folders moved."""
        finished = list(self.folders.staged())
        for result in finished:
            self._commit(result)
            self.folders.publish(result.student, result.week)
        self.folders.tidy()
        return finished

    def register(self, week: str, notebooks: Mapping[str, Path]) -> Registered:
        """Make the gradebook know the week's graded cells as they are now."""
        self._scores = None
        return register(self.gradebook, self.config, week, notebooks)

    def record(self, result: Result, files: Mapping[str, bytes]) -> None:
        """Record a graded submission: put aside, commit, move into place."""
        self.folders.stage(result, files)
        self._commit(result)
        self.folders.publish(result.student, result.week)

    def record_again(self, result: Result) -> None:
        """Bring the gradebook to a result whose notebook stands in place already."""
        result = replace(result, answer_changed=False)
        self._commit(result)
        self.folders.replace_result(result)

    def recorded(self, week: str, student: str) -> Result | None:
        """The result of a submission that was graded before, if its notebooks are all in place."""
        folder = self.folders.final(student, week)
        result = read_result(folder)
        if result is None or (result.student, result.week) != (student, week):
            return None
        graded = [notebook.name for notebook in result.notebooks if not notebook.problem]
        return result if all((folder / f"{name}.ipynb").is_file() for name in graded) else None

    def gradebook_lacks(self, result: Result) -> bool:
        """Whether the gradebook holds other scores than the result, or another late penalty than is due now."""
        if self._scores is None:
            self._scores = auto_scores(self.gradebook, result.week)
        have = self._scores.get(result.student)
        if have is None:
            return result.graded
        for notebook in result.notebooks:
            for exercise in notebook.exercises:
                for check in exercise.checks:
                    key = (notebook.name, check.grade_id)
                    if key not in have or have[key] != auto_score(check, notebook.unanswered):
                        return True
        return self._writer.penalties_differ(result.week, result.student)

    def standings(self, week: str) -> dict[str, Standing]:
        """Every learner's points of a week, with what persons gave and what lateness took."""
        return standings(self.gradebook, week)

    def _commit(self, result: Result) -> None:
        """Write to the gradebook, waiting for another program (formgrader) that is writing to it."""
        from sqlalchemy.exc import OperationalError

        for attempt in range(_TRIES):
            try:
                return self._writer.write(result)
            except OperationalError as error:
                if "locked" not in str(error) or attempt == _TRIES - 1:
                    raise CourseError(
                        f"The grades of {result.student} could not be written to the gradebook ({error.orig}). "
                        "Nothing is lost: close other programs that use it and start the same command again."
                    ) from None
                time.sleep(0.2 * 2**attempt)
        return None


@contextmanager
def open_ledger(folder: Path, db_url: str | None = None) -> Iterator[Ledger]:
    """Open a class's ledger for writing; only one process at a time can.

    Parameters
    ----------
    folder : the class folder.
    db_url : SQLAlchemy's address of the gradebook; the class's ``gradebook.db`` by default.

    Raises
    ------
    CourseError
        Where another grading run is at work in this folder, or the gradebook cannot be opened.
    """
    folder = folder.resolve()
    (folder / "autograded").mkdir(parents=True, exist_ok=True)
    with _only_one(folder / "autograded" / ".lock", folder), open_gradebook(folder, db_url) as (gradebook, config):
        yield Ledger(folder, gradebook, config)


@contextmanager
def open_gradebook(folder: Path, db_url: str | None = None) -> Iterator[tuple[Gradebook, Config]]:
    """Open nbgrader's gradebook of a class, with nbgrader's configuration for it.

    Raises
    ------
    CourseError
        Where it cannot be opened.
    """
    from nbgrader.api import Gradebook
    from sqlalchemy.exc import SQLAlchemyError

    add_tools_to_path()
    config = nbgrader_config(folder.resolve())
    if db_url:
        config.CourseDirectory.db_url = db_url
    try:
        gradebook = Gradebook(str(config.CourseDirectory.db_url), str(config.CourseDirectory.course_id))
    except (SQLAlchemyError, ImportError) as error:
        raise CourseError(f"The gradebook cannot be opened ({error}): is its address right?") from None
    with gradebook:
        yield gradebook, config


@contextmanager
def _only_one(path: Path, folder: Path) -> Iterator[None]:
    """Hold a lock that the system lets go of whenever and however this process ends."""
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(descriptor)
        raise CourseError(f"Another grading run is at work in {folder}: wait until it has finished.") from None
    try:
        yield
    finally:
        os.close(descriptor)
