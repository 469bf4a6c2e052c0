"""Run the corpus's harmless attacks through plain nbgrader and through our grader, and print a Markdown table.

    python tests/attacks/against_nbgrader.py [ATTACK …]

Plain nbgrader means its default preprocessors in a course of its own, in a temporary folder, with the same checks.
What only a sandbox can contain (bombs, signals, the network) is left out. It takes some seconds for each attack.
"""

from __future__ import annotations

import contextlib
import logging
import sys
import tempfile
import warnings
from collections.abc import Sequence
from pathlib import Path
from shutil import copytree
from typing import TYPE_CHECKING, Any

import nbformat
from corpus import Attack, read_attacks, short_notebook, submission_with
from nbformat import NotebookNode

from coursekit.grading.clean import clean
from coursekit.grading.execute import execute
from coursekit.grading.probe import flags_of, with_probes, without_probes
from coursekit.grading.score import score
from coursekit.grading.sealed import WarmServer, available, preload_of, run_sealed
from coursekit.notebooks.exercises import nbgrader_of, question_of

if TYPE_CHECKING:
    from nbgrader.apps import NbGraderAPI

ASSIGNMENT, NOTEBOOK = "week01", "assignment"


def main(names: Sequence[str]) -> None:
    """Print the table."""
    attacks = [attack for attack in read_attacks() if attack.tame and (not names or attack.file in names)]
    print("| attack | the hole | deserves | plain nbgrader | ours | flagged |\n|---|---|---|---|---|---|")
    with tempfile.TemporaryDirectory(prefix="against-") as folder, contextlib.ExitStack() as stack:
        server = stack.enter_context(WarmServer(preload_of(short_notebook("w01-q1")))) if available() else None
        courses: dict[str, NbGraderAPI] = {}
        for attack in attacks:
            if attack.question not in courses:
                courses[attack.question] = _course(attack, Path(folder) / attack.question)
            theirs = _plain_nbgrader(attack, courses[attack.question], Path(folder) / attack.question)
            ours, flagged = _ours(attack, server)
            said = "lost" if theirs is None else f"{theirs:g}"
            print(
                f"| {attack.name} | {attack.hole} | {attack.honest:g} of {_most(attack):g} | {said} | {ours:g} "
                f"| {'yes' if flagged else 'no'} |",
                flush=True,
            )


def _reference(attack: Attack) -> NotebookNode:
    return short_notebook(attack.question, attack.bystander)


def _most(attack: Attack) -> float:
    return sum(float(nbgrader_of(cell).get("points", 0)) for cell in _graded(_reference(attack), attack))


def _graded(notebook: NotebookNode, attack: Attack) -> list[NotebookNode]:
    metas = [(cell, nbgrader_of(cell)) for cell in notebook.cells]
    return [cell for cell, meta in metas if meta.get("grade") and question_of(meta["grade_id"]) == attack.question]


def _course(attack: Attack, folder: Path) -> NbGraderAPI:
    """A course with nbgrader's defaults, whose assignment is the attack's exercise and one beside it."""
    from nbgrader.apps import NbGraderAPI
    from nbgrader.coursedir import CourseDirectory
    from traitlets.config import Config

    from coursekit.grading.classroom import add_tools_to_path

    add_tools_to_path()
    logging.disable(logging.CRITICAL)
    warnings.simplefilter("ignore")
    source = folder / "source" / ASSIGNMENT
    source.mkdir(parents=True)
    nbformat.write(_reference(attack), source / f"{NOTEBOOK}.ipynb")
    config = Config()
    config.CourseDirectory.root = str(folder)
    api = NbGraderAPI(CourseDirectory(config=config), config=config)
    _must(api.generate_assignment(ASSIGNMENT))
    return api


def _plain_nbgrader(attack: Attack, api: NbGraderAPI, folder: Path) -> float | None:
    """The exercise's points in nbgrader's gradebook; None where the submission could not be graded at all."""
    handed_in = folder / "submitted" / attack.file / ASSIGNMENT
    copytree(folder / "release" / ASSIGNMENT, handed_in)
    released = nbformat.read(handed_in / f"{NOTEBOOK}.ipynb", as_version=4)
    for cell in released.cells:
        if nbgrader_of(cell).get("solution") and question_of(nbgrader_of(cell)["grade_id"]) == attack.bystander:
            cell.source = next(right.source for right in _reference(attack).cells if right.id == cell.id)
    nbformat.write(submission_with(released, attack.cell, attack.source), handed_in / f"{NOTEBOOK}.ipynb")
    done = api.autograde(ASSIGNMENT, attack.file, create=True)
    if not done["success"]:
        return None
    with api.gradebook as gradebook:
        submission = gradebook.find_submission_notebook(NOTEBOOK, ASSIGNMENT, attack.file)
        wanted = {nbgrader_of(cell)["grade_id"] for cell in _graded(_reference(attack), attack)}
        return sum(grade.auto_score or 0.0 for grade in submission.grades if grade.name in wanted)


def _must(result: dict[str, Any]) -> None:
    if not result["success"]:
        raise RuntimeError(f"nbgrader could not make the assignment: {result.get('error') or result.get('log')}")


def _ours(attack: Attack, server: WarmServer | None) -> tuple[float, list[str]]:
    reference = _reference(attack)
    cleaned = clean(reference, submission_with(reference, attack.cell, attack.source)).notebook
    notebook = without_probes(_run(with_probes(cleaned, reference), server))
    points = [exercise.points for exercise in score(notebook) if question_of(exercise.grade_id) == attack.question]
    return sum(points), flags_of(notebook)


def _run(notebook: NotebookNode, server: WarmServer | None) -> NotebookNode:
    if server is not None:
        return run_sealed(notebook, None, server=server).notebook
    with tempfile.TemporaryDirectory() as folder:
        return execute(notebook, Path(folder)).notebook


if __name__ == "__main__":
    main(sys.argv[1:])
