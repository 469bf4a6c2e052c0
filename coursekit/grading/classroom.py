"""nbgrader's own machinery, opened on a class folder with the course's configuration."""

from __future__ import annotations

import logging
import os
import re
import sys
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from coursekit.errors import CourseError
from coursekit.syllabus import course_root

if TYPE_CHECKING:
    from nbgrader.apps import NbGraderAPI
    from traitlets.config import Config


def nbgrader_config(class_folder: Path) -> Config:
    """The course's ``nbgrader_config.py``, pointed at ``class_folder``.

    A gradebook that the configuration puts elsewhere (PostgreSQL) is kept for the class that it was configured for;
    any other folder, the demonstration's say, has its own SQLite file.
    """
    from traitlets.config.loader import PyFileConfigLoader

    course = course_root(class_folder)
    if not (course / "nbgrader_config.py").is_file():
        raise CourseError(f"{course} has no nbgrader_config.py: grading works in a clone of the course's repository.")
    config = PyFileConfigLoader("nbgrader_config.py", path=str(course)).load_config()
    if Path(str(config.CourseDirectory.root)).resolve() != class_folder.resolve():
        config.CourseDirectory.db_url = f"sqlite:///{class_folder / 'gradebook.db'}"
    config.CourseDirectory.root = str(class_folder)
    return config


@contextmanager
def open_class(class_folder: Path) -> Iterator[NbGraderAPI]:
    """Nbgrader's API on a class folder (``source/``, ``submitted/`` … under it).

    Every call of the API returns what it logged; nothing of it is printed.
    """
    from nbgrader.apps import NbGraderAPI
    from nbgrader.coursedir import CourseDirectory

    class_folder = class_folder.resolve()
    class_folder.mkdir(parents=True, exist_ok=True)
    add_tools_to_path()
    config = nbgrader_config(class_folder)
    with _quiet_nbgrader(), warnings.catch_warnings():
        # nbgrader's own use of SQLAlchemy warns on every new submission; nobody here can act on it.
        warnings.filterwarnings("ignore", message="Object of type <Submitted")
        yield NbGraderAPI(CourseDirectory(config=config), config=config)


def add_tools_to_path() -> None:
    """Put this Python's folder first on PATH: nbgrader calls ``alembic`` by name to make its gradebook."""
    tools = str(Path(sys.executable).parent)
    if os.environ.get("PATH", "").split(os.pathsep)[0] != tools:
        os.environ["PATH"] = os.pathsep.join([tools, os.environ.get("PATH", "")])


def why_it_failed(result: dict[str, Any]) -> str:
    """The one telling sentence in the result of an nbgrader call that did not succeed."""
    lines = [line.strip() for line in result.get("log", "").splitlines() if line.strip()]
    errors = [line for line in lines if re.match(r"^[\w.]*(Error|Exception|Interrupt)\b", line)]
    complaints = [line for line in lines if line.startswith("[ERROR]") and "Traceback" not in line]
    chosen = (errors or complaints or result.get("error", "it gave no reason").strip().splitlines())[-1]
    return chosen.removeprefix("[ERROR]").strip().rstrip(".") + "."


@contextmanager
def _quiet_nbgrader() -> Iterator[None]:
    """Keep nbgrader's log off the terminal while it works, and put things back afterwards."""
    from traitlets import log as traitlets_log

    logger = traitlets_log.get_logger()
    handlers, propagate = list(logger.handlers), logger.propagate
    logger.handlers, logger.propagate = [logging.NullHandler()], False
    try:
        yield
    finally:
        logger.handlers, logger.propagate = handlers, propagate
