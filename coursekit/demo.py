"""A small class for one week, from release to feedback: the whole path on real input, in a folder of its own."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from coursekit.audit.answers import Answer, fill, read_answers
from coursekit.audit.misconceptions import messages_path, read_misconceptions
from coursekit.errors import CourseError
from coursekit.grading.executors import Sealed, Unsealed
from coursekit.grading.pipeline import Graded, grade_class
from coursekit.grading.sealed import available
from coursekit.notebooks.exercises import nbgrader_of
from coursekit.notebooks.files import notebook_text, read_notebook
from coursekit.notebooks.release import build_week
from coursekit.report.classreport import write_class_page
from coursekit.report.feedback import write_feedback
from coursekit.syllabus import Syllabus, Week

if TYPE_CHECKING:
    from nbformat import NotebookNode

MARKER = ".made-by-course-demo"
WRITTEN_ANSWER = (
    "I would keep the vectorised version: it is shorter, it was many times faster when I measured it, and its memory "
    "stays bounded because it never builds the three-dimensional array."
)


@dataclass(frozen=True)
class DemoClass:
    """Where the demonstration class is, what its learners got, and where its pages are."""

    folder: Path
    graded: Graded
    report: Path

    @property
    def gradebook(self) -> Path:
        """The database that nbgrader and formgrader read."""
        return self.folder / "gradebook.db"


def run_demo(week: Week, root: Path, syllabus: Syllabus, step: Callable[[str, int, int], None]) -> DemoClass:
    """Build, submit, grade and give feedback for a class of eight in ``root/demo``.

    Parameters
    ----------
    step : called with what is being done, the steps done and all steps; for a progress bar.

    Raises
    ------
    CourseError
        Where ``root/demo`` holds something that this function did not make, or the week has no answers.
    """
    folder = _fresh_folder(root)
    submissions = _submissions(week, root)
    total = 2 + 2 * len(submissions)
    step(f"building the release of {week.folder}", 0, total)
    shutil.copytree(root / "source" / week.folder, folder / "source" / week.folder)
    build_week(week, folder, syllabus)
    step("writing the submissions", 1, total)
    for learner, submit in submissions.items():
        _submit(folder, week, learner, submit)
    # These submissions are ours: without a sandbox the demonstration goes on, and every grade says so.
    executor = Sealed.for_week(folder, week) if available() else Unsealed()
    graded = grade_class(
        folder,
        week,
        executor=executor,
        misconceptions=read_misconceptions(messages_path(root, week)),
        progress=lambda at: step("grading", 2 + at.done, total),
    )
    write_feedback(
        folder, week, progress=lambda done, of, who: step(f"writing feedback for {who}", 2 + of + done, total)
    )
    report = folder / "class-report.html"
    write_class_page(graded, report)
    return DemoClass(folder, graded, report)


def _fresh_folder(root: Path) -> Path:
    """An empty ``demo/``: what an earlier demonstration left is removed, anything else is left alone."""
    folder = root / "demo"
    if folder.exists():
        if not (folder / MARKER).is_file():
            raise CourseError(f"{folder} was not made by `course demo`: rename it, then run the demonstration again.")
        shutil.rmtree(folder)
    folder.mkdir()
    (folder / MARKER).write_text("Made by `course demo`, which removes this folder when it runs again.\n")
    return folder


def _submissions(week: Week, root: Path) -> dict[str, Callable[[NotebookNode], str]]:
    answers = read_answers(root / "tests" / "answers" / week.folder)
    right = [answer for answer in answers if answer.kind == "right"]
    wrong = {answer.exercise: answer for answer in answers if answer.kind == "wrong"}
    if len(right) < 2 or len(wrong) < 3:
        raise CourseError(f"tests/answers/{week.folder} needs two right answers and wrong ones to three exercises.")
    mistakes = list(wrong.values())[:3]
    return {
        "ada": lambda nb: notebook_text(_with_words(fill(nb, right[0]))),
        "grace": lambda nb: notebook_text(fill(nb, right[1])),
        "alan": lambda nb: notebook_text(_with_words(_fill_all(nb, [right[0], *mistakes]))),
        "katherine": lambda nb: notebook_text(fill(nb, _first_half(right[1]))),
        "blank": notebook_text,
        "damaged-cells": lambda nb: notebook_text(_damage(fill(nb, right[0]))),
        "damaged-file": lambda nb: _first_part(notebook_text(fill(nb, right[0]))),
        "wrong-file": lambda nb: "Dear teacher, my notebook is attached to the other mail.",
    }


def _submit(folder: Path, week: Week, learner: str, submit: Callable[[NotebookNode], str]) -> None:
    for name in week.notebooks:
        released = read_notebook(folder / "release" / week.folder / f"{name}.ipynb")
        path = folder / "submitted" / learner / week.folder / f"{name}.ipynb"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(submit(released), encoding="utf-8")


def _fill_all(notebook: NotebookNode, answers: list[Answer]) -> NotebookNode:
    for answer in answers:
        notebook = fill(notebook, answer)
    return notebook


def _with_words(notebook: NotebookNode) -> NotebookNode:
    """Answer the written questions too."""
    for cell in notebook.cells:
        meta = nbgrader_of(cell)
        if cell.cell_type == "markdown" and meta.get("solution") and meta.get("grade"):
            cell.source = cell.source.replace("YOUR ANSWER HERE", WRITTEN_ANSWER)
    return notebook


def _first_half(answer: Answer) -> Answer:
    kept = dict(list(answer.cells.items())[: (len(answer.cells) + 1) // 2])
    return Answer(answer.path, answer.kind, answer.about, kept)


def _first_part(text: str) -> str:
    """What is left of a file whose upload broke off."""
    return text[: len(text) // 2]


def _damage(notebook: NotebookNode) -> NotebookNode:
    """What happens to real submissions: a check deleted, an answer cell copied, a check edited, outputs left in."""
    from copy import deepcopy

    checks = [cell for cell in notebook.cells if nbgrader_of(cell).get("grade") and cell.cell_type == "code"]
    answers = [cell for cell in notebook.cells if nbgrader_of(cell).get("solution") and cell.cell_type == "code"]
    notebook.cells.remove(checks[0])
    checks[1].source = "pass  # this check was edited by the learner"
    copied = deepcopy(answers[1])
    copied["id"] = "a-copied-cell"
    notebook.cells.insert(notebook.cells.index(answers[1]) + 1, copied)
    notebook.metadata["kernelspec"] = {"name": "my-own-env", "display_name": "My own env", "language": "python"}
    return notebook
