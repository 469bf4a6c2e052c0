"""Hidden checks quote the contract: the quotes are read, found in the text, and stand above every check."""

from __future__ import annotations

from pathlib import Path

import pytest

from coursekit.audit.contract import contract_findings, normal, read_quotes, stands_in
from coursekit.syllabus import Week

HEADER = "\n".join(
    ["# ---", "# jupyter:", "#   kernelspec:", "#     display_name: Python 3", "#     name: python3", "# ---", ""]
)
ANSWER = '"grade": false, "locked": false, "schema_version": 3, "solution": true, "task": false'
CHECK = '"grade": true, "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false'
WORDS = """
## 1 · Means ●○○ · 5 min · 1 points

Write `mean(x)`: the **arithmetic mean** of
the values.

- A `nan` is *left out*. No values give `nan`.
- Integers of any width are welcome. Ties count.

<details><summary>Hint 1</summary>Divide the sum by the count of values.</details>
"""
SOLUTION = '''def mean(x):
    """Mean of a list; raises ValueError for a text."""
    ### BEGIN SOLUTION
    return sum(x) / len(x)  # the sum of all the values over their number
    ### END SOLUTION'''


def week(tmp_path: Path, check: str, *extra: str) -> Path:
    """A week of one exercise whose check cell is ``check``."""
    folder = tmp_path / "week01-means"
    folder.mkdir()
    cells = [
        "# %% [markdown]\n" + "\n".join(f"# {line}".rstrip() for line in WORDS.strip().splitlines()),
        *(f"# %%\n{source}" for source in extra),
        f'# %% nbgrader={{"grade_id": "w01-q1-mean", {ANSWER}}}\n{SOLUTION}',
        f'# %% nbgrader={{"grade_id": "w01-q1-mean-test", {CHECK}}}\n{check}',
    ]
    (folder / "assignment.nb.py").write_text(HEADER + "\n" + "\n\n".join(cells) + "\n")
    return folder


def hidden(*lines: str) -> str:
    return "\n".join(
        ["check.number(mean([1, 2]), 1.5, of='mean')", "### BEGIN HIDDEN TESTS", *lines, "### END HIDDEN TESTS"]
    )


@pytest.mark.parametrize(
    "lines",
    [
        ['# contract: "the arithmetic mean of the values"', "check.number(mean([3]), 3, of='mean')"],
        [
            '# contract: "the **arithmetic',
            '# contract: mean** of the values."',
            "check.number(mean([3]), 3, of='mean')",
        ],
        ['# contract: "the arithmetic', '# mean of the values"', "check.number(mean([3]), 3, of='mean')"],
        ['# contract: "A `nan` is left out. […] Integers of any width"', "check.number(mean([3]), 3, of='mean')"],
        ['# contract: "raises ValueError for a text"', "check.raises(ValueError, mean, 'a')"],
        [
            "values = [3, 4]",
            '# contract: "Integers of any width are welcome."',
            "check.that(mean(values) == 3.5, 'no')",
        ],
        ['# contract: "Ties count."', "check.that(1, '')"],
        ["rng = make(3)  # no check, so no quote is needed"],
    ],
)
def test_quotes_that_stand_in_the_text(tmp_path: Path, lines: list[str]) -> None:
    assert contract_findings(week(tmp_path, hidden(*lines))) == []


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        (["check.number(mean([3]), 3, of='mean')"], "name no sentence of the contract"),
        (
            [
                "check.that(mean([3]) == 3, 'no')",
                '# contract: "the arithmetic mean of the values"',
                "check.that(1, '')",
            ],
            "`check.that(mean([3]) == 3, 'no')` has no # contract: quote above it",
        ),
        (
            ['# contract: "the geometric mean of the values"', "check.that(1, '')"],
            '"the geometric mean of the values" stands neither in the text',
        ),
        (['# contract: "No values give nan. […] the arithmetic mean"', "check.that(1, '')"], "stands neither"),
        (['# contract: "Divide the sum by the count of values."', "check.that(1, '')"], "stands neither"),
        (['# contract: "the sum of all the values"', "check.that(1, '')"], "stands neither"),
        (['# contract: "the arithmetic mean', "check.that(1, '')"], "no quotation mark"),
        (["# contract: the arithmetic mean of the values", "check.that(1, '')"], "no quotation mark"),
        (['# contract: "the values"', "check.that(1, '')"], "too short"),
        (["if mean([3]) != 3:", "    raise AssertionError('no')"], "name no sentence of the contract"),
        (["compare(mean)"], "name no sentence of the contract"),
    ],
)
def test_findings(tmp_path: Path, lines: list[str], words: str) -> None:
    helper = (
        "def compare(function):\n    same(function)\n\n\ndef same(function):\n    check.that(function([3]) == 3, 'no')"
    )
    findings = contract_findings(week(tmp_path, hidden(*lines), helper))
    assert len(findings) == 1, findings
    assert words in findings[0]
    assert findings[0].startswith("week01-means/assignment.nb.py, exercise 1, cell 4 (w01-q1-mean-test): ")


def test_a_near_miss_is_shown_beside_what_the_text_says(tmp_path: Path) -> None:
    check = hidden('# contract: "Integers of all widths are welcome."', "check.that(1, '')")
    assert '(it says "Integers of any width are welcome.")' in contract_findings(week(tmp_path, check))[0]


def test_a_helper_is_counted_where_it_is_called(tmp_path: Path) -> None:
    helper = [
        "def same(x):",
        "    check.that(mean(x) == 3, 'no')",
        '# contract: "the arithmetic mean of the values"',
        "same([3])",
    ]
    assert contract_findings(week(tmp_path, hidden(*helper))) == []


def test_reading_quotes() -> None:
    source = (
        'x = 1\n# contract: "one two\n# contract: three"\n    # contract: "four "five" six"\ny = 2  # contract: "no"'
    )
    assert [(quote.words, quote.first, quote.last) for quote in read_quotes(source)] == [
        ("one two three", 2, 3),
        ('four "five" six', 4, 4),
    ]


def test_pieces_of_a_quote_stand_in_their_order() -> None:
    text = normal("- One **two**\n  three.\n- Four `n_five` six.")
    assert text == "One two three. Four nfive six."
    assert stands_in("two three. […] n_five", text)
    assert not stands_in("Four […] One", text)


def test_every_hidden_check_of_the_course_quotes_its_contract(root: Path, week: Week) -> None:
    assert contract_findings(root / "source" / week.folder) == []
