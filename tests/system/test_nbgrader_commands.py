"""Plain nbgrader from the root of a clone, without an activated environment: release, autograde, feedback, export."""

from __future__ import annotations

import csv
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from shutil import copy

import pytest

from coursekit.notebooks.files import read_notebook
from coursekit.notebooks.twins import write_notebooks

NBGRADER = str(Path(sys.executable).with_name("nbgrader"))


def nbgrader(*words: str, cwd: Path) -> str:
    environment = {**os.environ, "PATH": "/usr/local/bin:/usr/bin:/bin"}
    result = subprocess.run([NBGRADER, *words], cwd=cwd, env=environment, capture_output=True, text=True, timeout=300)
    assert result.returncode == 0, result.stderr
    return result.stderr


@pytest.mark.slow
def test_the_four_commands(mini: Path, fill_in: Callable) -> None:
    write_notebooks(mini / "source/week01-numpy")
    nbgrader("generate_assignment", "week01-numpy", cwd=mini)
    released = mini / "release/week01-numpy"
    assert sorted(path.name for path in released.iterdir()) == ["assignment.ipynb", "lesson.ipynb"]
    handed_in = mini / "submitted/ada/week01-numpy"
    handed_in.mkdir(parents=True)
    for path in released.iterdir():
        copy(path, handed_in / path.name)
    fill_in(handed_in / "assignment.ipynb", "return x + x")
    nbgrader("autograde", "week01-numpy", cwd=mini)
    graded = mini / "autograded/ada/week01-numpy"
    assert [path.name for path in graded.iterdir()] == ["assignment.ipynb"], "no lesson, no text twin"
    rubric = next(c for c in read_notebook(graded / "assignment.ipynb").cells if c.source.startswith("What is marked"))
    assert "1 point for each reason" in rubric.source, "the rubric is back for the instructor"
    nbgrader("generate_feedback", "week01-numpy", cwd=mini)
    page = (mini / "feedback/ada/week01-numpy/assignment.html").read_text()
    assert "Score: 2.0 / 5.0" in page
    assert "double(3)" not in re.sub(r"<[^>]+>", "", page), "hidden checks stay hidden in feedback"
    nbgrader("export", cwd=mini)
    rows = list(csv.DictReader((mini / "grades.csv").open()))
    assert [(row["student_id"], float(row["score"]), float(row["max_score"])) for row in rows] == [("ada", 2.0, 5.0)]


@pytest.mark.slow
def test_releasing_again_while_a_class_is_running(mini: Path) -> None:
    """A check may be mended when submissions are there: nbgrader must take the new release."""
    write_notebooks(mini / "source/week01-numpy")
    nbgrader("generate_assignment", "week01-numpy", cwd=mini)
    handed_in = mini / "submitted/ada/week01-numpy"
    handed_in.mkdir(parents=True)
    (handed_in / "assignment.ipynb").write_text((mini / "release/week01-numpy/assignment.ipynb").read_text())
    nbgrader("autograde", "week01-numpy", cwd=mini)
    text = mini / "source/week01-numpy/assignment.nb.py"
    text.write_text(text.read_text().replace("expected 6", "expected six"))
    write_notebooks(mini / "source/week01-numpy")
    nbgrader("generate_assignment", "week01-numpy", "--force", cwd=mini)
    assert "lesson.ipynb" in [path.name for path in (mini / "release/week01-numpy").iterdir()]
