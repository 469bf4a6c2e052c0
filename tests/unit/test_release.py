import json
from pathlib import Path

import pytest

from coursekit.errors import CourseError
from coursekit.notebooks.files import read_notebook
from coursekit.notebooks.release import build_week
from coursekit.notebooks.twins import write_notebooks
from coursekit.syllabus import load_syllabus


def test_build_releases_the_lesson_but_keeps_it_out_of_the_gradebook(mini: Path) -> None:
    from nbgrader.api import Gradebook

    syllabus = load_syllabus(mini / "syllabus.yml")
    write_notebooks(mini / "source" / "week01-numpy")
    built = build_week(syllabus.week("1"), mini, syllabus)
    assert built.files == ("assignment.ipynb", "lesson.ipynb")
    with Gradebook(f"sqlite:///{mini / 'gradebook.db'}") as gradebook:
        assert [notebook.name for notebook in gradebook.find_assignment("week01-numpy").notebooks] == ["assignment"]
    assert build_week(syllabus.week("1"), mini, syllabus).changed == ()


def test_release_holds_stubs_and_no_secrets(mini: Path) -> None:
    syllabus = load_syllabus(mini / "syllabus.yml")
    write_notebooks(mini / "source" / "week01-numpy")
    build_week(syllabus.week("1"), mini, syllabus)
    cells = {cell.id: cell.source for cell in read_notebook(mini / "release/week01-numpy/assignment.ipynb").cells}
    assert "raise NotImplementedError()" in cells["w01-q1-double"]
    assert "2 * x" not in json.dumps(cells)
    assert "double(3)" not in cells["w01-q1-double-test"]
    assert "1 point for each reason" not in cells["w01-q2-words-rubric"]
    assert "Because" not in cells["w01-q2-words"]


def test_a_week_that_is_not_written(mini: Path) -> None:
    syllabus = load_syllabus(mini / "syllabus.yml")
    with pytest.raises(CourseError, match="week02-pandas cannot be built.*not written yet"):
        build_week(syllabus.week("2"), mini, syllabus)


def test_nbgraders_complaint_is_passed_on_in_a_sentence(mini: Path) -> None:
    syllabus = load_syllabus(mini / "syllabus.yml")
    text = mini / "source/week01-numpy/assignment.nb.py"
    text.write_text(text.read_text().replace("    ### END SOLUTION\n", ""))
    write_notebooks(mini / "source" / "week01-numpy")
    with pytest.raises(CourseError, match="nbgrader could not build week01-numpy.*no end solution"):
        build_week(syllabus.week("1"), mini, syllabus)
