"""A week whose data set has a stand-in holds on both: on the file of the mirror, and where nothing can be had."""

from __future__ import annotations

import os
from pathlib import Path
from shutil import copytree

import pytest
from nbformat import NotebookNode

from coursekit.audit.answers import fill, read_answers
from coursekit.data import registry
from coursekit.grading.execute import execute
from coursekit.notebooks.files import read_notebook
from coursekit.syllabus import Week, load_syllabus

ROOT = Path(__file__).resolve().parents[2]
MIRROR = Path(os.environ.get("COURSE_DATA_MIRROR", "").strip() or ROOT.parent / "shared" / "mirror")


def replaceable(week: Week) -> list[str]:
    """The week's data sets that have a stand-in."""
    return [name for name in week.data if registry()[name].stand_in]


def graded_on_stand_ins() -> list[Week]:
    return [week for week in load_syllabus(ROOT / "syllabus.yml").weeks if week.status == "ready" and replaceable(week)]


def said(notebook: NotebookNode) -> str:
    """Everything that an executed notebook printed."""
    outputs = [output for cell in notebook.cells for output in cell.get("outputs", [])]
    return "".join(output.get("text", "") for output in outputs)


def errors(notebook: NotebookNode) -> list[str]:
    outputs = [output for cell in notebook.cells for output in cell.get("outputs", [])]
    return [output.evalue for output in outputs if output.output_type == "error"]


class TestBothSources:
    week = None  # these choose their weeks themselves

    @pytest.mark.parametrize("of", graded_on_stand_ins(), ids=lambda week: week.folder)
    @pytest.mark.parametrize("source", ["real", "stand-in"])
    def test_every_check_holds(
        self, of: Week, source: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, pytestconfig: pytest.Config
    ) -> None:
        """The instructor's answers and a second set of right ones pass on either source; the notebook says which."""
        only = pytestconfig.getoption("--week")
        if only and load_syllabus(ROOT / "syllabus.yml").week(only).folder != of.folder:
            pytest.skip("another week was asked for")
        if source == "real" and not MIRROR.is_dir():
            pytest.skip("no real files at hand: COURSE_DATA_MIRROR is not set and ../shared/mirror is absent")
        monkeypatch.setenv("COURSE_OFFLINE", "1")
        monkeypatch.setenv("COURSE_DATA_CACHE", str(tmp_path / "cache"))
        monkeypatch.setenv("COURSE_DATA_MIRROR", str(MIRROR) if source == "real" else "")
        instructor = read_notebook(ROOT / "source" / of.folder / "assignment.ipynb")
        answers = read_answers(ROOT / "tests" / "answers" / of.folder)
        cells = {cell.metadata.get("nbgrader", {}).get("grade_id") for cell in instructor.cells}
        second = next(answer for answer in answers if answer.kind == "right" and set(answer.cells) <= cells)
        for name, notebook in {"instructor": instructor, second.name: fill(instructor, second)}.items():
            folder = copytree(ROOT / "source" / of.folder, tmp_path / name)
            executed = execute(notebook, folder).notebook
            assert errors(executed) == [], name
            assert ("STAND-IN" in said(executed)) == (source == "stand-in"), name
