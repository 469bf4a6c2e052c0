"""Every week's notebooks: paired, linted, released, leaking nothing, within budget."""

from __future__ import annotations

from pathlib import Path
from shutil import copy, copytree

import pytest
from nbformat import NotebookNode

from coursekit.grading.execute import execute
from coursekit.notebooks.exercises import nbgrader_of
from coursekit.notebooks.files import read_notebook
from coursekit.notebooks.lint import MIN_FIGURES, lint_week
from coursekit.notebooks.release import build_week
from coursekit.notebooks.twins import differences, is_clean
from coursekit.syllabus import Syllabus, Week

INSTRUCTOR_WORDS = ("BEGIN SOLUTION", "END SOLUTION", "HIDDEN TESTS", "MARK SCHEME", "AUTOTEST")


def released(root: Path, week: Week) -> list[Path]:
    return sorted((root / "release" / week.folder).glob("*.ipynb"))


def pictures(notebook: NotebookNode) -> int:
    """How many figures a run of the notebook left in its outputs."""
    outputs = [output for cell in notebook.cells for output in cell.get("outputs", [])]
    return sum("image/png" in output.get("data", {}) for output in outputs)


def test_text_twins_and_notebooks_say_the_same(root: Path, week: Week) -> None:
    assert differences(root / "source" / week.folder) == []


def test_notebooks_keep_the_rules(root: Path, week: Week) -> None:
    assert lint_week(root / "source" / week.folder) == []


def test_no_outputs_are_committed(root: Path, week: Week) -> None:
    notebooks = [*(root / "source" / week.folder).glob("*.ipynb"), *released(root, week)]
    assert notebooks
    assert [path.name for path in notebooks if not is_clean(path)] == []


def test_release_has_the_lesson_and_the_graded_notebooks(root: Path, week: Week) -> None:
    assert {path.stem for path in released(root, week)} == {"lesson", *week.notebooks}


def test_no_text_twin_or_answer_reaches_the_release(root: Path, week: Week) -> None:
    names = [path.name for path in (root / "release" / week.folder).rglob("*") if path.is_file()]
    assert [name for name in names if name.endswith((".nb.py", ".pyc")) or name.startswith(("right_", "wrong_"))] == []


def _secret_lines(source: str, begin: str, end: str) -> list[str]:
    """Lines that stand between two markers and say enough to be recognised."""
    lines, inside = [], False
    for line in source.splitlines():
        if begin in line:
            inside = True
        elif end in line:
            inside = False
        elif inside and len(line.strip()) > 12:
            lines.append(line.strip())
    return lines


def test_release_leaks_no_solution_hidden_check_or_rubric(root: Path, week: Week) -> None:
    """A secret line may stand in the release only where the instructor also shows it openly."""
    markers = [(f"BEGIN {what}", f"END {what}") for what in ("SOLUTION", "HIDDEN TESTS", "MARK SCHEME")]
    for name in week.notebooks:
        source = read_notebook(root / "source" / week.folder / f"{name}.ipynb")
        release = read_notebook(root / "release" / week.folder / f"{name}.ipynb")
        shown = "\n".join(cell.source for cell in release.cells)
        assert [word for word in INSTRUCTOR_WORDS if word in shown] == []
        text = "\n".join(cell.source for cell in source.cells)
        secrets = {line for pair in markers for line in _secret_lines(text, *pair)}
        assert secrets, "the instructor's notebook has solutions and hidden checks"
        open_lines = _open_lines(text, markers)
        shown_lines = {line.strip() for line in shown.splitlines()}
        assert sorted((secrets & shown_lines) - open_lines) == []


def _open_lines(text: str, markers: list[tuple[str, str]]) -> set[str]:
    lines, inside = set(), False
    for line in text.splitlines():
        if any(begin in line for begin, _ in markers):
            inside = True
        elif any(end in line for _, end in markers):
            inside = False
        elif not inside:
            lines.add(line.strip())
    return lines


def test_release_is_up_to_date(root: Path, week: Week, syllabus: Syllabus, tmp_path: Path) -> None:
    """Building again, with the address that the committed release was built with, changes nothing."""
    committed = root / "release" / week.folder
    built_with = read_notebook(released(root, week)[0]).metadata["coursekit"]
    for name in ("nbgrader_config.py", "README.md"):
        copy(root / name, tmp_path / name)
    text = (root / "syllabus.yml").read_text(encoding="utf-8")
    assert '  repository: ""' in text or built_with["repository"] in text
    text = text.replace('  repository: ""', f'  repository: "{built_with["repository"]}"')
    (tmp_path / "syllabus.yml").write_text(text, encoding="utf-8")
    copytree(root / "source" / week.folder, tmp_path / "source" / week.folder)
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(tmp_path)
        build_week(week, tmp_path, syllabus)
    rebuilt = {path.name: path.read_text() for path in (tmp_path / "release" / week.folder).glob("*.ipynb")}
    assert rebuilt == {path.name: path.read_text() for path in released(root, week)}, (
        f"run `make release` for {committed}"
    )


def test_release_opens_with_the_setup_cell(root: Path, week: Week) -> None:
    for path in released(root, week):
        first_code = next(cell for cell in read_notebook(path).cells if cell.cell_type == "code")
        assert first_code.id == "course-setup"
        assert "coursekit" in first_code.source


def test_notebooks_keep_their_budget(root: Path, week: Week, tmp_path: Path, record_property: object) -> None:
    """Time and memory used, against what syllabus.yml declares."""
    used = {}
    for path in sorted((root / "source" / week.folder).glob("*.ipynb")):
        folder = copytree(path.parent, tmp_path / path.stem)
        executed = execute(read_notebook(path), folder, cell_seconds=week.budget.lesson_seconds)
        errors = [o.evalue for c in executed.notebook.cells for o in c.get("outputs", []) if o.output_type == "error"]
        assert errors == [], path.name
        limit = week.budget.lesson_seconds if path.stem == "lesson" else week.budget.assignment_seconds
        # Time on a core: it says the same on a busy machine. The limit on the clock only finds what waits.
        used[path.stem] = (
            f"{executed.cpu_seconds:.1f} s of {limit} s, {executed.peak_mib:.0f} MiB of {week.budget.memory_mib} MiB"
        )
        if path.stem == "lesson":
            assert pictures(executed.notebook) >= MIN_FIGURES, "a lesson shows its figures when it is run"
        assert executed.cpu_seconds <= limit, used
        assert executed.seconds <= 4 * limit, f"{path.stem} took {executed.seconds:.0f} s on the clock"
        assert executed.peak_mib <= week.budget.memory_mib, used
    record_property("budget", used)
    print(f"{week.folder}: {used}")


def test_grade_ids_are_for_ever(root: Path, week: Week) -> None:
    """A grade_id that was once released stays: gradebooks of running classes refer to it."""
    kept = (root / "tests" / "grade_ids.txt").read_text().split()
    now = {
        nbgrader_of(cell)["grade_id"]
        for name in week.notebooks
        for cell in read_notebook(root / "source" / week.folder / f"{name}.ipynb").cells
        if nbgrader_of(cell).get("grade_id")
    }
    prefix = f"w{week.number:02d}-"
    recorded = {grade_id for grade_id in kept if grade_id.startswith(prefix)}
    assert recorded - now == set(), "a grade_id disappeared"
    assert now - recorded == set(), "add new grade_ids to tests/grade_ids.txt"
