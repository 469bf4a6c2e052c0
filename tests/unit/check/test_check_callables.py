"""`check.function` and `check.raises`."""

import functools

import numpy as np
import pytest

from coursekit import check


def standardise(X, ddof=0):
    return X


def test_a_function_with_its_parameters_passes():
    check.function(standardise, name="standardise", parameters=["X", "ddof"])
    check.function(standardise, name="standardise", parameters=["X"])
    check.function(lambda X, *args, **kwargs: X, name="f", parameters=["X"])


@pytest.mark.parametrize(
    ("value", "parameters", "words"),
    [
        (None, ["X"], ["a function solve(X)", "None", "run its cell"]),
        (3, ["X"], ["the number 3"]),
        (np.ones(3), ["X"], ["an array of shape (3,)"]),
        (dict, ["X"], ["the class dict"]),
        (np.vectorize(float), ["X"], ["numpy.vectorize", "made with def"]),
        (functools.partial(standardise), ["X"], ["made with def"]),
        (standardise, ["ddof", "X"], ["solve(ddof, X)", "another order"]),
        (standardise, ["X", "y"], ["solve(X, y)", "solve(X, ddof)", "as it was given"]),
        (lambda X, y: X, ["X"], ["solve(X, y)"]),
        (lambda: 0, ["X"], ["solve()"]),
        (ValueError().with_traceback, ["tb"], ["does not tell its parameters", "def"]),
    ],
)
def test_other_things_are_refused(value, parameters, words, says):
    says(["solve: expected", *words], check.function, value, name="solve", parameters=parameters)


def reject(A, B):
    raise ValueError(f"A has {A.shape[1]} columns and B has {B.shape[1]}; they must agree")


def test_the_right_error_passes():
    check.raises(ValueError, reject, np.zeros((2, 3)), np.zeros((2, 4)), mentions=["3", "4", "COLUMNS"])
    check.raises((KeyError, ValueError), reject, np.zeros((2, 3)), np.zeros((2, 4)))
    check.raises(ValueError, np.linalg.inv, np.zeros((2, 2)))  # LinAlgError is a ValueError
    check.raises(TypeError, lambda: None + 1)


def test_named_arguments_reach_the_function():
    def picky(*, function, exception, mentions_="x"):
        raise ValueError(f"{function} {exception} {mentions_}")

    check.raises(ValueError, picky, function=1, exception=2, mentions_=3, mentions=["1 2 3"])


def test_no_error(says):
    says(
        ["standardise(an array of shape (5, 2), ddof=1): expected ValueError", "no error but an array of shape (5, 2)"],
        check.raises,
        ValueError,
        standardise,
        np.zeros((5, 2)),
        ddof=1,
    )


def test_another_error(says):
    says(
        ["this call: expected KeyError or ValueError", "ZeroDivisionError: division by zero"],
        check.raises,
        (KeyError, ValueError),
        lambda: 1 / 0,
    )


def test_a_failed_check_inside_is_another_error(says):
    says("CheckFailed: x: expected 1, got 2", check.raises, ValueError, lambda: check.number(2, 1, of="x"))


@pytest.mark.parametrize(
    ("message", "mentions", "absent"),
    [
        ("wrong", ["3"], "'3'"),
        ("13 columns", ["3"], "'3'"),
        ("31 columns", ["3"], "'3'"),
        ("3.5 columns", ["3"], "'3'"),
        ("3 columns", ["3", "4", "rows"], "'4', 'rows'"),
        ("3 columns", ["-3"], "'-3'"),
        ("", ["3"], "an empty message"),
    ],
)
def test_missing_words(message, mentions, absent, says):
    def refuse():
        raise ValueError(message)

    says(["ValueError whose message mentions", absent], check.raises, ValueError, refuse, mentions=mentions)


@pytest.mark.parametrize("message", ["got 3.", "(3, 4)", "3", "window=3: too large", "-3 is negative"])
def test_numbers_may_stand_anywhere(message):
    def refuse():
        raise ValueError(message)

    check.raises(ValueError, refuse, mentions=["3"])


def not_attempted(*args, **kwargs):
    raise NotImplementedError


@pytest.mark.parametrize("exception", [ValueError, Exception, NotImplementedError])
def test_not_attempted_is_not_wrong(exception):
    with pytest.raises(NotImplementedError):
        check.raises(exception, not_attempted)


def test_what_is_no_function(says):
    says(["a function that raises ValueError", "None", "run its cell"], check.raises, ValueError, None, 3)
