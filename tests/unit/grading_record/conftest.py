from collections.abc import Callable
from pathlib import Path
from shutil import copy, copytree

import pytest

from coursekit.grading.record.fingerprint import of_coursekit
from coursekit.notebooks.release import build_week
from coursekit.notebooks.twins import write_notebooks
from coursekit.syllabus import Week, load_syllabus

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture(scope="session")
def week1() -> Week:
    return load_syllabus(ROOT / "syllabus.yml").week("1")


@pytest.fixture(scope="session", autouse=True)
def _same_code() -> None:
    """Read the package's own fingerprint once: who edits coursekit while its tests run does not confuse them."""
    of_coursekit()


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory, week1: Week) -> Path:
    """The mini course, released; built once."""
    course = tmp_path_factory.mktemp("class") / "course"
    copytree(ROOT / "tests" / "mini_course", course)
    for name in ("syllabus.yml", "nbgrader_config.py"):
        copy(ROOT / name, course / name)
    write_notebooks(course / "source" / week1.folder)
    patch = pytest.MonkeyPatch()
    patch.chdir(course)
    build_week(week1, course, load_syllabus(course / "syllabus.yml"))
    patch.undo()
    return course


@pytest.fixture
def new_class(template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], Path]:
    """Fresh copies of the released mini course."""

    def make(name: str = "course") -> Path:
        folder = Path(copytree(template, tmp_path / name))
        monkeypatch.chdir(folder)
        return folder

    return make


@pytest.fixture
def classroom(new_class: Callable[[str], Path]) -> Path:
    """A class folder with a release and nobody's work."""
    return new_class("course")
