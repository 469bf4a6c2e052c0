from pathlib import Path

import pytest

from coursekit.audit.answers import BadAnswer, fill, read_answer, read_answers
from coursekit.notebooks.twins import text_to_notebook

TEXT = Path(__file__).parents[1] / "mini_course/source/week01-numpy/assignment.nb.py"
WRONG = """\
# /// answer
# kind = "wrong"
# exercise = "w01-q1-double"
# misconception = "Squares"
# loses = ["w01-q1-double-test"]
# says = ["expected 6"]
# ///
# %% w01-q1-double
def double(x):
    return x * x
"""


def write(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text)
    return path


def test_reading_and_filling(tmp_path: Path) -> None:
    answer = read_answer(write(tmp_path, "wrong_squares.py", WRONG))
    assert (answer.kind, answer.about, answer.exercise) == ("wrong", "Squares", "w01-q1-double")
    assert (answer.loses, answer.says) == (("w01-q1-double-test",), ("expected 6",))
    notebook = text_to_notebook(TEXT)
    filled = fill(notebook, answer)
    assert [c.source for c in filled.cells if c.id == "w01-q1-double"] == ["def double(x):\n    return x * x"]
    assert "2 * x" in "".join(c.source for c in notebook.cells), "the notebook itself is not changed"


def test_right_answers_come_first(tmp_path: Path) -> None:
    write(tmp_path, "wrong_a.py", WRONG)
    right = '# /// answer\n# kind = "right"\n# approach = "sum"\n# ///\n# %% w01-q1-double\ndouble = 1\n'
    write(tmp_path, "right_z.py", right)
    assert [answer.name for answer in read_answers(tmp_path)] == ["right_z", "wrong_a"]


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("wrong_x.py", "x = 1\n", "has no header"),
        ("wrong_x.py", WRONG.replace('"Squares"', "Squares"), "is not TOML"),
        ("right_x.py", WRONG, 'must say kind = "right"'),
        ("wrong_x.py", WRONG.replace('# says = ["expected 6"]\n', ""), "missing or unknown keys: says"),
        ("wrong_x.py", WRONG.replace("# says", '# colour = "red"\n# says'), "missing or unknown keys: colour"),
        ("wrong_x.py", WRONG.replace("# %% w01", "# w01"), "fills no cell"),
    ],
)
def test_bad_files(tmp_path: Path, name: str, text: str, words: str) -> None:
    with pytest.raises(BadAnswer, match=words):
        read_answer(write(tmp_path, name, text))


def test_an_unknown_cell_is_refused(tmp_path: Path) -> None:
    answer = read_answer(write(tmp_path, "wrong_x.py", WRONG.replace("# %% w01-q1-double", "# %% w01-q9-none")))
    with pytest.raises(BadAnswer, match="fills w01-q9-none, which is no answer cell"):
        fill(text_to_notebook(TEXT), answer)
