"""The main job on real input: `course demo` in a copy of the course, twice."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from shutil import copy, copytree

import pytest


@pytest.fixture(scope="module")
def course(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("demo") / "course"
    for name in ("source", "tests/answers"):
        copytree(root / name, folder / name)
    for name in ("syllabus.yml", "nbgrader_config.py", "README.md"):
        copy(root / name, folder / name)
    return folder


def demo(folder: Path) -> subprocess.CompletedProcess[str]:
    # A PATH without the environment: what `make demo` offers before anything is activated.
    environment = {**os.environ, "PATH": "/usr/local/bin:/usr/bin:/bin", "COLUMNS": "160"}
    command = [sys.executable, "-m", "coursekit.cli", "demo"]
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, timeout=600)


def points(table: str) -> dict[str, float]:
    return {name: float(won) for name, won in re.findall(r"│ ([\w-]+) .*?([\d.]+) / [\d.]+ ", table)}


def test_the_whole_path_twice(course: Path, root: Path) -> None:
    first = demo(course)
    assert (first.returncode, first.stderr) == (0, "")
    won = points(first.stdout)
    assert set(won) == {"ada", "grace", "alan", "katherine", "blank", "damaged-cells", "damaged-file"}
    assert won["blank"] == 0
    assert 0 < won["damaged-file"] < won["damaged-cells"] == won["ada"], "what survives of an upload is graded"
    assert won["ada"] == won["grace"] == max(won.values()), "the written answer waits for a person"
    assert 0 < won["alan"] < won["ada"]
    assert 0 < won["katherine"] < won["ada"]
    assert "answer to mark" in first.stdout
    assert re.search(r"│ wrong-file +│ +– │ could not be graded", first.stdout)
    assert "stands twice in the submission" in first.stdout
    assert "make lab CLASS=demo" in first.stdout
    pages = sorted(path.parent.parent.name for path in (course / "demo/feedback").rglob("*.html"))
    assert pages == sorted(won)
    report = (course / "demo/class-report.html").read_text()
    assert all(name in report for name in won)
    second = demo(course)
    assert second.returncode == 0
    assert points(second.stdout) == won


def test_a_folder_of_that_name_that_is_not_ours_is_left_alone(course: Path, tmp_path: Path) -> None:
    copytree(course, tmp_path / "course", ignore=lambda folder, names: {"demo"} & set(names))
    (tmp_path / "course" / "demo").mkdir()
    (tmp_path / "course" / "demo" / "mine.txt").write_text("keep")
    result = demo(tmp_path / "course")
    assert result.returncode == 1
    assert "was not made by `course demo`" in result.stderr
    assert (tmp_path / "course" / "demo" / "mine.txt").read_text() == "keep"
