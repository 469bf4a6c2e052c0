from pathlib import Path

import pytest

from coursekit.errors import CourseError
from coursekit.notebooks.files import NotANotebook, read_notebook
from coursekit.notebooks.twins import differences, is_clean, text_to_notebook, write_notebooks, write_texts

WEEK = Path("source/week01-numpy")


def test_writing_twice_changes_nothing(mini: Path) -> None:
    assert [path.name for path in write_notebooks(mini / WEEK)] == ["assignment.ipynb", "lesson.ipynb"]
    assert write_notebooks(mini / WEEK) == []
    assert differences(mini / WEEK) == []


def test_ids_are_the_same_every_time_and_name_the_grade_id(mini: Path) -> None:
    one, two = (text_to_notebook(mini / WEEK / "assignment.nb.py") for _ in range(2))
    assert [cell.id for cell in one.cells] == [cell.id for cell in two.cells]
    assert "w01-q1-double" in [cell.id for cell in one.cells]
    assert len({cell.id for cell in one.cells}) == len(one.cells)


def test_an_edit_on_either_side_is_seen(mini: Path) -> None:
    write_notebooks(mini / WEEK)
    text = mini / WEEK / "lesson.nb.py"
    text.write_text(text.read_text().replace("1 + 1", "1 + 2"))
    assert "differ at cell 2" in differences(mini / WEEK)[0]


def test_the_way_back_from_the_notebook(mini: Path) -> None:
    write_notebooks(mini / WEEK)
    path = mini / WEEK / "lesson.ipynb"
    path.write_text(path.read_text().replace("1 + 1", "1 + 2"))
    assert [changed.name for changed in write_texts(mini / WEEK)] == ["lesson.nb.py"]
    assert "1 + 2" in (mini / WEEK / "lesson.nb.py").read_text()
    assert differences(mini / WEEK) == []


def test_outputs_left_in_a_notebook_are_removed(mini: Path) -> None:
    write_notebooks(mini / WEEK)
    path = mini / WEEK / "lesson.ipynb"
    path.write_text(path.read_text().replace('"execution_count": null', '"execution_count": 3'))
    assert not is_clean(path)
    assert write_notebooks(mini / WEEK) == [path]
    assert is_clean(path)


def test_a_missing_twin_is_named(mini: Path) -> None:
    write_notebooks(mini / WEEK)
    (mini / WEEK / "lesson.nb.py").unlink()
    assert "lesson.ipynb has no text twin" in differences(mini / WEEK)[0]


def test_a_week_without_texts(mini: Path) -> None:
    with pytest.raises(CourseError, match=r"has no \.nb\.py files"):
        write_notebooks(mini)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "broken JSON at line 1"),
        (b'{"cells": [', "broken JSON"),
        (b"[]", "has no cells"),
        (b'{"a": 1}', "has no cells"),
        (b"\xff\xfe\x00\xd8", "cannot be read as text"),
        (b'{"cells": 3, "nbformat": 4, "nbformat_minor": 5, "metadata": {}}', "not a notebook that Jupyter can read"),
    ],
)
def test_what_is_no_notebook(tmp_path: Path, content: bytes, words: str) -> None:
    path = tmp_path / "x.ipynb"
    path.write_bytes(content)
    with pytest.raises(NotANotebook, match=words):
        read_notebook(path)


def test_a_byte_order_mark_does_not_matter(mini: Path) -> None:
    write_notebooks(mini / WEEK)
    path = mini / WEEK / "lesson.ipynb"
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    assert len(read_notebook(path).cells) == 2


def test_missing_and_misnamed_files(tmp_path: Path) -> None:
    with pytest.raises(NotANotebook, match="There is no notebook"):
        read_notebook(tmp_path / "none.ipynb")
    with pytest.raises(NotANotebook, match="should end in .ipynb"):
        read_notebook(tmp_path / "none.py")
