"""The untouched release: it is the instructor's version without the marked lines, and it scores nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coursekit.audit.judged import mark_all
from coursekit.audit.material import Material
from coursekit.audit.regions import stub_of
from coursekit.audit.workbench import Workbench
from coursekit.notebooks.exercises import nbgrader_of
from coursekit.notebooks.files import read_notebook

if TYPE_CHECKING:
    from nbformat import NotebookNode


def release_findings(material: Material) -> list[str]:
    """Where ``release/`` is not what the instructor's notebooks give without solutions and hidden checks."""
    findings = []
    for name, notebook in material.notebooks.items():
        path = material.release / f"{name}.ipynb"
        if not path.is_file():
            findings.append(
                f"release/{material.week.folder}/{name}.ipynb is not there: run "
                f"`course build week{material.week.number:02d}`."
            )
            continue
        released = {nbgrader_of(cell).get("grade_id"): cell.source for cell in read_notebook(path).cells}
        findings += [
            f"release/{material.week.folder}/{name}.ipynb: {grade_id} is not the instructor's cell without its marked "
            f"lines; run `course build week{material.week.number:02d}`."
            for grade_id, source in _stubs(notebook).items()
            if released.get(grade_id) != source
        ]
    return findings


def untouched_findings(bench: Workbench, material: Material) -> dict[str, list[str]]:
    """What a learner who wrote nothing would gain or be told, by exercise; nothing and "not attempted" is right."""
    scores = mark_all(bench, _answer_stubs(material))
    findings: dict[str, list[str]] = {}
    for exercise in material.all_exercises:
        for check in exercise.checks:
            score = scores.get(check.grade_id)
            if score is not None and score.verdict != "not attempted":
                got = f"gives {score.points:g} points" if score.points else f"fails with {score.message!r}"
                sentence = (
                    f"{check.grade_id} {got} where nothing was written: it must reach the stub, and so count as not "
                    "attempted, before anything else can pass or fail."
                )
                findings.setdefault(exercise.grade_id, []).append(sentence)
    return findings


def _stubs(notebook: NotebookNode) -> dict[str, str]:
    cells = ((nbgrader_of(cell).get("grade_id"), cell) for cell in notebook.cells)
    return {grade_id: stub_of(cell) for grade_id, cell in cells if grade_id}


def _answer_stubs(material: Material) -> dict[str, str]:
    wanted = {grade_id for exercise in material.all_exercises for grade_id in exercise.answers}
    stubs = (_stubs(notebook) for notebook in material.notebooks.values())
    return {grade_id: source for part in stubs for grade_id, source in part.items() if grade_id in wanted}
