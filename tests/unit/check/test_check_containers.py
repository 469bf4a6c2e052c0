"""`mapping`, `sequence`, `members`, `value`, `text` and `choice`."""

import dataclasses
from collections import Counter, OrderedDict, defaultdict

import numpy as np
import pytest

from coursekit import check

# --- mapping ---------------------------------------------------------------------------------------------------------

RIGHT = {
    "mean": 2.0,
    "n": 3,
    "name": "x",
    "flags": [True, None],
    "values": np.array([1.0, np.nan]),
    ("a", 1): {"deep": 1},
}


def test_equal_dicts_pass():
    check.mapping({**RIGHT, "values": np.array([1.0, np.nan]), "n": np.int64(3)}, RIGHT, of="summary")
    check.mapping(dict(reversed(RIGHT.items())), RIGHT, of="summary")
    check.mapping({np.str_("a"): 1, np.int64(3): 2}, {"a": 1, 3: 2}, of="counts")
    check.mapping({}, {}, of="nothing")


@pytest.mark.parametrize("make", [dict, OrderedDict, Counter, lambda items: defaultdict(int, items)])
def test_standard_dicts_pass(make):
    check.mapping(make({"a": 2, "b": 1}), {"a": 2, "b": 1}, of="counts")


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        (None, ["a dict with 6 keys", "without a return"]),
        ([("mean", 2.0)], ["a list of 1 item"]),
        ({k: v for k, v in RIGHT.items() if k != "n"}, ["summary: expected the key 'n', got a dict with 5 keys"]),
        ({"average" if k == "mean" else k: v for k, v in RIGHT.items()}, ["the key 'mean'", "the key 'average'"]),
        ({**RIGHT, "more": 1, "still": 2}, ["6 keys", "the keys 'more', 'still' as well"]),
        ({**RIGHT, "mean": 2.1}, ["summary['mean']: expected 2.0, got 2.1"]),
        ({**RIGHT, "n": "3"}, ["summary['n']: expected a number"]),
        ({**RIGHT, "flags": [True, False]}, ["summary['flags'][1]: expected None, got the boolean False"]),
        ({**RIGHT, "values": np.array([1.0, 2.0])}, ["summary['values']: expected nan at [1]"]),
        ({**RIGHT, ("a", 1): {"deep": 2}}, ["summary[('a', 1)]['deep']: expected 1, got 2"]),
    ],
)
def test_what_differs_is_named(wrong, words, says):
    says(words, check.mapping, wrong, RIGHT, of="summary")


def test_order_counts_on_request(says):
    check.mapping({"b": 1, "a": 2}, {"a": 2, "b": 1}, of="d")
    says(["order 'a', 'b'", "'b', 'a'"], check.mapping, {"b": 1, "a": 2}, {"a": 2, "b": 1}, of="d", check_order=True)
    moved = OrderedDict(a=2, b=1)
    moved.move_to_end("a")
    says("order", check.mapping, moved, {"a": 2, "b": 1}, of="d", check_order=True)


def test_tolerance_reaches_the_values(says):
    check.mapping({"a": [1.01]}, {"a": [1.0]}, of="d", rtol=0.1)
    says("1.01", check.mapping, {"a": [1.01]}, {"a": [1.0]}, of="d")


def test_hidden_values_are_not_told(says):
    for wrong, right in [(7.5, 2.25), ("seven", "2.25")]:
        assert "2.25" not in says([], check.mapping, {"a": wrong}, {"a": right}, of="d", hide=True)


def test_a_default_is_not_made_up():
    wrong = defaultdict(lambda: 1)
    with pytest.raises(check.CheckFailed, match="expected the key 'a'"):
        check.mapping(wrong, {"a": 1}, of="d")
    assert not wrong


# --- sequence --------------------------------------------------------------------------------------------------------


def test_lists_and_tuples_stand_for_each_other(says):
    check.sequence([1, 2.0, "c"], (1, 2.0, "c"), of="row")
    check.sequence((np.ones(2), None), [np.ones(2), None], of="pair")
    says(["a tuple of 2 items", "a list of 2 items"], check.sequence, [1, 2], (1, 2), of="pair", container=tuple)


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        (None, ["a list or tuple of 3 items", "without a return"]),
        (np.arange(3), ["an array of shape (3,)"]),
        ("abc", ["the text 'abc'"]),
        ({1, 2, 3}, ["a set of 3 items"]),
        ([1, 2], ["3 items", "got 2 items"]),
        ([1, 2, 4], ["row[2]: expected 3, got 4"]),
        ([1, True, 3], ["row[1]: expected a number, got the boolean True"]),
    ],
)
def test_wrong_sequences(wrong, words, says):
    says(words, check.sequence, wrong, [1, 2, 3], of="row")


# --- members ---------------------------------------------------------------------------------------------------------


def test_sets(says):
    check.members({1, 2}, [1, 2], of="labels")
    check.members(frozenset({("a", 1)}), {("a", 1)}, of="labels")
    says(["a set of 2 members", "list"], check.members, [1, 2], {1, 2}, of="labels")
    says(["the member 2", "without it"], check.members, {1}, {1, 2}, of="labels")
    says(["2 members", "3 as well"], check.members, {1, 2, 3}, {1, 2}, of="labels")


# --- value -----------------------------------------------------------------------------------------------------------


@dataclasses.dataclass
class Fit:
    slope: float
    residuals: np.ndarray


@pytest.mark.parametrize(
    ("actual", "expected"),
    [
        (None, None),
        (True, True),
        (3, 3),
        ("a", "a"),
        (b"a", b"a"),
        (range(3), range(3)),
        (np.datetime64("2020"), np.datetime64("2020")),
        (np.ones(2), np.ones(2)),
        ([1], (1,)),
        ({1}, {1}),
        ({"a": 1}, {"a": 1}),
        (Fit(1.0, np.ones(2)), Fit(1.0, np.ones(2))),
    ],
)
def test_value_finds_the_fitting_check(actual, expected, says):
    check.value(actual, expected, of="x")
    says("x", check.value, object(), expected, of="x")


def test_value_of_a_dataclass_names_the_field(says):
    says(
        "fit.residuals: expected 1.0 at [1]",
        check.value,
        Fit(1.0, np.array([1.0, 2.0])),
        Fit(1.0, np.ones(2)),
        of="fit",
    )


def test_value_of_pandas_objects(says):
    pd = pytest.importorskip("pandas")
    check.value({"t": pd.DataFrame({"x": [1]})}, {"t": pd.DataFrame({"x": [1]})}, of="d")
    says(
        "d['t']: expected 1 in column 'x'",
        check.value,
        {"t": pd.DataFrame({"x": [2]})},
        {"t": pd.DataFrame({"x": [1]})},
        of="d",
    )
    says("at row 0", check.value, [pd.Series([2.5])], [pd.Series([1.5])], of="d")


def test_an_expected_value_of_no_plain_kind_is_the_authors_mistake():
    with pytest.raises(TypeError, match="no check fits"):
        check.value(1, object(), of="x")


# --- text ------------------------------------------------------------------------------------------------------------


def test_equal_texts_pass():
    check.text("ridge", "ridge", of="name")
    check.text(np.str_("ridge"), "ridge", of="name")
    check.text("é\n", "é\n", of="name")


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ("Ridge", "case"),
        (" ridge\n", "at the ends"),
        ("", "empty"),
        ("'ridge'", "quotation marks"),
        ("lasso", "expected 'ridge', got 'lasso'"),
        (None, "without a return"),
        (3, "the number 3"),
        (["ridge"], "a list"),
        (b"ridge", "bytes"),
    ],
)
def test_wrong_texts(wrong, words, says):
    says(["name", words], check.text, wrong, "ridge", of="name")


def test_spaces_inside(says):
    says("spaces or line breaks differ", check.text, "a  b", "a b", of="name")


def test_long_texts_are_shown_where_they_part(says):
    right = "a longer text " * 20
    wrong = right[:100] + "X" + right[101:]
    says(["at character 100", "X"], check.text, wrong, right, of="report")
    says("expected the end of the text after 'xxxxxxxx' at character 8", check.text, "x" * 90, "x" * 8, of="report")


def test_a_hidden_text_is_not_told(says):
    assert "ridge" not in says("another text", check.text, "lasso", "ridge", of="name", hide=True)


# --- choice ----------------------------------------------------------------------------------------------------------

OPTIONS = {"A": "a slice is a view", "B": "", "C": "reshape copies only when it must"}


@pytest.mark.parametrize("letter", ["B", "b", " B ", np.str_("B")])
def test_the_right_letter(letter):
    check.choice(letter, "B", options=OPTIONS, of="question 1")


@pytest.mark.parametrize(
    ("letter", "words"), [("A", "A is not the answer: a slice is a view"), (" c", "C is not the answer: reshape")]
)
def test_a_wrong_letter_is_told_why(letter, words, says):
    says(["question 1", words], check.choice, letter, "B", options=OPTIONS, of="question 1")


@pytest.mark.parametrize("letter", [None, ..., "", "D", "AB", 2, ["B"], True])
def test_no_letter(letter, says):
    says("question 1: expected one of the letters A, B, C", check.choice, letter, "B", options=OPTIONS, of="question 1")


def test_how_to_write_a_letter(says):
    for nothing in (None, ...):
        says("choose a letter", check.choice, nothing, "B", options=OPTIONS, of="q")
    says("quotation marks", check.choice, 2, "B", options=OPTIONS, of="q")


def test_the_right_letter_need_not_be_an_option(says):
    check.choice("B", "B", options={"A": "no"}, of="q")
    says("letters A, B", check.choice, "C", "B", options={"A": "no"}, of="q")
