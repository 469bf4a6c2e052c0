"""Numbers in prose are given by the cells around them, or declared; everything else is a finding."""

from __future__ import annotations

from pathlib import Path

import pytest
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from coursekit.audit.prose import claims, prose_findings, week_prose_findings
from coursekit.audit.quantities import numbers_in, stated_in, worked_out
from coursekit.errors import CourseError


def notebook(text: str, source: str = "x", printed: str = "", *between: NotebookNode) -> NotebookNode:
    """A text, and below it a cell that was run and printed something."""
    outputs = [new_output("stream", name="stdout", text=printed)] if printed else []
    code = new_code_cell(source, outputs=outputs, execution_count=1)
    return new_notebook(cells=[new_markdown_cell(text), *between, code])


def stated(text: str) -> list[str]:
    return [number.text for number in claims(text)]


# ------------------------------------------------------------------------------------------------- what is a claim


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("fills 64 MB and 1.5 GiB", ["64 MB", "1.5 GiB"]),
        ("a table of 4,000 × 4,000 floats", ["4,000", "4,000"]),
        ("68 % of cases, 95% of others", ["68 %", "95%"]),
        ("about 6 ppm, 0.25 and 1.4e-17", ["6 ppm", "0.25", "1.4e-17"]),
        ("5 times as fast, after 250 rounds, for $20", ["5 times", "250", "$20"]),
        ("three of 23 people, 12 months, a 2 × 3 table", []),
        ("since 1958, in 2020, until 1 March 2001, in the 1970s", []),
        ("## The interview question\n\n*It is right 99 % of the time.*\n\n## Sources\n\nThe 2.5 ppm.", ["2.5 ppm"]),
        ("week 4, exercises 2, 3 and 4, Python 3.11, rows 100 to 200", []),
        ("75 minutes, 3.5 hours, 2.5 points, 200–350 words", []),
        ("`x[0.5]`, $\\alpha = 0.05$, $$x = 250.0$$ and <code>300.5</code>", []),
        ("[Keeling](https://doi.org/10.1145/103162.103163)", []),
        ("# Week 1.5\n\n## 2 · Title ●○○ · 20 min · 4.5 points\n\n| 1.5 | 200 |\n\n1. First.", []),
        ("float32, int16, 10¹⁵, 6·10⁷ and 200² are no numbers of this kind", []),
        ("```python\nx = 250.5\n```\n<!-- 12.5 -->", []),
        ("so 200 + 80 = 280 does not fit", []),
        ("### BEGIN SOLUTION\n786 GB\n### END SOLUTION", []),
    ],
)
def test_claims(text: str, expected: list[str]) -> None:
    assert stated(text) == expected


def test_places_survive_what_is_left_out() -> None:
    (claim,) = claims("`code` says 2.5 here")
    assert claim.start == len("`code` says ")


# ----------------------------------------------------------------------------------------------- what gives a number


@pytest.mark.parametrize(
    ("text", "source", "printed"),
    [
        ("2,225 weeks", "x", "measured: 2225 of 2284"),
        ("2,225 weeks", "n = 2_225", ""),
        ("The mean is 337.05 ppm.", "x", "mean 337.0535"),
        ("It fills 160 GB.", "x", "160,000,000,000 bytes"),
        ("It fills 64 MB.", "n = 4_000 * 4_000 * 4", ""),
        ("It takes 5 MiB.", "x", "5040000 bytes"),
        ("68 % of them", "x", "0.6827"),
        ("68 % of them", "x", "{'share': '68%'}"),
        ("took 12 ms", "x", "0.0123 s"),
        ("about 4,000 of them", "x", "3961"),
        ("The gap is 1.4e-17.", "x", "1.3877787807814457e-17"),
        ("a fall of 5.5 ppm", "x", "-5.52"),
        ("limit of 64 MiB", "check.peak_memory(mib=64)", ""),
        ("40 times as fast", "title = f'{ratio} times, 40 wanted'", ""),
    ],
)
def test_given(text: str, source: str, printed: str) -> None:
    assert prose_findings(notebook(text, source, printed)) == []


@pytest.mark.parametrize(
    ("text", "source", "printed"),
    [
        ("2,225 weeks", "x", "2226"),
        ("The mean is 337.05 ppm.", "x", "337.06"),
        ("It fills 160 GB.", "x", "160,900,000,000 bytes"),
        ("68 % of them", "x", "0.69"),
        ("3,961 of them", "x", "4000"),
        ("12 ms", "# 12 ms", ""),
    ],
)
def test_not_given(text: str, source: str, printed: str) -> None:
    (finding,) = prose_findings(notebook(text, source, printed), "assignment")
    assert finding.startswith("assignment, cell 1: no code cell around it gives")


def test_a_number_is_looked_for_nearby_unless_it_has_many_digits() -> None:
    between = [new_code_cell("x", execution_count=1) for _ in range(3)]
    assert prose_findings(notebook("rises by 2.5 ppm", "x", "2.5", *between)) != []
    assert prose_findings(notebook("in 16,777,217 steps", "x", "16777217", *between)) == []


def test_a_table_of_pandas_gives_its_numbers() -> None:
    cell = new_code_cell("frame", execution_count=1)
    cell.outputs = [new_output("execute_result", data={"text/html": "<td>12.5</td>", "text/plain": "…"})]
    assert prose_findings(new_notebook(cells=[new_markdown_cell("It is 12.5 ppm."), cell])) == []


def test_in_a_graded_notebook_the_cells_of_the_exercise_give_its_numbers() -> None:
    one, two = (new_markdown_cell(f"## {n} · T ●○○ · 5 min · 1 points\n\nallows 64 MiB") for n in (1, 2))
    check = new_code_cell("limit(64)", execution_count=1)
    check.metadata["nbgrader"] = {"grade": True, "grade_id": "w01-q1-t-test", "points": 1}
    findings = prose_findings(new_notebook(cells=[one, check, two, new_code_cell("y", execution_count=2)]))
    assert [finding[:14] for finding in findings] == ["lesson, cell 3"]


def test_what_opens_a_graded_notebook_speaks_of_all_of_it() -> None:
    check = new_code_cell("close(rtol=1e-6)", execution_count=1)
    check.metadata["nbgrader"] = {"grade": True, "grade_id": "w01-q1-t-test", "points": 1}
    heading = new_markdown_cell("## 1 · T ●○○ · 5 min · 1 points")
    opening = new_markdown_cell("Everything is compared to a relative 1e-6.")
    assert prose_findings(new_notebook(cells=[opening, heading, check])) == []


def test_the_story_of_a_written_question_is_given() -> None:
    story = new_markdown_cell("## 1 · T ●○○ · 5 min · 1 points\n\nThe server has 32 GiB.")
    answer = new_markdown_cell("Mine: 786 GB")
    answer.metadata["nbgrader"] = {"grade": True, "solution": True, "grade_id": "w01-q1-t", "points": 1}
    assert prose_findings(new_notebook(cells=[new_code_cell("x", execution_count=1), story, answer])) == []


# ------------------------------------------------------------------------------------------------- what is declared


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("blocks of 64 bytes\n\n<!-- fact: 64 bytes; a cache line -->", "x"),
        ("at 20 GB/s with 32 GiB\n\n<!-- fact: 20 GB/s; 32 GiB; the maker's sheet of 2021 -->", "x"),
        ("it takes 288 MiB\n\n<!-- worked out: 288 MiB = 900 * 700 * 60 * 8 / 2**20 -->", "x"),
        ("68 % of them\n\n<!-- worked out: 68 % = erf(sqrt(0.5)) -->", "x"),
        ("it swings by 6.3 ppm", "draw()  # drawn\n# in the text: 6.3 ppm"),
        ("it swings by 6.3 ppm", "# in the text: 6.3 ppm = 12.6 / 2"),
    ],
)
def test_declared(text: str, source: str) -> None:
    assert prose_findings(notebook(text, source)) == []


@pytest.mark.parametrize(
    ("text", "source", "words"),
    [
        ("blocks of 64 bytes\n\n<!-- fact: 64 bytes -->", "x", "does not say where it is from"),
        (
            "blocks of 64 bytes\n\n<!-- fact: 64 bytes; 32 bytes; a guess -->",
            "x",
            '"32 bytes" is declared, but no text',
        ),
        ("288 MiB\n\n<!-- worked out: 288 MiB = 900 * 700 * 8 / 2**20 -->", "x", "which is 4.8"),
        ("288 MiB\n\n<!-- worked out: 288 MiB = n * 8 -->", "x", "not from an expression on numbers alone"),
        ("nothing", "# in the text: 6.3 ppm", 'cell 2: "6.3 ppm" is declared, but no text states it'),
        ("so 200 + 80 = 290 does not fit", "x", 'the text says "200 + 80 = 290", but it is 280'),
    ],
)
def test_declarations_are_checked_too(text: str, source: str, words: str) -> None:
    findings = " ".join(prose_findings(notebook(text, source)))
    assert words in findings


def test_a_notebook_that_was_not_run_is_refused() -> None:
    with pytest.raises(CourseError, match="only after it was run"):
        prose_findings(new_notebook(cells=[new_markdown_cell("2.5 ppm"), new_code_cell("x")]), "lesson")


def test_a_weeks_notebooks_are_run_and_compared(tmp_path: Path) -> None:
    week = tmp_path / "week01-means"
    week.mkdir()
    header = "# ---\n# jupyter:\n#   kernelspec:\n#     display_name: Python 3\n#     name: python3\n# ---\n"
    text = "\n# %% [markdown]\n# The mean is 4.25 ppm.\n\n# %%\n"
    (week / "numbers.txt").write_text("17")
    (week / "lesson.nb.py").write_text(header + text + "int(open('numbers.txt').read()) / 4\n")
    (week / "assignment.nb.py").write_text(header + text + "int(open('numbers.txt').read()) / 5\n")
    (week / "project.nb.py").write_text(header + text + "1 / 0\n")
    (week / "quiz.nb.py").write_text(header + text + "1\n")
    assignment, project = week_prose_findings(week)
    assert assignment.startswith('week01-means/assignment.nb.py, cell 1: no code cell around it gives "4.25 ppm"')
    assert project == "week01-means/project.nb.py, cell 2 does not run: ZeroDivisionError: division by zero"


# -------------------------------------------------------------------------------------------------------- the numbers


def test_reading_numbers() -> None:
    assert numbers_in("[1.  2.5 -3e-2] 1,234 (40, 3) 68%") >= {1.0, 2.5, 0.03, 1234.0, 40.0, 3.0, 68.0, 0.68}
    assert numbers_in("int16 and x3") == set()
    (number,) = stated_in("about 4,000 rows")
    assert (number.value, number.slack, number.digits) == (4000.0, 500.0, 1)


@pytest.mark.parametrize(
    "expression", ["n * 2", "1 / 0", "9**99999", "factorial(99999)", "__import__('os')", "(", "1j"]
)
def test_what_cannot_be_worked_out(expression: str) -> None:
    assert worked_out(expression) is None
