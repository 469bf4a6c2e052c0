"""Where mutants are made and where not, how they are named, and how a sample is chosen."""

from __future__ import annotations

from pathlib import Path

import pytest

from coursekit.audit.equivalents import read_equivalents
from coursekit.audit.mutants import mutants_of, sample
from coursekit.errors import CourseError

CELL = '''
LIMIT = 3


def clipped(x: int, limit: int = 3) -> int:
    """At most 3."""
    ### BEGIN SOLUTION
    total: int = x + 1
    if total > limit:
        print("more than 7", 7)
        raise ValueError(f"above {limit + 7}")
    return total
    ### END SOLUTION
'''


def test_only_the_solution_is_changed_and_no_words_for_people() -> None:
    mutants = mutants_of("w01-q1-clipped", CELL)
    changed = {line for mutant in mutants for line in mutant.after.split("\n")}
    assert changed == {
        "total: int = x - 1",
        "total: int = x * 1",
        "total: int = x + 2",
        "total: int = x + 0",
        "pass",
        "if total >= limit:",
        "if total <= limit:",
        "if not (total > limit):",
    }
    assert all("### BEGIN SOLUTION" in mutant.source for mutant in mutants)


def test_each_mutant_differs_and_says_where() -> None:
    mutants = mutants_of("w01-q1-clipped", CELL)
    assert len({mutant.source for mutant in mutants}) == len(mutants)
    assert [mutant.line for mutant in mutants] == sorted(mutant.line for mutant in mutants)
    first = next(mutant for mutant in mutants if mutant.operator == "relational")
    assert first.diff() == "- if total > limit:\n+ if total >= limit:"


def test_what_is_no_python_has_no_mutants() -> None:
    assert mutants_of("w01-q1", "### BEGIN SOLUTION\n%matplotlib inline\n### END SOLUTION") == []


def test_a_sample_is_fixed_and_forgets_no_operator() -> None:
    mutants = mutants_of("w01-q1-clipped", CELL)
    chosen = sample(mutants, 5)
    assert chosen == sample(mutants, 5)
    assert len(chosen) == 5
    assert {mutant.operator for mutant in chosen} == {mutant.operator for mutant in mutants}
    assert sample(mutants, 1_000) == mutants


def test_a_warning_can_be_left_out_but_its_words_do_not_matter() -> None:
    source = "### BEGIN SOLUTION\nwarnings.warn('3 of them', stacklevel=2)\nlogger.info(3)\n### END SOLUTION"
    assert [mutant.after for mutant in mutants_of("w01-q1", source)] == ["pass"]


ENTRY = '[[equivalent]]\nexercise = "w01-q1-clipped"\nbefore = "{before}"\nafter = "{after}"\nreason = "{reason}"\n'


def test_an_equivalent_fits_its_mutant_whatever_the_spaces(tmp_path: Path) -> None:
    text = ENTRY.format(before="if total>limit:", after="if total >=  limit:", reason="so it is")
    (tmp_path / "equivalent.toml").write_text(text)
    (entry,) = read_equivalents(tmp_path)
    fitting = [mutant for mutant in mutants_of("w01-q1-clipped", CELL) if entry.fits("w01-q1-clipped", mutant)]
    assert [mutant.after for mutant in fitting] == ["if total >= limit:"]
    assert not entry.fits("w01-q2-other", fitting[0])


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[[equivalent]]\nexercise = 3", "must give after, before, exercise, reason"),
        (ENTRY.format(before="a", after="b", reason=" "), "each as text"),
        ("equivalent = [", "is not TOML"),
        ('[[equal]]\nexercise = "x"', "nothing but [[equivalent]]"),
    ],
)
def test_a_bad_list_is_refused_in_one_sentence(tmp_path: Path, text: str, words: str) -> None:
    (tmp_path / "equivalent.toml").write_text(text)
    with pytest.raises(CourseError) as refused:
        read_equivalents(tmp_path)
    assert words in str(refused.value)
    assert "\n" not in str(refused.value)
