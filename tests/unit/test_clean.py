import json
from copy import deepcopy
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbformat import NotebookNode

from coursekit.grading.clean import Cleaned, clean, clean_file, find_notebook
from coursekit.grading.clean.released import released_source
from coursekit.notebooks.exercises import nbgrader_of
from coursekit.notebooks.twins import text_to_notebook

TEXT = Path(__file__).parents[1] / "mini_course/source/week01-numpy/assignment.nb.py"
WEEK01 = Path(__file__).parents[2] / "source/week01-numpy/assignment.nb.py"
RIGHT = "def double(x):\n    return x + x"
STUB = 'def double(x: int) -> int:\n    """Twice x."""\n    # YOUR CODE HERE\n    raise NotImplementedError()\n'
CHECK = 'if double(2) != 4:\n    raise AssertionError("double(2): expected 4")'


@pytest.fixture
def reference() -> NotebookNode:
    return text_to_notebook(TEXT)


def cell(notebook: NotebookNode, grade_id: str) -> NotebookNode:
    return next(cell for cell in notebook.cells if nbgrader_of(cell).get("grade_id") == grade_id)


@pytest.fixture
def submission(reference: NotebookNode) -> NotebookNode:
    notebook = deepcopy(reference)
    for each in notebook.cells:
        each.source = released_source(each, instructors=True)
    cell(notebook, "w01-q1-double").source = RIGHT
    return notebook


def place(notebook: NotebookNode, grade_id: str) -> int:
    return notebook.cells.index(cell(notebook, grade_id))


def code(source: str, **metadata: Any) -> NotebookNode:
    return nbformat.v4.new_code_cell(source, metadata=metadata)


def sources(cleaned: Cleaned) -> list[str]:
    return [each.source for each in cleaned.notebook.cells]


def double_works(cleaned: Cleaned) -> bool:
    """Run the fresh copy; errors of cells without a check are passed over, as a kernel does."""
    namespace: dict[str, Any] = {}
    for each in cleaned.notebook.cells:
        if each.cell_type == "code":
            try:
                exec(each.source, namespace)
            except Exception:
                if nbgrader_of(each).get("grade"):
                    return False
    return True


def lose_metadata(notebook: NotebookNode) -> None:
    for each in notebook.cells:
        each.metadata = nbformat.from_dict({})
        each.pop("id", None)


def test_the_answer_comes_from_the_learner_and_the_check_from_the_instructor(reference, submission) -> None:
    cell(submission, "w01-q1-double-test").source = "pass"
    cleaned = clean(reference, submission)
    assert cell(cleaned.notebook, "w01-q1-double").source == RIGHT
    assert "double(3)" in cell(cleaned.notebook, "w01-q1-double-test").source
    assert cleaned.remarks == ()
    assert len(cleaned.notebook.cells) == len(reference.cells)


def test_neither_notebook_is_changed(reference, submission) -> None:
    before = deepcopy((reference, submission))
    clean(reference, submission)
    assert (reference, submission) == before


def test_the_same_submission_gives_the_same_notebook(reference, submission) -> None:
    submission.cells.append(code("own = 1"))
    assert clean(reference, submission) == clean(reference, submission)
    nbformat.validate(clean(reference, submission).notebook)


def test_deleted_answers_count_as_not_attempted_and_are_reported(reference, submission) -> None:
    submission.cells.remove(cell(submission, "w01-q1-double"))
    cleaned = clean(reference, submission)
    assert cell(cleaned.notebook, "w01-q1-double").source == STUB.rstrip("\n")
    assert "w01-q1-double is not in the submission" in cleaned.remarks[0]


def test_an_empty_submission_is_all_stubs(reference) -> None:
    cleaned = clean(reference, nbformat.v4.new_notebook())
    assert len(cleaned.remarks) == 2
    assert len(cleaned.notebook.cells) == len(reference.cells)
    assert not any("return 2 * x" in source or "Because" in source for source in sources(cleaned))


@pytest.mark.parametrize(
    "broken",
    [
        "### BEGIN SOLUTION\nsecret = 1",
        "### BEGIN SOLUTION\n### BEGIN SOLUTION\nsecret = 2\n### END SOLUTION\nsecret = 3\n### END SOLUTION",
        "secret = 1",
        "# YOUR CODE HERE\nraise NotImplementedError()\nsecret = 1",
    ],
)
def test_no_line_of_a_solution_survives(reference, broken) -> None:
    cell(reference, "w01-q1-double").source = broken
    assert not any("secret" in source for source in sources(clean(reference, nbformat.v4.new_notebook())))


@pytest.mark.parametrize("text", [TEXT, WEEK01])
def test_the_released_form_is_nbgraders(text) -> None:
    from nbgrader.preprocessors import ClearHiddenTests, ClearMarkScheme, ClearSolutions

    released, resources = text_to_notebook(text), {}
    for step in (ClearSolutions(), ClearHiddenTests(), ClearMarkScheme(enforce_metadata=False)):
        released, resources = step.preprocess(released, resources)
    ours = [released_source(each, instructors=True) for each in text_to_notebook(text).cells]
    assert ours == [each.source for each in released.cells]


def test_a_release_as_reference_keeps_its_stubs(submission) -> None:
    cell(submission, "w01-q1-double").source = STUB
    assert cell(clean(submission, {}).notebook, "w01-q1-double").source == STUB


def test_a_copied_answer_is_reported_and_the_first_counts(reference, submission) -> None:
    copied = deepcopy(cell(submission, "w01-q1-double"))
    copied.source = "def double(x):\n    return 0"
    submission.cells.append(copied)
    cleaned = clean(reference, submission)
    assert cell(cleaned.notebook, "w01-q1-double").source == RIGHT
    assert "stands twice" in cleaned.remarks[0]
    assert double_works(cleaned)


@pytest.mark.parametrize("offset", [0, 1])
@pytest.mark.parametrize("lost", [False, True])
def test_an_untouched_copy_loses_against_the_attempted_one(reference, submission, offset, lost) -> None:
    copied = deepcopy(cell(submission, "w01-q1-double"))
    copied.source = STUB
    submission.cells.insert(place(submission, "w01-q1-double") + offset, copied)
    if lost:
        lose_metadata(submission)
    cleaned = clean(reference, submission)
    assert double_works(cleaned)
    assert STUB not in sources(cleaned)
    assert any("untouched copy" in remark for remark in cleaned.remarks)


def test_a_learners_own_cell_keeps_its_place_and_loses_its_metadata(reference, submission) -> None:
    own = code("helper = 2", tags=["skip-execution"])
    submission.cells.insert(place(submission, "w01-q1-double"), own)
    cells = clean(reference, submission).notebook.cells
    places = {c.source.splitlines()[0]: i for i, c in enumerate(cells) if c.source}
    assert places["helper = 2"] < places["def double(x):"]
    assert dict(cells[places["helper = 2"]].metadata) == {}


def test_metadata_kernel_and_outputs_of_the_submission_do_not_count(reference, submission) -> None:
    submission.metadata["kernelspec"] = {"name": "evil", "display_name": "e", "language": "R"}
    test = cell(submission, "w01-q1-double-test")
    test.metadata["tags"] = ["raises-exception", "skip-execution"]
    test.outputs = [nbformat.v4.new_output("stream", text="x")]
    cleaned = clean(reference, submission).notebook
    assert cleaned.metadata == reference.metadata
    assert cell(cleaned, "w01-q1-double-test").metadata == cell(reference, "w01-q1-double-test").metadata
    assert all(not c.outputs for c in cleaned.cells if c.cell_type == "code")


def test_a_function_moved_below_the_emptied_answer_runs_before_the_check(reference, submission) -> None:
    cell(submission, "w01-q1-double").source = ""
    submission.cells.insert(place(submission, "w01-q1-double") + 1, code(RIGHT))
    assert double_works(clean(reference, submission))


def test_a_function_written_below_its_check_still_counts(reference, submission) -> None:
    cell(submission, "w01-q1-double").source = STUB
    submission.cells.insert(place(submission, "w01-q1-double-test") + 1, code(RIGHT))
    assert double_works(clean(reference, submission))


def test_a_helper_below_the_check_that_the_answer_needs_runs_before_it(reference, submission) -> None:
    cell(submission, "w01-q1-double").source = "def double(x):\n    return twice(x)"
    submission.cells.append(code("def twice(x):\n    return 2 * x"))
    assert double_works(clean(reference, submission))


@pytest.mark.parametrize("keep_id", [False, True])
def test_an_answer_split_in_mid_function_is_mended(reference, submission, keep_id) -> None:
    answer = cell(submission, "w01-q1-double")
    second = code("    return x + x", **(answer.metadata if keep_id else {}))
    answer.source = "def double(x):\n    # first half"
    submission.cells.insert(place(submission, "w01-q1-double") + 1, second)
    assert double_works(clean(reference, submission))


@pytest.mark.parametrize("kind", ["markdown", "raw"])
def test_a_retyped_answer_counts(reference, submission, kind) -> None:
    cell(submission, "w01-q1-double").cell_type = kind
    assert double_works(clean(reference, submission))


def test_an_answer_that_became_a_markdown_code_block_counts(reference, submission) -> None:
    cell(submission, "w01-q1-double").update(cell_type="markdown", source=f"```python\n{RIGHT}\n```")
    assert double_works(clean(reference, submission))


def test_an_answer_merged_with_its_check_survives(reference, submission) -> None:
    cell(submission, "w01-q1-double").source = f"{RIGHT}\n\n{CHECK}"
    submission.cells.remove(cell(submission, "w01-q1-double-test"))
    cleaned = clean(reference, submission)
    assert RIGHT in cell(cleaned.notebook, "w01-q1-double").source
    assert double_works(cleaned)


def test_an_answer_merged_into_the_text_above_it_survives(reference, submission) -> None:
    at = place(submission, "w01-q1-double")
    submission.cells[at - 1].source += f"\n\n{RIGHT}"
    del submission.cells[at]
    cleaned = clean(reference, submission)
    assert cell(cleaned.notebook, "w01-q1-double").source == RIGHT
    assert "Found by content" in cleaned.remarks[0]


def test_copies_of_given_code_are_not_run_twice(reference, submission) -> None:
    lose_metadata(submission)
    submission.cells += [code(CHECK), code("import numpy as np")]
    cleaned = clean(reference, submission)
    assert len(cleaned.notebook.cells) == len(reference.cells)


def test_learners_lines_in_given_code_run_after_it(reference, submission) -> None:
    given = next(each for each in submission.cells if each.source == "import numpy as np")
    given.source += "\nimport math"
    assert sources(clean(reference, submission))[1:3] == ["import numpy as np", "import numpy as np\nimport math"]


@pytest.mark.parametrize("kind", ["markdown", "code", "raw"])
def test_a_written_answer_is_found_without_its_id_and_type(reference, submission, kind) -> None:
    cell(submission, "w01-q2-words").update(cell_type=kind, source="Since it is so, I say, and no more.")
    lose_metadata(submission)
    written = cell(clean(reference, submission).notebook, "w01-q2-words")
    assert (written.cell_type, written.source) == ("markdown", "Since it is so, I say, and no more.")


def test_a_written_answer_in_several_cells_is_put_together(reference, submission) -> None:
    at = place(submission, "w01-q2-words")
    cell(submission, "w01-q2-words").source = "First part."
    submission.cells.insert(at + 1, nbformat.v4.new_markdown_cell("Second part."))
    cleaned = clean(reference, submission)
    assert cell(cleaned.notebook, "w01-q2-words").source == "First part.\n\nSecond part."
    assert "put together" in cleaned.remarks[0]


def test_text_that_a_learner_added_elsewhere_is_kept(reference, submission) -> None:
    submission.cells.insert(1, nbformat.v4.new_markdown_cell("My own note."))
    assert "My own note." in sources(clean(reference, submission))


def test_code_that_matches_nothing_is_reported_and_runs(reference, submission) -> None:
    cell(submission, "w01-q1-double").source = "def dubble(x):\n    return x + x"
    lose_metadata(submission)
    cleaned = clean(reference, submission)
    assert "def dubble(x):\n    return x + x" in sources(cleaned)
    assert any("could not be matched" in remark and "dubble" in remark for remark in cleaned.remarks)


def test_answers_under_each_others_ids_are_told_apart() -> None:
    reference = text_to_notebook(WEEK01)
    submission = deepcopy(reference)
    one, two = (cell(submission, name) for name in ("w01-q1-standardise", "w01-q2-pairwise"))
    one.source, two.source = two.source, one.source
    cleaned = clean(reference, submission).notebook
    assert cell(cleaned, "w01-q1-standardise").source.startswith("def standardise")
    assert cell(cleaned, "w01-q2-pairwise").source.startswith("def pairwise")


def test_a_copy_of_one_answer_in_another_answer_stays_there() -> None:
    reference = text_to_notebook(WEEK01)
    submission = deepcopy(reference)
    one, two = (cell(submission, name) for name in ("w01-q1-standardise", "w01-q2-pairwise"))
    two.source = f"{one.source}\n\n\n{two.source}"
    cleaned = clean(reference, submission)
    assert cell(cleaned.notebook, "w01-q2-pairwise").source == two.source
    assert cleaned.remarks == ()


@pytest.mark.parametrize(
    "odd",
    [
        None,
        [],
        {"cells": None},
        {"cells": [None, 7, {}, {"cell_type": "code", "source": None}]},
        {"cells": [{"source": ["a = ", 1, "2"], "metadata": {"nbgrader": {"grade_id": {}}}}]},
        {"cells": [{"cell_type": "code", "source": "-" * 100_000 + "1"}]},
        {"cells": [{"cell_type": "code", "source": "x = 1\x00"}]},
        {"cells": [{"cell_type": "code", "source": "s = '\ud800'"}]},
        {"worksheets": [{"cells": 3}, None]},
    ],
)
def test_odd_documents_never_stop_the_grading(reference, odd) -> None:
    cleaned = clean(reference, odd)
    assert "w01-q1-double is not in the submission" in cleaned.remarks[0]
    nbformat.writes(cleaned.notebook).encode()


def test_a_submission_of_endless_cells_does_not_hold_up_the_class(reference) -> None:
    own = [{"cell_type": "code", "source": f"a{n} = a{n + 1}"} for n in range(5_000)]
    cleaned = clean(reference, {"cells": own})
    assert any("has 5000 cells" in remark for remark in cleaned.remarks)
    assert len(cleaned.notebook.cells) == 2_000 + len(reference.cells)


# Files


def write(path: Path, document: Any, encoding: str = "utf-8") -> Path:
    path.write_bytes(json.dumps(document, ensure_ascii=False).encode(encoding))
    return path


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-32", "cp1252"])
def test_files_in_any_encoding(reference, submission, tmp_path, encoding) -> None:
    for each in submission.cells:
        each.source = each.source.replace("●", "").replace("○", "")
    cell(submission, "w01-q1-double").source = f"{RIGHT}  # für µ"
    path = write(tmp_path / "assignment.ipynb", submission, encoding)
    cleaned = clean_file(reference, path)
    assert cell(cleaned.notebook, "w01-q1-double").source == f"{RIGHT}  # für µ"
    assert bool(cleaned.remarks) == (encoding == "cp1252")


def test_files_of_version_3_and_without_version(reference, submission, tmp_path) -> None:
    cells = [{"cell_type": "heading", "level": 1, "source": "Old"}, {"cell_type": "code", "input": RIGHT.split("x", 0)}]
    for document in ({"nbformat": 3, "worksheets": [{"cells": cells}]}, {"cells": [{"source": RIGHT}]}):
        assert double_works(clean_file(reference, write(tmp_path / "assignment.ipynb", document)))


def test_a_file_with_a_large_output_and_a_number_without_end(reference, submission, tmp_path) -> None:
    answer = cell(submission, "w01-q1-double")
    answer.outputs = [{"output_type": "stream", "name": "stdout", "text": "x" * 20_000_000}]
    path = write(tmp_path / "assignment.ipynb", submission)
    path.write_text(path.read_text().replace('"execution_count": null', '"execution_count": ' + "9" * 10_000, 1))
    assert double_works(clean_file(reference, path))


def test_a_file_that_is_cut_off_gives_the_cells_before(reference, submission, tmp_path) -> None:
    path = write(tmp_path / "assignment.ipynb", submission)
    path.write_text(path.read_text()[: path.read_text().index("w01-q2-words")])
    cleaned = clean_file(reference, path)
    assert double_works(cleaned)
    assert "is damaged" in cleaned.remarks[0]


@pytest.mark.parametrize("content", [b"", b"\x00\xff\xfe", b"PK\x03\x04", b"<html>", b"[]", b"{}", b"[" * 100_000])
def test_files_that_are_no_notebook_give_stubs_and_one_remark(reference, tmp_path, content) -> None:
    path = tmp_path / "assignment.ipynb"
    path.write_bytes(content)
    cleaned = clean_file(reference, path)
    assert len(cleaned.remarks) == 1
    assert "could not be read as a notebook, because it" in cleaned.remarks[0]
    assert len(cleaned.notebook.cells) == len(reference.cells)


def test_links_are_not_followed_and_missing_files_are_reported(reference, submission, tmp_path) -> None:
    target = write(tmp_path / "solution.ipynb", submission)
    (tmp_path / "assignment.ipynb").symlink_to(target)
    assert "a link" in clean_file(reference, tmp_path / "assignment.ipynb").remarks[0]
    assert "No such file" in clean_file(reference, tmp_path / "absent.ipynb").remarks[0]


@pytest.mark.parametrize(
    "name",
    ["assignment (1).ipynb", "Copy_of_assignment.ipynb", "w1_smith.ipynb", "Assignment.IPYNB", "assignment.ipynb.txt"],
)
def test_a_renamed_notebook_is_found(tmp_path, name) -> None:
    for each in (name, "lesson.ipynb", "._assignment.ipynb", "data.csv"):
        (tmp_path / each).write_text("{}")
    found, remarks = find_notebook(tmp_path, "assignment")
    assert found == tmp_path / name
    assert name in remarks[0]


def test_the_right_name_wins_and_others_are_reported(tmp_path) -> None:
    (tmp_path / "sub").mkdir()
    for each in ("assignment.ipynb", "assignment (1).ipynb", "sub/assignment.ipynb", "notes.ipynb"):
        (tmp_path / each).write_text("{}")
    found, remarks = find_notebook(tmp_path, "assignment.ipynb")
    assert found == tmp_path / "assignment.ipynb"
    assert len(remarks) == 1
    assert "assignment (1).ipynb, sub/assignment.ipynb" in remarks[0]


def test_no_notebook_and_links_to_one_are_not_found(tmp_path) -> None:
    inside = tmp_path / "in"
    inside.mkdir()
    (tmp_path / "assignment.ipynb").write_text("{}")
    (inside / "assignment.ipynb").symlink_to(tmp_path / "assignment.ipynb")
    found, remarks = find_notebook(inside, "assignment")
    assert found is None
    assert "no notebook" in remarks[0]
