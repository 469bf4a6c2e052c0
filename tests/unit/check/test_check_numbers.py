"""`check.number`, `check.boolean` and `check.that`."""

import numpy as np
import pytest

from coursekit import check


@pytest.mark.parametrize(
    "answer",
    [3, 3.0, np.int8(3), np.uint64(3), np.float64(3), np.float32(3), np.float16(3), np.longdouble(3), np.longlong(3)],
)
def test_any_plain_number_passes(answer):
    check.number(answer, 3, of="n")
    check.number(answer, 3.0, of="n")


def test_special_numbers_equal_themselves():
    check.number(np.nan, np.nan, of="n")
    check.number(np.float32("nan"), np.nan, of="n")
    check.number(-np.inf, -np.inf, of="n")
    check.number(1 + 2j, 1 + 2j, of="z")


@pytest.mark.parametrize(
    ("answer", "expected"), [(np.nan, 1.0), (1.0, np.nan), (np.inf, 1.0), (np.inf, -np.inf), (1e308, np.inf)]
)
def test_special_numbers_differ_from_others(answer, expected, says):
    says(["expected", "got"], check.number, answer, expected, of="n", rtol=0.5)


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (None, "without a return"),
        (True, "not numbers"),
        (np.bool_(True), "not numbers"),
        ("3", "int(...)"),
        (np.array([3.0]), ".item()"),
        (np.array(3.0), ".item()"),
        (np.array([3.0, 3.0]), "reduction"),
        ([3.0], "container"),
        ({"a": 3}, "container"),
        (lambda: 3, "parentheses"),
        (float, "parentheses"),
        (np.datetime64("2020"), "plain int or float"),
        (np.timedelta64(3), "plain int or float"),
        (3 + 0j, "complex"),
    ],
)
def test_other_things_are_refused(answer, words, says):
    says(["n: expected a number", words], check.number, answer, 3, of="n")


def test_pandas_objects_are_refused(says):
    pd = pytest.importorskip("pandas")
    says(["pandas Series", ".item()"], check.number, pd.Series([3.0]), 3, of="n")


def test_only_integers(says):
    check.number(np.int64(3), 3, of="n", integer=True)
    says(["an integer", "int(...)"], check.number, 3.0, 3, of="n", integer=True)
    assert "int(...)" not in says("an integer", check.number, 3.5, 3, of="n", integer=True)


def test_tolerance(says):
    check.number(1.0 + 5e-8, 1.0, of="n")
    says("got", check.number, 1.0 + 5e-7, 1.0, of="n")
    check.number(1e-9, 0.0, of="n", atol=1e-8)
    check.number(np.float32(0.1), 0.1, of="n")
    says("got", check.number, np.float32(0.1), 0.1, of="n", rtol=0.0, atol=0.0)


@pytest.mark.parametrize(("answer", "expected"), [(3.5, 3), (3, 3.5), (3.0000001, 3), (True, 1), (2, 3)])
def test_wrong_numbers(answer, expected, says):
    says(["n: expected", "got"], check.number, answer, expected, of="n", rtol=1e-9)


def test_a_cause_is_found_between_integers_and_floats(says):
    says("the square", check.number, 9.0, 3, of="n")
    says("the square", check.number, 9, 3.0, of="n")


def test_big_integers_are_exact(says):
    check.number(10**400, 10**400, of="n")
    says("000001", check.number, 10**400, 10**400 + 1, of="n")
    says("bits", check.number, 10**400, 3.0, of="n")
    says("9007199254740993", check.number, 2**53, 2**53 + 1, of="n")


def test_integers_within_atol(says):
    check.number(7, 8, of="n", atol=1)
    says("off by one", check.number, 7, 8, of="n", atol=0.5)


def test_a_hidden_number_is_not_told(says):
    assert "7.125" not in says("another number", check.number, 8.0, 7.125, of="n", hide=True)


def test_causes(says):
    says("likely cause: take the root", check.number, 4.0000001, 2.0, of="std", causes={"take the root": 4.0})


def test_boolean(says):
    check.boolean(True, True, of="b")
    check.boolean(np.bool_(False), False, of="b")
    assert says([], check.boolean, False, True, of="b") == "b: expected True, got False"
    for answer in (1, 0.0, "True", None, np.array(True), [True]):
        says("True or False", check.boolean, answer, True, of="b")


def test_that(says):
    check.that(True, "never shown")
    check.that(np.bool_(True), "never shown")
    check.that(np.array([1.0, 2.0]).min() > 0, "never shown")
    assert says([], check.that, False, "a distance is negative") == "a distance is negative"
    assert says([], check.that, np.bool_(False), "a distance is negative") == "a distance is negative"


@pytest.mark.parametrize("condition", [1, "yes", [True], np.array([True]), object(), None])
def test_only_truth_is_true(condition, says):
    says(["it holds", "not as True or False"], check.that, condition, "it holds")


def test_a_condition_of_many_entries_says_how_to_make_one(says):
    says(".all()", check.that, np.array([True, True]), "it holds")
