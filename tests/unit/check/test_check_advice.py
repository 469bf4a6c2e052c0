"""Advice that learners got in blind solves and that led them astray, or would have."""

import numpy as np
import pytest

from coursekit import check
from coursekit.check.plain import with_article


def message(call) -> str:
    with pytest.raises(check.CheckFailed) as caught:
        call()
    return caught.value.sentence


@pytest.mark.parametrize(
    "have", [np.array([[1.0]]), np.array([[1]]), np.array([[True]]), np.eye(2), np.eye(2, dtype=int)]
)
def test_where_only_the_dtype_is_wrong_the_conversion_to_the_dtype_asked_for_is_named(have) -> None:
    wanted = have.astype(int).tolist()
    sentence = message(lambda: check.array(have, wanted, of="x", dtype=np.uint8))
    assert sentence.endswith("the values are right, the dtype is not: .astype(np.uint8) at the end")


def test_an_empty_array_gets_no_cause_about_its_values() -> None:
    sentence = message(lambda: check.array(np.zeros((0, 3), np.float32), np.zeros((0, 3)), of="x", dtype=np.float64))
    assert sentence == "x: expected dtype float64, got dtype float32"


def test_a_forbidden_function_is_not_called_a_loop() -> None:
    from scipy.spatial.distance import cdist
    from scipy.spatial.distance import cdist as renamed

    def under_its_name(a, b):
        return cdist(a, b)

    def under_another(a, b):
        return renamed(a, b)

    def imported_inside(a, b):
        from scipy.spatial import distance

        return distance.cdist(a, b)

    for function in (under_its_name, under_another, imported_inside):
        sentence = message(lambda f=function: check.no_loops(f, also=["cdist"]))
        assert "expected none of the functions that the text forbids, got a call of cdist" in sentence


def test_reduce_imported_inside_the_function_is_a_loop_and_a_ufuncs_reduce_is_not() -> None:
    def hidden(x):
        from functools import reduce

        return reduce(max, x)

    def honest(x):
        return np.add.reduce(x)

    assert "got a call of reduce" in message(lambda: check.no_loops(hidden))
    check.no_loops(honest)


def test_articles() -> None:
    assert [with_article(name) for name in ("ndarray", "list", "int", "numpy")] == [
        "an ndarray",
        "a list",
        "an int",
        "a numpy",
    ]
