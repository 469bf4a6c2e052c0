"""Fixtures of every test: the course, its weeks, and a miniature course for what a real week is too large for."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from xdist.scheduler import LoadScopeScheduling

from coursekit.syllabus import Syllabus, Week, load_syllabus

ROOT = Path(__file__).resolve().parents[1]
MINI = Path(__file__).with_name("mini_course")

os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.setdefault("MPLBACKEND", "Agg")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--week", default="", help="only this week: 1, week01 or week01-numpy")


def _chosen(config: pytest.Config) -> list[Week]:
    syllabus = load_syllabus(ROOT / "syllabus.yml")
    if text := config.getoption("--week"):
        return [syllabus.week(text)]
    return [week for week in syllabus.weeks if week.status == "ready"]


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "week" in metafunc.fixturenames and not hasattr(metafunc.cls, "week"):
        weeks = _chosen(metafunc.config)
        metafunc.parametrize("week", weeks, ids=[week.folder for week in weeks], scope="session")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """With --week, leave out other weeks' notebooks and the tests that are about no week."""
    if not config.getoption("--week"):
        return
    folders = {week.folder for week in _chosen(config)}
    kept, left = [], []
    for item in items:
        parts = set(Path(item.path).parts)
        about_a_week = "weeks" in parts or bool(parts & folders)
        (kept if about_a_week else left).append(item)
    config.hook.pytest_deselected(items=left)
    items[:] = kept


class WeeksApart(LoadScopeScheduling):
    """nbval needs a notebook's cells on one worker; the audits of two weeks may run on different ones."""

    def _split_scope(self, nodeid: str) -> str:
        week = nodeid.partition("[")[2] if "weeks/test_audit.py" in nodeid else ""
        return week or super()._split_scope(nodeid)


def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> LoadScopeScheduling:
    return WeeksApart(config, log)


@pytest.fixture(scope="session")
def root() -> Path:
    """The checkout."""
    return ROOT


@pytest.fixture(scope="session")
def syllabus() -> Syllabus:
    """The course as data."""
    return load_syllabus(ROOT / "syllabus.yml")


@pytest.fixture(scope="session")
def mini_syllabus() -> str:
    """The course's syllabus with only its first week written."""
    first, *others = (ROOT / "syllabus.yml").read_text(encoding="utf-8").split("status: ready")
    return f"{first}status: ready{'status: planned'.join(others)}"


@pytest.fixture
def mini(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, mini_syllabus: str) -> Path:
    """A course of one small week in a folder of its own, which is also the current folder."""
    from shutil import copy, copytree

    copytree(MINI, tmp_path / "course")
    course = tmp_path / "course"
    copy(ROOT / "nbgrader_config.py", course)
    (course / "syllabus.yml").write_text(mini_syllabus, encoding="utf-8")
    monkeypatch.chdir(course)
    return course


@pytest.fixture
def fill_in() -> Callable[[Path, str], None]:
    """Write the body of the mini course's only function into a released notebook."""
    from coursekit.notebooks.files import notebook_text, read_notebook

    def fill(path: Path, body: str) -> None:
        notebook = read_notebook(path)
        for cell in notebook.cells:
            cell.source = cell.source.replace("# YOUR CODE HERE\n    raise NotImplementedError()", body)
        path.write_text(notebook_text(notebook), encoding="utf-8")

    return fill
