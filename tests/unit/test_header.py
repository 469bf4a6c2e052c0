import nbformat
import pytest

from coursekit.notebooks.header import Address, add_header, badges, course_address, public_address, setup_source
from coursekit.syllabus import Course

GITHUB = Address("https://github.com/someone/course", "main")


@pytest.mark.parametrize(
    ("remote", "address"),
    [
        ("https://github.com/someone/course.git", "https://github.com/someone/course"),
        ("https://token@github.com/someone/course", "https://github.com/someone/course"),
        ("git@github.com:someone/course.git", "https://github.com/someone/course"),
        ("ssh://git@gitlab.example.org/group/course.git", "https://gitlab.example.org/group/course"),
        ("/srv/git/course.git", ""),
        ("../course", ""),
        ("file:///srv/course", ""),
        ("https://localhost/course", ""),
        ("", ""),
    ],
)
def test_public_address(remote: str, address: str) -> None:
    assert public_address(remote) == address


def test_a_token_in_the_remote_is_never_published() -> None:
    assert "secret" not in public_address("https://user:secret@github.com/someone/course.git")


def test_the_syllabus_wins_over_the_origin(tmp_path) -> None:
    course = Course(title="x", repository="https://github.com/a/b", branch="main")
    assert course_address(course, tmp_path).github == "a/b"
    assert course_address(Course(title="x", repository="", branch="main"), tmp_path).repository == ""


def test_badges_point_at_the_notebook() -> None:
    text = badges(GITHUB, "release/week01-numpy/lesson.ipynb")
    assert "colab.research.google.com/github/someone/course/blob/main/release/week01-numpy/lesson.ipynb" in text
    assert "mybinder.org/v2/gh/someone/course/main?labpath=release%2Fweek01-numpy%2Flesson.ipynb" in text
    assert badges(Address("https://gitlab.example.org/a/b", "main"), "x.ipynb") == ""


def test_setup_cell_installs_from_the_address_only_where_coursekit_is_missing() -> None:
    source = setup_source(GITHUB)
    assert '"git+https://github.com/someone/course@main"' in source
    assert source.index('find_spec("coursekit") is None') < source.index("%pip")


def test_without_an_address_the_setup_cell_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    source = setup_source(Address("", "main"))
    exec(source, {})  # does nothing where the package is installed
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    with pytest.raises(ModuleNotFoundError, match="make lab"):
        exec(source, {})


def test_adding_the_header_twice_leaves_one() -> None:
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_markdown_cell("# T", id="t")])
    for _ in range(2):
        add_header(notebook, GITHUB, "release/week01-numpy/lesson.ipynb")
    assert [cell.id for cell in notebook.cells] == ["course-badges", "course-setup", "t"]
    nbformat.validate(notebook)
