"""Sealed answers: the right one opens, a foreseen wrong one is told why, and the seal gives nothing away."""

from __future__ import annotations

import base64

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coursekit import check

REASONS = {"A": "a slice is a view", "C": "reshape copies only when it must", "D": "no"}
KEY = check.seal("B", REASONS)
NUMBER = check.seal(0.118, {0.882: "that is the other share", 0.1: "round to three decimals"}, digits=3)


@pytest.mark.parametrize("letter", ["B", "b", " B\n", np.str_("B")])
def test_the_right_letter(letter):
    check.sealed(letter, KEY, letters="ABCD", of="question 1")


def test_a_wrong_letter_is_told_why(says):
    says("question 1: A is not the answer: a slice is a view", check.sealed, "a", KEY, letters="ABCD", of="question 1")
    says("question 1: D is not the answer: no", check.sealed, "D", KEY, letters="ABCD", of="question 1")


@pytest.mark.parametrize("answer", [None, "E", "", "AB", 2, ["B"], True])
def test_no_letter(answer, says):
    says("q: expected one of the letters A, B, C, D", check.sealed, answer, KEY, letters="ABCD", of="q")


@pytest.mark.parametrize("value", [0.118, np.float32(0.118), 0.11811, 0.1184999, np.float64(0.1176)])
def test_the_right_number(value):
    check.sealed(value, NUMBER, digits=3, of="question 2")


def test_a_number_on_the_border_counts_for_both_sides():
    key = check.seal(0.3, {}, digits=1)
    check.sealed(0.25, key, digits=1, of="q")
    check.sealed(0.35, key, digits=1, of="q")


def test_zero_has_one_sign():
    check.sealed(-0.0, check.seal(0.0, {}, digits=2), digits=2, of="q")
    check.sealed(-0.001, check.seal(0, {}, digits=2), digits=2, of="q")


def test_a_wrong_number(says):
    says("question 2: 0.882 is not the answer: that is the other share", check.sealed, 0.882, NUMBER, digits=3,
         of="question 2")  # fmt: skip
    says("question 2: 0.5 is not the answer", check.sealed, 0.5, NUMBER, digits=3, of="question 2")


@pytest.mark.parametrize("value", [None, "0.118", np.array([0.118]), True, float("nan"), float("inf")])
def test_no_number(value, says):
    says("expected a", check.sealed, value, NUMBER, digits=3, of="q")


@pytest.mark.parametrize("kind", [{"letters": "ABCD"}, {"digits": 3}])
def test_three_dots_are_no_attempt(kind):
    with pytest.raises(NotImplementedError, match="q: write your answer in place of the three dots"):
        check.sealed(..., KEY, of="q", **kind)


def test_line_breaks_in_a_seal_do_not_matter():
    check.sealed("B", f"{KEY[:30]}\n  {KEY[30:]}", letters="ABCD", of="q")


def test_a_seal_is_another_one_each_time_and_shows_nothing():
    assert check.seal("B", REASONS) != KEY
    plain = base64.b85decode(KEY)
    assert not any(word.encode() in plain for word in ("slice", "view", "reshape", "no"))


def test_a_right_answer_with_a_reason_against_it():
    with pytest.raises(ValueError, match="both as the right answer"):
        check.seal(0.5, {0.5001: "no"}, digits=2)


def test_either_letters_or_digits():
    with pytest.raises(TypeError, match="either letters or digits"):
        check.sealed("B", KEY, of="q")


@given(value=st.floats(-1e6, 1e6), digits=st.integers(0, 4), other=st.floats(-1e6, 1e6))
@settings(max_examples=25, deadline=None)
def test_only_what_rounds_alike_opens_a_seal(value, digits, other):
    key = check.seal(value, {}, digits=digits)
    check.sealed(value, key, digits=digits, of="q")
    if abs(value - other) > 10.0**-digits:
        with pytest.raises(check.CheckFailed):
            check.sealed(other, key, digits=digits, of="q")
