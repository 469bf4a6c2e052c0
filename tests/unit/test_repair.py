"""The step that puts answers into a fresh copy, where nbgrader is told not to run anything."""

from nbformat.v4 import new_code_cell, new_notebook
from traitlets.config import Config

from coursekit.grading.repair import FreshCopy


def test_without_execution_the_outputs_handed_in_are_kept(mini) -> None:
    from coursekit.notebooks.twins import write_notebooks

    write_notebooks(mini / "source/week01-numpy")
    names = {"nbgrader": {"assignment": "week01-numpy", "notebook": "assignment", "student": "ada"}}
    handed_in = new_notebook(cells=[new_code_cell("1 + 1")])
    kept, _ = FreshCopy(config=Config(Execute={"enabled": False})).preprocess(handed_in, names)
    fresh, _ = FreshCopy(config=Config()).preprocess(handed_in, names)
    assert kept is handed_in
    assert fresh is not handed_in
    assert any(cell.id == "w01-q1-double-test" for cell in fresh.cells)
