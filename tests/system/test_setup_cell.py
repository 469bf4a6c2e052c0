"""The set-up cell where it matters: an environment with Jupyter and the scientific libraries but without the course.

Colab's own image cannot be run here; a fresh environment with what Colab's notebooks rely on comes near.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from coursekit.notebooks.files import read_notebook
from coursekit.notebooks.header import Address, add_header

LIBRARIES = ("ipykernel", "nbclient", "pip", "numpy", "pandas", "matplotlib", "scikit-learn", "statsmodels", "pillow")
RUN = """
import json, sys
import nbformat
from nbclient import NotebookClient
notebook = nbformat.read(sys.argv[1], 4)
NotebookClient(notebook, kernel_name="python3", allow_errors=True, timeout=300).execute()
print(json.dumps([o["evalue"] for c in notebook.cells for o in c.get("outputs", []) if o["output_type"] == "error"]))
"""


def sh(*words: object, cwd: Path | None = None) -> str:
    environment = {k: v for k, v in os.environ.items() if k not in ("PYTHONPATH", "VIRTUAL_ENV")}
    command = [str(word) for word in words]
    result = subprocess.run(command, cwd=cwd, env=environment, capture_output=True, text=True, timeout=900)
    assert result.returncode == 0, result.stdout[-2000:] + result.stderr[-2000:]
    return result.stdout


@pytest.fixture(scope="module")
def away(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A Python of its own without coursekit."""
    folder = tmp_path_factory.mktemp("away")
    sh(sys.executable, "-m", "venv", folder / "env")
    python = folder / "env/bin/python"
    install = [python, "-m", "pip", "install", "--quiet", "--constraint", root / "requirements.txt", *LIBRARIES]
    try:
        sh(*install)
    except AssertionError as error:
        pytest.skip(f"no package registry can be reached to make the environment: {str(error)[-200:]}")
    return folder


@pytest.fixture(scope="module")
def repository(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A git repository with the course as it stands now, committed or not."""
    folder = tmp_path_factory.mktemp("origin") / "course"
    listed = sh("git", "-C", root, "ls-files", "--cached", "--others", "--exclude-standard").splitlines()
    for name in listed:
        if (root / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes((root / name).read_bytes())
    sh("git", "init", "--quiet", "--initial-branch=main", folder)
    sh("git", "-C", folder, "add", "--all")
    author = ("-c", "user.name=test", "-c", "user.email=test@example.org")
    sh("git", "-C", folder, *author, "commit", "--quiet", "--message=course")
    return folder


@pytest.mark.slow
def test_a_released_notebook_installs_the_course_and_runs(root: Path, away: Path, repository: Path) -> None:
    python = away / "env/bin/python"
    looked = sh(python, "-c", "from importlib.util import find_spec; print(find_spec('coursekit'))", cwd=away)
    assert looked.strip() == "None", "the environment must not know the course before the set-up cell has run"
    notebook = read_notebook(root / "source/week01-numpy/assignment.ipynb")
    add_header(notebook, Address(f"file://{repository}", "main"), "release/week01-numpy/assignment.ipynb")
    path = away / "content" / "assignment.ipynb"
    path.parent.mkdir()
    path.write_text(json.dumps(notebook))
    assert json.loads(sh(python, "-c", RUN, path, cwd=path.parent)) == []
    facts = sh(
        python, "-c", "from coursekit.syllabus import load_syllabus; print(len(load_syllabus().weeks))", cwd=away
    )
    assert facts.strip() == "28", "the installed package carries the course's facts"
    names = sh(python, "-c", "from coursekit.data import registry; print('co2' in registry())", cwd=away)
    assert names.strip() == "True"
