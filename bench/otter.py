"""otter-grader's ``otter run`` on the same submissions, from an environment of its own in ``build/otter``."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from bench.classes import NOTEBOOK, ROOT, Class
from bench.sides import ENVIRONMENT
from bench.watching import watch
from coursekit.errors import CourseError
from coursekit.notebooks.exercises import nbgrader_of
from coursekit.notebooks.files import notebook_text, read_notebook

PLACE = ROOT / "build" / "otter"
#: One process a submission: a few of each kind tell its time.
MOST = 8
# otter's exception-based test files. The check runs in the submission's own names, as it does in the notebook.
_TEST = """\
from otter.test_files import test_case

OK_FORMAT = False
name = {name!r}
points = {points!r}


@test_case(points={points!r}, hidden=False)
def test_check(env):
    exec(compile({source!r}, {name!r}, "exec"), env)
"""


@dataclass(frozen=True)
class OtterRun:
    """What ``otter run`` took for how many submissions, and in how many checks it gave other points than ours."""

    submissions: int
    seconds: float
    version: str
    other_grades: int

    @property
    def seconds_per_submission(self) -> float:
        """Wall time of a submission."""
        return self.seconds / self.submissions


def ensure_otter() -> Path:
    """Otter's Python; its environment is made on first use.

    Raises
    ------
    CourseError
        Where it cannot be installed; the sentence holds pip's last words.
    """
    python = PLACE / "bin" / "python"
    stamp = PLACE / ".installed"
    if stamp.is_file():
        return python
    shutil.rmtree(PLACE, ignore_errors=True)
    PLACE.parent.mkdir(parents=True, exist_ok=True)
    _run([sys.executable, "-m", "venv", str(PLACE)])
    _run([str(python), "-m", "pip", "install", "--quiet", *_requirements()])
    stamp.touch()
    return python


def otter_side(lesson: Class, scratch: Path, on_progress: Callable[[int], None]) -> OtterRun:
    """Grade the first few submissions with ``otter run``, a process each, as it is made to be used.

    Parameters
    ----------
    lesson : a class that ``course grade`` has graded: its results are what otter's are compared with.
    scratch : a folder for otter's files.
    """
    python = ensure_otter()
    archive = autograder(lesson, scratch)
    seconds, other = 0.0, 0
    learners = lesson.learners[:MOST]
    for count, learner in enumerate(learners, start=1):
        place = scratch / learner
        place.mkdir()
        submission = place / f"{NOTEBOOK}.ipynb"
        submission.write_text(_for_otter(lesson.submission(learner)), encoding="utf-8")
        command = [str(python.with_name("otter")), "run", "--no-logo", "-a", str(archive), "-o", str(place)]
        ran = watch(
            [*command, str(submission)], place, done=int, on_progress=lambda _: None, environment=_environment(python)
        )
        seconds += ran.seconds
        other += _other_grades(lesson, learner, place / "results.json")
        on_progress(count)
    return OtterRun(len(learners), seconds, _version(python), other)


def autograder(lesson: Class, scratch: Path) -> Path:
    """The archive that ``otter run`` grades with: a test file for each check of the instructor's notebook."""
    instructors = read_notebook(lesson.folder / "source" / lesson.week.folder / f"{NOTEBOOK}.ipynb")
    path = scratch / "autograder.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("otter_config.json", json.dumps({"show_stdout": False, "print_summary": False}))
        for cell in instructors.cells:
            meta = nbgrader_of(cell)
            if cell.cell_type == "code" and meta.get("grade"):
                test = _TEST.format(name=meta["grade_id"], points=float(meta["points"]), source=cell.source)
                archive.writestr(f"tests/{meta['grade_id'].replace('-', '_')}.py", test)
    return path


def _for_otter(path: Path) -> str:
    """A submission without its check cells: otter runs them from its own files, and not twice."""
    notebook = read_notebook(path)
    notebook.cells = [cell for cell in notebook.cells if cell.cell_type != "code" or not nbgrader_of(cell).get("grade")]
    return notebook_text(notebook)


def _other_grades(lesson: Class, learner: str, path: Path) -> int:
    """How many checks have other points than in our ``result.json``."""
    theirs = {test["name"].split()[0]: test for test in json.loads(path.read_text(encoding="utf-8"))["tests"]}
    ours = lesson.folder / "autograded" / learner / lesson.week.folder / "result.json"
    checks = [
        check
        for notebook in json.loads(ours.read_text(encoding="utf-8"))["notebooks"]
        for exercise in notebook["exercises"]
        for check in exercise["checks"]
        if not check["manual"]
    ]
    return sum(theirs.get(check["grade_id"], {}).get("score") != check["points"] for check in checks)


def _requirements() -> list[str]:
    """Otter at its newest, torch at the lock's version, and this coursekit."""
    torch = re.search(r"^torch==\S+", (ROOT / "requirements.txt").read_text(encoding="utf-8"), re.MULTILINE)
    return ["otter-grader", torch[0] if torch else "torch", "--editable", f"{ROOT}[core]"]


def _environment(python: Path) -> dict[str, str]:
    return {**ENVIRONMENT, "PATH": os.pathsep.join([str(python.parent), os.environ.get("PATH", "")])}


def _version(python: Path) -> str:
    return _run([str(python), "-c", "from importlib.metadata import version; print(version('otter-grader'))"])


def _run(command: list[str]) -> str:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        lines = [line for line in (done.stderr or done.stdout).splitlines() if line.strip()] or ["it said nothing"]
        raise CourseError(f"otter-grader cannot be had here: `{' '.join(command[:5])} …` ended with: {lines[-1]}")
    return done.stdout.strip()
