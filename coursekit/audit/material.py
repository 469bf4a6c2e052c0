"""What there is to audit: a week's instructor notebooks, its answers, its equivalent mutants, its files."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from coursekit.audit.answers import Answer, BadAnswer, read_answers
from coursekit.audit.equivalents import Equivalent, read_equivalents
from coursekit.errors import CourseError
from coursekit.notebooks.exercises import Exercise, nbgrader_of, read_exercises
from coursekit.notebooks.files import read_notebook
from coursekit.syllabus import Week

if TYPE_CHECKING:
    from nbformat import NotebookNode


@dataclass(frozen=True)
class Material:
    """One week, read and found to fit together.

    Parameters
    ----------
    root : the course.
    week : as the syllabus has it.
    notebooks : the instructor's graded notebooks, by name.
    answers : right ones first.
    equivalents : mutants that no check can reject, with reasons.
    """

    root: Path
    week: Week
    notebooks: dict[str, NotebookNode]
    answers: tuple[Answer, ...]
    equivalents: tuple[Equivalent, ...]

    @property
    def source(self) -> Path:
        """The week's folder of instructor notebooks."""
        return self.root / "source" / self.week.folder

    @property
    def release(self) -> Path:
        """The week's folder as learners get it."""
        return self.root / "release" / self.week.folder

    @property
    def answers_folder(self) -> Path:
        """Where the week's right and wrong answers lie."""
        return answers_folder(self.root, self.week)

    @cached_property
    def exercises(self) -> dict[str, list[Exercise]]:
        """The exercises that are marked by checks, by notebook."""
        return {
            name: [exercise for exercise in read_exercises(notebook) if not exercise.manual]
            for name, notebook in self.notebooks.items()
        }

    @cached_property
    def all_exercises(self) -> list[Exercise]:
        """The exercises that are marked by checks, of all notebooks."""
        return [exercise for exercises in self.exercises.values() for exercise in exercises]

    def exercise_of(self, grade_id: str) -> Exercise:
        """The exercise with an answer cell or check of this name."""
        for exercise in self.all_exercises:
            if grade_id in exercise.answers or grade_id in {check.grade_id for check in exercise.checks}:
                return exercise
        raise KeyError(grade_id)


def answers_folder(root: Path, week: Week) -> Path:
    """Where a week's right and wrong answers lie."""
    return root / "tests" / "answers" / week.folder


def read_material(week: Week, root: Path) -> Material:
    """Read everything that a week's audit needs.

    Raises
    ------
    CourseError
        Where the week is not written yet, a file cannot be read, or files do not fit together; one sentence.
    """
    source = root / "source" / week.folder
    if not source.is_dir():
        raise CourseError(
            f"{week.folder} is only planned: there is no source/{week.folder}/ to audit. "
            f"Begin it with `course new {week.folder}`."
        )
    for name in week.notebooks:
        if not (source / f"{name}.ipynb").is_file():
            raise CourseError(
                f"source/{week.folder}/ has no {name}.ipynb: write {name}.nb.py and run "
                f"`course notebooks week{week.number:02d}`."
            )
    notebooks = {name: read_notebook(source / f"{name}.ipynb") for name in week.notebooks}
    folder = answers_folder(root, week)
    material = Material(
        root, week, notebooks, tuple(read_answers(folder)) if folder.is_dir() else (), read_equivalents(folder)
    )
    if not material.all_exercises:
        raise CourseError(f"{week.folder} has no exercise that checks mark: there is nothing to audit.")
    _fit(material)
    return material


def _fit(material: Material) -> None:
    """Refuse answers and equivalents that name what the week does not have, and solutions that are no Python."""
    cells = {grade_id for exercise in material.all_exercises for grade_id in exercise.answers}
    for name, notebook in material.notebooks.items():
        for cell in notebook.cells:
            if cell.cell_type == "code" and nbgrader_of(cell).get("grade_id") in cells:
                _parse(cell.source, f"source/{material.week.folder}/{name}.ipynb", nbgrader_of(cell)["grade_id"])
    known = ", ".join(exercise.grade_id for exercise in material.all_exercises)
    for answer in material.answers:
        if unknown := sorted(set(answer.cells) - cells):
            raise BadAnswer(f"{answer.path.name} fills {unknown[0]}, which is no answer cell of the week ({known}).")
        if answer.kind == "right":
            continue
        exercise = next((e for e in material.all_exercises if e.grade_id == answer.exercise), None)
        if exercise is None:
            raise BadAnswer(f"{answer.path.name} names the unknown exercise {answer.exercise!r}; the week has {known}.")
        checks = {check.grade_id for check in exercise.checks}
        if not answer.loses or (foreign := sorted(set(answer.loses) - checks)):
            what = f"loses {foreign[0]}, which is no check of" if answer.loses else "loses nothing; name a check of"
            raise BadAnswer(f"{answer.path.name} {what} {answer.exercise} ({', '.join(sorted(checks))}).")
    for entry in material.equivalents:
        if entry.exercise not in {exercise.grade_id for exercise in material.all_exercises}:
            raise CourseError(f"{entry.where} names the unknown exercise {entry.exercise!r}; the week has {known}.")


def _parse(source: str, path: str, grade_id: str) -> None:
    try:
        ast.parse(source)
    except SyntaxError as error:
        raise CourseError(
            f"{path} does not run: {grade_id} is no plain Python (line {error.lineno}: {error.msg}); its solution can "
            "be neither mutated nor cheated."
        ) from None
