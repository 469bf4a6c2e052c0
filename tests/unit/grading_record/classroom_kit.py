"""What the tests of this folder share: a small class, an executor without kernels, and a gradebook as plain data."""

from __future__ import annotations

import contextlib
import io
import json
import os
import signal
import sys
from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path

from nbformat import NotebookNode
from nbformat.v4 import new_output

from coursekit.grading.pipeline import Graded, grade_class
from coursekit.grading.record import open_gradebook
from coursekit.notebooks.files import notebook_text, read_notebook
from coursekit.syllabus import Week

WEEK = "week01-numpy"
RIGHT, WRONG, BLANK = "return 2 * x", "return 4", ""
WORDS = "Because it is shorter."


@dataclass(frozen=True)
class Ran:
    notebook: NotebookNode
    seconds: float = 0.01
    peak_mib: float = 50.0


class InProcess:
    """Runs cells with ``exec``: no kernel, the same outputs where it matters. ``log`` gets a line for each run."""

    probed = False

    def __init__(self, log: Path | None = None, sealed: bool = False) -> None:
        self.log, self.sealed = log, sealed

    def __call__(self, notebook: NotebookNode, folder: Path) -> Ran:
        result, names = deepcopy(notebook), {"__name__": "__main__", "FOLDER": folder}
        count = 0
        for cell in result.cells:
            if cell.cell_type == "code" and cell.source.strip():
                count += 1
                cell.execution_count, cell.outputs = count, _run(cell.source, names)
        if self.log:
            with open(self.log, "a", encoding="utf-8") as log:
                log.write("run\n")
        return Ran(result)

    def runs(self) -> int:
        return self.log.read_text().count("run") if self.log and self.log.exists() else 0


def _run(source: str, names: dict) -> list[NotebookNode]:
    printed = io.StringIO()
    outputs = []
    try:
        with contextlib.redirect_stdout(printed):
            exec(compile(source, "cell", "exec"), names)
    except Exception as error:
        outputs = [new_output("error", ename=type(error).__name__, evalue=str(error), traceback=[str(error)])]
    text = printed.getvalue()
    return ([new_output("stream", name="stdout", text=text)] if text else []) + outputs


def hand_in(folder: Path, student: str, body: str, words: str = "", stamp: str = "", **files: str) -> Path:
    """Write a submission of the mini course."""
    notebook = read_notebook(folder / "release" / WEEK / "assignment.ipynb")
    for cell in notebook.cells:
        if body:
            cell.source = cell.source.replace("# YOUR CODE HERE\n    raise NotImplementedError()", body)
        if words:
            cell.source = cell.source.replace("YOUR ANSWER HERE", words)
    place = folder / "submitted" / student / WEEK
    place.mkdir(parents=True, exist_ok=True)
    (place / "assignment.ipynb").write_text(notebook_text(notebook), encoding="utf-8")
    if stamp:
        (place / "timestamp.txt").write_text(stamp)
    for name, content in files.items():
        (place / name.replace("__", ".")).write_text(content)
    return place


def mend_check(folder: Path, old: str, new: str) -> None:
    """Edit the instructor's notebook."""
    path = folder / "source" / WEEK / "assignment.ipynb"
    notebook = read_notebook(path)
    assert any(old in cell.source for cell in notebook.cells)
    for cell in notebook.cells:
        cell.source = cell.source.replace(old, new)
    path.write_text(notebook_text(notebook), encoding="utf-8")


def grade(folder: Path, week: Week, executor: InProcess | None = None, **options) -> Graded:
    """Grade without kernels, in this process."""
    options.setdefault("jobs", 0)
    return grade_class(folder, week, executor=executor or InProcess(), **options)


def gradebook_rows(folder: Path, db_url: str | None = None) -> dict:
    """Everything in the gradebook that is about submissions, without the random ids."""
    rows = {}
    with open_gradebook(folder, db_url) as (book, _):
        for assignment in book.assignments:
            for submission in assignment.submissions:
                for notebook in submission.notebooks:
                    key = f"{submission.student.id}/{assignment.name}/{notebook.name}"
                    rows[key] = {
                        "timestamp": str(submission.timestamp),
                        "penalty": notebook.late_submission_penalty,
                        "flagged": bool(notebook.flagged),
                        "score": notebook.score,
                        "max_score": notebook.max_score,
                        "grades": sorted(
                            (g.cell.name, g.auto_score, g.manual_score, g.extra_credit, g.needs_manual_grade)
                            for g in notebook.grades
                        ),
                        "comments": sorted((c.cell.name, c.auto_comment, c.manual_comment) for c in notebook.comments),
                    }
    return rows


def change_gradebook(folder: Path, change: Callable) -> None:
    """Do what an instructor does in formgrader."""
    with open_gradebook(folder) as (book, _):
        change(book)
        book.db.commit()


def graded_files(folder: Path) -> dict[str, str]:
    """Everything under ``autograded/``; of ``result.json`` what does not depend on the run."""
    found = {}
    for path in sorted((folder / "autograded").rglob("*")):
        if path.is_file() and path.name != ".lock":
            text = path.read_text()
            if path.name == "result.json":
                plain = json.loads(text)
                plain.pop("answer_changed")
                text = json.dumps(plain, sort_keys=True)
            found[str(path.relative_to(folder))] = text
    return found


def killed_at(point: int, work: Callable[[], object], watched: str) -> tuple[bool, int]:
    """Do ``work`` in a forked process that kills itself with SIGKILL at its ``point``-th step.

    A step is a call, a return or a call into C from code under a path that holds ``watched``, or a commit.

    Returns
    -------
    tuple
        Whether it was killed, and the number of steps when it was not (0 else).
    """
    read, write = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(read)
        try:
            steps = _count_steps(point, work, watched)
            os.write(write, str(steps).encode())
            os._exit(0)
        except BaseException:
            import traceback

            os.write(2, traceback.format_exc().encode())
            os._exit(1)
    os.close(write)
    _, status = os.waitpid(child, 0)
    with open(read, "rb") as pipe:
        said = pipe.read()
    code = os.waitstatus_to_exitcode(status)
    assert code in (0, -signal.SIGKILL), f"the run failed ({code}) instead of being killed or finishing"
    return code != 0, int(said or 0)


def _count_steps(point: int, work: Callable[[], object], watched: str) -> int:
    count = 0

    def step(frame, event, argument) -> None:
        nonlocal count
        name = frame.f_code.co_filename
        if watched in name or (frame.f_code.co_name == "do_commit" and "sqlalchemy" in name):
            count += 1
            if count == point:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.setprofile(step)
    try:
        work()
    finally:
        sys.setprofile(None)
    return count
