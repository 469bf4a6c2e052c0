"""Which cells an exercise needs: found from names alone, without running anything."""

from __future__ import annotations

import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from coursekit.audit.reads import names_of
from coursekit.audit.regions import has_hidden, lines_between, stub_of, visible
from coursekit.audit.slices import cells_graded, cells_needed, cells_of
from coursekit.notebooks.exercises import read_exercises


@pytest.mark.parametrize(
    ("source", "needs", "binds"),
    [
        ("x = 1\ny = x", set(), {"x", "y"}),
        ("y = x\nx = 1", {"x"}, {"x", "y"}),
        ("x += 1", {"x"}, {"x"}),
        ("def f(a):\n    b = a + c\n    return b", {"c"}, {"f"}),
        ("for i in items:\n    j = i", {"items"}, {"i", "j"}),
        ("[i for i in items]\ni", {"items", "i"}, set()),
        ("with open(p) as file:\n    text = file.read()", {"open", "p"}, {"file", "text"}),
        ("import numpy as np\nnp.zeros(3)", set(), {"np"}),
        ("class A(B):\n    c = d\n\n    def e(self):\n        return self.c + g", {"B", "d", "g"}, {"A"}),
        ("lambda a: a + b", {"b"}, set()),
        ("%matplotlib inline\nx = 1", set(), {"x"}),
        ("(", set(), set()),
        ("if (n := len(a)) > 3:\n    n", {"len", "a"}, {"n"}),
    ],
)
def test_names(source: str, needs: set[str], binds: set[str]) -> None:
    names = names_of(source)
    assert (names.needs, names.binds) == (needs, binds)


def test_changes_in_place_are_seen_but_not_calls_of_modules() -> None:
    assert names_of("import np\ntable['x'] = 1\nitems.append(2)\nnp.seterr()\nfig.axes[0].set(x=1)").changes == {
        "table",
        "items",
        "fig",
    }


def code(source: str, grade_id: str = "", *, grade: bool = False, tags: tuple[str, ...] = ()):  # noqa: ANN201
    cell = new_code_cell(source, metadata={"tags": list(tags)} if tags else {})
    if grade_id:
        cell.metadata["nbgrader"] = {
            "grade": grade, "solution": not grade, "grade_id": grade_id, "locked": grade, "points": 1,
        }  # fmt: skip
    return cell


def notebook():  # noqa: ANN201
    return new_notebook(
        cells=[
            new_markdown_cell("# Week"),  # 0
            code("import numpy as np"),  # 1: set-up
            code("plt.plot(1)", tags=("only-draws",)),  # 2: never
            code("def f(x): return np.abs(x)", "w01-q1-f"),  # 3
            code("picture = f(3)"),  # 4: nobody reads it
            code("values = np.ones(3)\nassert f(values)", "w01-q1-f-test", grade=True),  # 5
            code("table = {}"),  # 6
            code("table['a'] = 1"),  # 7: changes what a check reads
            code("def g(x): return f(x)", "w01-q2-g"),  # 8
            code("assert g(table) and values", "w01-q2-g-test", grade=True),  # 9
        ]
    )


def test_an_exercise_needs_its_cells_the_setup_and_what_they_read() -> None:
    graded = notebook()
    first, second = read_exercises(graded)
    assert cells_of(graded, first) == [3, 5]
    assert cells_needed(graded, cells_of(graded, first)) == [1, 3, 5]
    # The second uses the first's function, a table that is filled, and a name that only another check binds.
    assert cells_needed(graded, cells_of(graded, second)) == [1, 3, 5, 6, 7, 8, 9]
    assert cells_graded(graded) == [1, 3, 5, 6, 7, 8, 9]


CHECK = "a = 1\n### BEGIN HIDDEN TESTS\nb = 2\n### END HIDDEN TESTS\nc = 3"


def test_regions() -> None:
    assert lines_between(CHECK, "HIDDEN TESTS") == {3}
    assert visible(CHECK) == "a = 1\nc = 3"
    assert has_hidden(CHECK)
    assert not has_hidden("a = 1")


def test_the_stub_is_the_solution_without_the_marked_lines() -> None:
    cell = code("def f():\n    ### BEGIN SOLUTION\n    return 1\n    ### END SOLUTION", "w01-q1-f")
    assert stub_of(cell) == "def f():\n    # YOUR CODE HERE\n    raise NotImplementedError()"
