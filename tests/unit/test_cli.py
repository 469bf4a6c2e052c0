"""The command as a person or a program calls it: in a process of its own, with its exit code and its words."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from shutil import copy, copytree

import pytest

COURSE = [sys.executable, "-m", "coursekit.cli"]


def course(*words: str, cwd: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*COURSE, *words], cwd=cwd, env={**os.environ, **environment}, capture_output=True, text=True, timeout=120
    )


@pytest.fixture(scope="module")
def built_once(tmp_path_factory: pytest.TempPathFactory, root: Path, mini_syllabus: str) -> Path:
    folder = tmp_path_factory.mktemp("built") / "course"
    copytree(root / "tests" / "mini_course", folder)
    copy(root / "nbgrader_config.py", folder)
    (folder / "syllabus.yml").write_text(mini_syllabus, encoding="utf-8")
    result = course("build", "--json", cwd=folder)
    assert json.loads(result.stdout)["ok"], result.stderr
    return folder


@pytest.fixture
def built(built_once: Path, tmp_path: Path) -> Path:
    """A course of one small week, built."""
    return copytree(built_once, tmp_path / "course")


def test_build_prints_one_json_object_and_nothing_else(mini: Path) -> None:
    result = course("build", "week01", "--json", cwd=mini)
    answer = json.loads(result.stdout)
    assert (result.returncode, answer["ok"]) == (0, True)
    assert answer["weeks"] == [
        {
            "week": "week01-numpy",
            "files": ["assignment.ipynb", "lesson.ipynb"],
            "changed": ["assignment.ipynb", "lesson.ipynb"],
        }
    ]
    assert answer["readme_changed"] is True
    assert "[Thinking in arrays](release/week01-numpy/)" in (mini / "README.md").read_text()


def test_check_of_untouched_work(built: Path) -> None:
    result = course("check", "1", cwd=built)
    assert result.returncode == 1
    assert "not attempted" in result.stdout
    assert "0 of 2 points" in result.stdout


def test_check_of_a_right_answer(built: Path, fill_in: Callable) -> None:
    path = built / "release/week01-numpy/assignment.ipynb"
    fill_in(path, "return x + x")
    result = course("check", "week01", "--json", cwd=built)
    answer = json.loads(result.stdout)
    assert (result.returncode, answer["ok"]) == (0, True)
    notebook = answer["notebooks"][0]
    assert (notebook["week"], notebook["points"], notebook["max_points"]) == ("week01-numpy", 2, 2)
    assert notebook["exercises"][0]["verdict"] == "passed"
    assert notebook["hidden_checks"] is True


def test_check_of_a_wrong_answer_says_why_and_where_the_hints_are(built: Path, fill_in: Callable) -> None:
    path = built / "release/week01-numpy/assignment.ipynb"
    fill_in(path, "return 4")
    result = course("check", "week01-numpy", cwd=built)
    assert result.returncode == 1
    assert "✘" in result.stdout
    assert "double(3): expected 6" in result.stdout
    assert "2 hints stand under the exercise's text" in result.stdout


def test_without_the_source_only_visible_checks_are_run(built: Path, fill_in: Callable) -> None:
    path = built / "release/week01-numpy/assignment.ipynb"
    fill_in(path, "return 4")
    (built / "source").rename(built / "elsewhere")
    result = course("check", "week01", cwd=built)
    assert result.returncode == 0
    assert "hidden ones run at grading" in result.stdout


def test_check_of_a_notebook_file_outside_any_course(built: Path, tmp_path: Path) -> None:
    alone = tmp_path / "alone.ipynb"
    alone.write_text((built / "release/week01-numpy/assignment.ipynb").read_text())
    result = course("check", "--notebook", str(alone), cwd=tmp_path)
    assert (result.returncode, result.stderr) == (1, "")
    assert "alone.ipynb" in result.stdout


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["check", "week99"], "No week of this course is called 'week99'"),
        (["check", "2"], "There is no release/week02-pandas here: week 2 is planned and not written yet."),
        (["build", "2"], "week02-pandas cannot be built"),
        (["check", "--notebook", "nowhere.ipynb"], "There is no notebook nowhere.ipynb"),
        (["check", "--notebook", "README.md"], "README.md is not a notebook"),
        (["check", "--notebook", "broken.ipynb"], "broken.ipynb is broken JSON at line 1"),
        (["check", "--notebook", "release/week01-numpy/lesson.ipynb"], "has no exercises to check"),
        (["data", "fetch", "titanik"], "Did you mean 'titanic'?"),
    ],
)
def test_bad_input_ends_in_one_sentence(built: Path, words: list[str], sentence: str) -> None:
    (built / "broken.ipynb").write_text('{"cells": [')
    result = course(*words, cwd=built)
    assert result.returncode == 1
    assert sentence in result.stderr
    assert result.stdout == ""
    assert "Traceback" not in result.stderr
    assert len(result.stderr.strip().splitlines()) == 1


def test_bad_input_with_json_is_json_too(built: Path) -> None:
    result = course("check", "week99", "--json", cwd=built)
    answer = json.loads(result.stdout)
    assert (result.returncode, answer["ok"], result.stderr) == (1, False, "")
    assert "week99" in answer["error"]


def test_a_broken_syllabus_is_named(mini: Path) -> None:
    (mini / "syllabus.yml").write_text("weeks: [")
    result = course("check", cwd=mini)
    assert result.returncode == 1
    assert "is not valid YAML" in result.stderr


def test_doctor_json(built: Path) -> None:
    result = course("doctor", "--json", cwd=built)
    answer = json.loads(result.stdout)
    names = {finding["name"]: finding["level"] for finding in answer["findings"]}
    assert answer["ok"] is (result.returncode == 0)
    assert names["course"] == "ok"
    assert {"Python", "packages", "kernel", "data cache"} <= set(names)


def test_doctor_names_what_is_wrong_and_how_to_mend_it(mini: Path, tmp_path: Path) -> None:
    (tmp_path / "a-file").write_text("")
    result = course("doctor", cwd=mini, COURSE_DATA_CACHE=str(tmp_path / "a-file"))
    assert result.returncode == 1, "nothing is released here"
    assert "no released week → run `make release`" in result.stdout
    assert "set COURSE_DATA_CACHE" in result.stdout


def test_data_list_and_verify(mini: Path) -> None:
    listed = json.loads(course("data", "list", "--json", cwd=mini).stdout)
    assert "co2" in [row["name"] for row in listed["sets"]]
    verified = json.loads(course("data", "verify", "co2", "--json", cwd=mini).stdout)
    assert verified == {"ok": True, "sets": [verified["sets"][0]]}
    assert verified["sets"][0]["name"] == "co2"


def test_fetch_without_network_says_so(mini: Path, tmp_path: Path) -> None:
    environment = {"COURSE_OFFLINE": "1", "COURSE_DATA_CACHE": str(tmp_path / "cache"), "COURSE_DATA_MIRROR": ""}
    result = course("data", "fetch", "titanic", cwd=mini, **environment)
    assert result.returncode == 1
    assert "titanic" in result.stdout
    assert "COURSE_OFFLINE" in result.stdout


def test_lint_and_notebooks(mini: Path) -> None:
    assert "assignment.ipynb, lesson.ipynb" in course("notebooks", cwd=mini).stdout
    result = course("lint", "1", cwd=mini)
    assert result.returncode == 1
    assert "a lesson has 20 to 45 cells; this one has 2." in result.stdout


def test_coursekit_imports_fast() -> None:
    """Heavy libraries load when they are used: none of them may come with the package."""
    code = "import sys, coursekit, coursekit.check, coursekit.data; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert not {"pandas", "matplotlib", "sklearn", "scipy", "statsmodels", "torch", "nbformat", "pooch"} & set(loaded)
