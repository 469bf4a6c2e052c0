"""Likely causes: each misconception is named, and nothing is named without reason."""

import numpy as np
import pytest

from coursekit import check

RNG = np.random.default_rng(42)
SQUARE = RNG.normal(size=(6, 6))
TALL = RNG.normal(size=(7, 4))
VECTOR = RNG.uniform(1.0, 5.0, size=12)


@pytest.mark.parametrize(
    ("wrong", "right", "words"),
    [
        pytest.param(SQUARE.T, SQUARE, "transpose", id="transposed square"),
        pytest.param(TALL.T, TALL, "transpose", id="transposed table"),
        pytest.param(TALL[::-1], TALL, "reversed along axis 0", id="rows reversed"),
        pytest.param(TALL[:, ::-1], TALL, "reversed along axis 1", id="columns reversed"),
        pytest.param(VECTOR[::-1], VECTOR, "order is reversed", id="vector reversed"),
        pytest.param(-TALL, TALL, "sign is flipped", id="sign"),
        pytest.param(np.abs(TALL), TALL, "signs are lost", id="absolute value"),
        pytest.param(VECTOR**2, VECTOR, "squares: is a root missing", id="squared"),
        pytest.param(np.sqrt(VECTOR), VECTOR, "roots: is a square missing", id="rooted"),
        pytest.param(1 / VECTOR, VECTOR, "fraction upside down", id="reciprocal"),
        pytest.param(np.log(VECTOR), VECTOR, "exponential missing", id="log"),
        pytest.param(np.exp(VECTOR), VECTOR, "logarithm missing", id="exp"),
        pytest.param(VECTOR * 3.7, VECTOR, "3.7 times", id="factor"),
        pytest.param(VECTOR * -3.7, VECTOR, "-3.7 times", id="negative factor"),
        pytest.param(VECTOR * 100, VECTOR, "percent", id="percent"),
        pytest.param(VECTOR / 100, VECTOR, "percent", id="fraction"),
        pytest.param(VECTOR * 2, VECTOR, "factor of 2", id="doubled"),
        pytest.param(VECTOR / 2, VECTOR, "factor of 2", id="halved"),
        pytest.param(VECTOR * 1e3, VECTOR, "thousands", id="thousands"),
        pytest.param(VECTOR / 1e6, VECTOR, "millions", id="millions"),
        pytest.param(VECTOR * 255, VECTOR, "0 to 255", id="bytes"),
        pytest.param(VECTOR / 255, VECTOR, "0 to 255", id="unit interval"),
        pytest.param(np.log10(VECTOR + 1), np.log(VECTOR + 1), "base 10", id="log10"),
        pytest.param(np.radians(VECTOR), VECTOR, "degrees against radians", id="radians"),
        pytest.param(np.degrees(VECTOR), VECTOR, "degrees against radians", id="degrees"),
        pytest.param(np.log2(VECTOR + 1), np.log(VECTOR + 1), "base 2", id="log2"),
        pytest.param(VECTOR * 10 / 9, VECTOR, "ddof would be for n = 10", id="variance ddof"),
        pytest.param(VECTOR * np.sqrt(10 / 9), VECTOR, "standard deviation", id="standard deviation ddof"),
        pytest.param(VECTOR + 2.5, VECTOR, "2.5 too high", id="offset"),
        pytest.param(VECTOR - 2.5, VECTOR, "2.5 too low", id="negative offset"),
        pytest.param(1 - VECTOR, VECTOR, "one minus", id="complement"),
        pytest.param(np.roll(VECTOR, 1), VECTOR, "one place too late", id="late"),
        pytest.param(np.roll(VECTOR, -1), VECTOR, "one place too early", id="early"),
        pytest.param(np.roll(TALL, 1, axis=1), TALL, "late along axis 1", id="late columns"),
        pytest.param(np.sort(VECTOR), VECTOR, "another order", id="sorted"),
        pytest.param(np.round(VECTOR, 2), VECTOR, "rounded to 2 decimals", id="rounded"),
        pytest.param(np.round(VECTOR), VECTOR, "whole numbers", id="rounded to integers"),
        pytest.param(np.trunc(VECTOR), VECTOR, "cut off", id="truncated"),
        pytest.param(np.zeros(12), VECTOR, "every entry is 0", id="never filled"),
        pytest.param(np.full(12, VECTOR.mean()), VECTOR, "every entry is the same", id="one value"),
        pytest.param(np.full(12, np.nan), VECTOR, "spread through every entry", id="all nan"),
        pytest.param(VECTOR * (1 + 2e-6), VECTOR, "fewer digits", id="low precision"),
        pytest.param(np.array([44, 200]), np.array([300, 200]), "wrapped round at 256", id="uint8 overflow"),
        pytest.param(np.append(VECTOR[:-1], 99.0), VECTOR, "only the last entry", id="last entry"),
        pytest.param(np.append(99.0, VECTOR[1:]), VECTOR, "only the first entry", id="first entry"),
        pytest.param(np.vstack([TALL[:-1], TALL[:1]]), TALL, "only the last row", id="last row"),
        pytest.param(np.hstack([SQUARE[:, 1:2], SQUARE[:, 1:]]), SQUARE, "only the first column", id="first column"),
        pytest.param(~np.array([True, False, True]), [True, False, True], "True and False are swapped", id="negated"),
        pytest.param(np.array(["b", "a", "c"]), ["a", "b", "c"], "another order", id="text in another order"),
    ],
)
def test_values(wrong, right, words, says):
    says(["likely cause", words], check.array, wrong, right, of="answer")


@pytest.mark.parametrize(
    ("wrong", "right", "words"),
    [
        pytest.param(np.array(TALL.sum()), TALL, "every axis", id="no axes"),
        pytest.param(TALL.ravel(), TALL, "reshape", id="flattened"),
        pytest.param(VECTOR[:, None], VECTOR, "axis of length 1 too many", id="column"),
        pytest.param(VECTOR, VECTOR[:, None], "axis of length 1 is missing", id="flat"),
        pytest.param(VECTOR[None, :], VECTOR[:, None], "transpose", id="row for column"),
        pytest.param(VECTOR[:-1], VECTOR, "missing at the end", id="one too few"),
        pytest.param(VECTOR[1:], VECTOR, "missing at the start", id="first one missing"),
        pytest.param(np.append(VECTOR, 0.0), VECTOR, "too many at the end", id="one too many"),
        pytest.param(np.append(0.0, VECTOR), VECTOR, "too many at the start", id="one too many in front"),
        pytest.param(np.zeros(11), VECTOR, "off-by-one", id="other values, one too few"),
        pytest.param(TALL[:, :-1], TALL, "missing at the end along axis 1", id="last column"),
        pytest.param(np.zeros((4, 2, 3)), np.zeros((2, 3, 4)), "another order", id="axes permuted"),
        pytest.param(np.zeros(36), VECTOR, "3 times too many", id="axis not reduced"),
    ],
)
def test_shapes(wrong, right, words, says):
    says(["shape", words], check.array, wrong, right, of="answer")


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        pytest.param(RNG.normal(size=12), VECTOR, id="unrelated"),
        pytest.param(np.where(np.arange(12) == 5, VECTOR + 1, VECTOR), VECTOR, id="one entry in the middle"),
        pytest.param(np.zeros((5, 9)), TALL, id="unrelated shape"),
        pytest.param(np.array([2.0]), np.array([3.1]), id="one entry says nothing of factors"),
        pytest.param(np.array([5.0, 5.0]), np.array([3.1, 3.1]), id="a constant says nothing of factors"),
    ],
)
def test_no_cause_without_reason(wrong, right, says):
    assert "likely cause" not in says([], check.array, wrong, right, of="answer")


def test_the_authors_causes_come_first(says):
    causes = {"rows must follow A and columns B": SQUARE.T, "take the root": SQUARE**2}
    says("likely cause: rows must follow A", check.array, SQUARE.T, SQUARE, of="D", causes=causes)
    says("likely cause: take the root", check.array, SQUARE**2, SQUARE, of="D", causes=causes)


def test_an_authors_cause_explains_a_wrong_shape_or_dtype(says):
    says(
        "one mean for the table",
        check.array,
        np.array([1.5]),
        [1.0, 2.0],
        of="m",
        causes={"one mean for the table": [1.5]},
    )
    says("whole numbers", check.array, np.array([1, 2]), [1.5, 2.5], of="m", causes={"whole numbers": [1, 2]})


def test_an_authors_cause_explains_missing_entries(says):
    right = np.array([1.0, 2.0, np.nan])
    wrong = np.array([1.0, 2.0, 0.0])
    says("count the gaps", check.array, wrong, right, of="m", causes={"count the gaps": wrong})


def test_causes_are_found_in_float32(says):
    says(
        "root is missing",
        check.array,
        (VECTOR**2).astype(np.float32),
        VECTOR,
        of="d",
        causes={"a root is missing": VECTOR**2},
    )


def test_causes_with_missing_entries(says):
    gappy = VECTOR.copy()
    gappy[3] = np.nan
    says("sign is flipped", check.array, -gappy, gappy, of="x")
    says("too high", check.array, gappy + 1, gappy, of="x")


def test_a_wrong_dtype_with_right_values_is_only_a_wrong_dtype(says):
    symmetric = np.array([[1, 2], [2, 1]])
    sentence = says("the values are right", check.array, symmetric, symmetric.astype(np.uint8), of="x", dtype=np.uint8)
    assert "transpose" not in sentence


def test_numbers_have_causes_too(says):
    says("this looks like the square", check.number, 9.0, 3.0, of="std")
    says("percent", check.number, 45.0, 0.45, of="share")
    says("the sign is flipped", check.number, -3.5, 3.5, of="gain")
    says("off by one", check.number, 11, 10, of="count")
    says("2 decimals", check.number, 3.14, np.pi, of="pi")
    says("fewer digits", check.number, 3.14159, np.pi, of="pi")
    assert "likely" not in says([], check.number, 3.1, 8.2, of="x")


def test_values_of_wildly_different_size_get_a_sentence(says):
    says("a: expected", check.array, np.array([1e-188, 2e-188, 3e-188]), [0.7, 1.4, 2.1], of="a")
