"""`check.array`: what passes, and the first thing that is wrong."""

import numpy as np
import pytest

from coursekit import check
from coursekit.check.closeness import Tolerance, comparable, differs

X = np.array([[1.5, -2.0, 3.25], [4.0, 5.5, -6.75]])


@pytest.mark.parametrize(
    "answer",
    [
        pytest.param(X.copy(), id="copy"),
        pytest.param(np.asfortranarray(X), id="fortran order"),
        pytest.param(np.repeat(X, 2, axis=1)[:, ::2], id="not contiguous"),
        pytest.param(X[::-1][::-1], id="negative strides"),
        pytest.param(X.astype(np.float32), id="float32"),
        pytest.param(X.astype(np.longdouble), id="long double"),
        pytest.param(X.astype(">f8"), id="big endian"),
        pytest.param(X * (1 + 5e-8), id="within tolerance"),
    ],
)
def test_right_answers_of_any_layout_pass(answer):
    check.array(answer, X, of="answer")


def test_read_only_answers_pass():
    answer = X.copy()
    answer.setflags(write=False)
    check.array(answer, X, of="answer")
    check.array(np.broadcast_to(1.0, (2, 3)), np.ones((2, 3)), of="answer")


def test_expected_may_be_nested_lists():
    check.array(X, X.tolist(), of="answer")


@pytest.mark.parametrize("dtype", [np.int8, np.int32, np.int64, np.uint8, np.uint64])
def test_any_integer_dtype_stands_for_integers(dtype):
    check.array(np.array([1, 2, 3], dtype=dtype), [1, 2, 3], of="counts")


@pytest.mark.parametrize("shape", [(0,), (0, 3), (3, 0), (2, 0, 4)])
def test_empty_arrays(shape, says):
    check.array(np.zeros(shape), np.zeros(shape), of="empty")
    says("shape", check.array, np.zeros((*shape, 1)), np.zeros(shape), of="empty")


def test_arrays_without_axes():
    check.array(np.array(3.0), 3.0, of="mean")
    check.array(np.float64(3.0), 3.0, of="mean")


def test_other_things_without_axes_are_refused(says):
    says("a list", check.array, [3.0], 3.0, of="mean")
    says("the number 3.0", check.array, 3.0, 3.0, of="mean")
    says(["the number 3.0", "without axis"], check.array, np.float64(3.0), [3.0], of="mean")


def test_a_wrong_array_without_axes(says):
    says("mean: expected 3.0, got 4.0", check.array, np.array(4.0), 3.0, of="mean")


@pytest.mark.parametrize("gap", [np.nan, np.inf, -np.inf])
def test_nan_and_infinity_equal_themselves(gap):
    check.array(np.array([1.0, gap]), [1.0, gap], of="x")


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        (np.array(["a", "bc"]), ["a", "bc"]),
        (np.array(["a", "bc"], dtype=object), ["a", "bc"]),
        (np.array(["a", "bc"]), np.array(["a", "bc"], dtype=object)),
        (np.array([True, False]), [True, False]),
        (np.array(["2020-01-01", "NaT"], dtype="M8[D]"), np.array(["2020-01-01", "NaT"], dtype="M8[ns]")),
        (np.array([1, 2], dtype="m8[s]"), np.array([1000, 2000], dtype="m8[ms]")),
        (np.array([1 + 2j]), [1 + 2j]),
        (np.array([1 + 2j], dtype=np.complex64), [1 + 2j]),
        (np.array([b"ab"]), [b"ab"]),
        (np.array([2**63 + 1], dtype=np.uint64), np.array([2**63 + 1], dtype=np.uint64)),
    ],
)
def test_other_kinds_pass(answer, expected):
    check.array(answer, expected, of="x")


# --- order of the checks ---------------------------------------------------------------------------------------------


def test_the_type_comes_first(says):
    says(["NumPy array of shape (2, 3)", "list of 1 item", "np.array"], check.array, [[1, 2]], X, of="answer")


def test_then_the_shape(says):
    sentence = says("shape (2, 3)", check.array, np.zeros((4, 4), dtype=int), X, of="answer")
    assert "dtype" not in sentence


def test_then_the_dtype(says):
    sentence = says(["float dtype", "int64"], check.array, np.zeros((2, 3), dtype=int), X, of="answer")
    assert "entries" not in sentence


def test_then_missing_entries(says):
    wrong = X + 100.0
    wrong[1, 1] = np.nan
    says(["5.5 at [1, 1]", "nan", "1 of 6 entries"], check.array, wrong, X, of="answer")


def test_then_the_values(says):
    wrong = X.copy()
    wrong[1, 2] = 7.0
    assert (
        says([], check.array, wrong, X, of="answer")
        == "answer: expected -6.75 at [1, 2], got 7.0 (1 of 6 entries differs)"
    )


# --- messages --------------------------------------------------------------------------------------------------------


def test_the_shape_may_be_named(says):
    says("shape (n_a, n_b) = (2, 3)", check.array, X[:, :2], X, of="answer", shape="(n_a, n_b)")


def test_close_numbers_are_shown_with_enough_digits(says):
    says(["1.00000001", "1.00000002"], check.array, np.array([1.00000002]), [1.00000001], of="x", rtol=1e-9)


def test_the_number_of_differing_entries(says):
    says("3 of 6 entries differ", check.array, X * [[1], [2]], X, of="answer")


def test_nan_left_out(says):
    says(
        ["nan at [0]", "0.0 (1 of 2 entries should be nan", "filled with 0.0"],
        check.array,
        np.array([0.0, 1.0]),
        [np.nan, 1.0],
        of="x",
    )


def test_nat_is_called_nat(says):
    days = np.array(["2020-01-01", "2020-01-02"], dtype="M8[D]")
    gone = np.array(["2020-01-01", "NaT"], dtype="M8[D]")
    says(["2020-01-02 at [1]", "NaT"], check.array, gone, days, of="days")


def test_infinity_where_a_number_belongs(says):
    says(["got inf", "division by zero"], check.array, np.array([1.0, np.inf]), [1.0, 2.0], of="x")


def test_opposite_infinities_differ(says):
    says(["inf", "-inf"], check.array, np.array([-np.inf, 1.0]), [np.inf, 1.0], of="x")


@pytest.mark.parametrize("hide", [True, False])
def test_hidden_checks_do_not_tell_the_answer(hide, says):
    sentence = says([], check.array, np.array([8.0, 9.5]), [7.125, 9.5], of="x", hide=hide)
    assert ("7.125" in sentence) is not hide
    sentence = says([], check.array, np.array([np.nan, 9.5]), [7.125, 9.5], of="x", hide=hide)
    assert ("7.125" in sentence) is not hide


def test_dates_and_text_are_shown_as_such(says):
    says(
        ["2020-01-02 at [0]", "2020-01-01"],
        check.array,
        np.array(["2020-01-01"], dtype="M8[us]"),
        np.array(["2020-01-02"], dtype="M8[ns]"),
        of="days",
    )
    says(["'cat' at [1]", "'dog'"], check.array, np.array(["ant", "dog"]), ["ant", "cat"], of="names")


# --- dtype -----------------------------------------------------------------------------------------------------------


def test_an_exact_dtype(says):
    check.array(np.array([1, 2], dtype=np.uint8), [1, 2], of="image", dtype=np.uint8)
    says(
        ["dtype uint8", "int64", "astype"],
        check.array,
        np.array([1, 2]),
        np.array([1, 2], np.uint8),
        of="x",
        dtype=np.uint8,
    )


def test_a_family_of_dtypes(says):
    check.array(np.array([1.0], dtype=np.float32), [1.0], of="x", dtype=np.floating)
    says("floating", check.array, np.array([1]), [1.0], of="x", dtype=np.floating)


def test_any_text_dtype(says):
    check.array(np.array(["a", "bc"]), ["a", "bc"], of="x", dtype=str)
    says("dtype", check.array, np.array([b"a"]), [b"a"], of="x", dtype=str)
    says("dtype <U5", check.array, np.array(["a", "bc"]), ["a", "bc"], of="x", dtype="U5")


def test_byte_order_is_storage():
    check.array(np.array([1.0], dtype=">f8"), [1.0], of="x", dtype=np.float64)


@pytest.mark.parametrize(
    ("answer", "expected", "words"),
    [
        (np.array([1, 2]), [1.0, 2.0], "make the result a float"),
        (np.array([1, 2]), [1.5, 2.5], "decimals were cut off"),
        (np.array([1.0, 2.0]), [1, 2], ".astype(int)"),
        (np.array([True, False]), [1, 0], ".astype(int)"),
        (np.array([1, 0]), [True, False], "comparison"),
        (np.array([1.0, 0.0]), [True, False], "booleans"),
        (np.array(["1", "2"]), [1.0, 2.0], "float dtype"),
        (np.array([1.0, 2.0], dtype=object), [1.0, 2.0], "Python objects"),
    ],
)
def test_wrong_kinds(answer, expected, words, says):
    says(words, check.array, answer, expected, of="x")


def test_real_takes_integers_and_floats_but_no_booleans(says):
    for dtype in (int, float, np.float32):
        check.array(np.array([1, 2], dtype=dtype), [1, 2], of="x", kind="real")
    says("int or float", check.array, np.array([True, False]), [1, 0], of="x", kind="real")


def test_an_unknown_kind_is_the_authors_mistake():
    with pytest.raises(ValueError, match="kind='reel'"):
        check.array(np.array([1.0]), [1.0], of="x", kind="reel")


def test_expected_objects_are_the_authors_mistake():
    with pytest.raises(TypeError, match="Python objects"):
        check.array(np.array([1.0]), [{}], of="x")


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        ((1.0, 2.0), "np.array(...)"),
        (range(2), "np.array(...)"),
        ((x for x in [1.0]), "np.array(list(...))"),
        (map(abs, [1.0]), "np.array(list(...))"),
        (True, "without axis"),
        ({"x": 1.0}, "return the array itself"),
        ("1 2", "plain numpy.ndarray"),
        (np.array, "parentheses"),
        (np.ma.masked_array([1.0, 2.0]), ".filled(...)"),
        (np.rec.array([(1.0,)]), "subok=False"),
    ],
)
def test_how_to_make_an_array(answer, words, says):
    says(["x: expected a NumPy array of shape (2,)", words], check.array, answer, [1.0, 2.0], of="x")


def test_how_to_make_an_array_of_library_objects(says):
    pd, sparse = pytest.importorskip("pandas"), pytest.importorskip("scipy.sparse")
    for thing in (pd.Series([1.0]), pd.DataFrame({"x": [1.0]}), pd.Index([1.0]), pd.array([1.0])):
        says(".to_numpy()", check.array, thing, [1.0], of="x")
    says(".toarray()", check.array, sparse.csr_array(np.eye(2)), np.eye(2), of="x")


# --- tolerance -------------------------------------------------------------------------------------------------------


def test_float32_reductions_pass():
    rng = np.random.default_rng(0)
    data = rng.normal(3.0, 2.0, size=(5_000, 20))
    single = data.astype(np.float32)
    check.array(single.mean(axis=0), data.mean(axis=0), of="mean")
    check.array((single - single.mean(axis=0)) / single.std(axis=0), (data - data.mean(0)) / data.std(0), of="scores")


def test_float32_is_no_excuse_for_a_wrong_formula(says):
    data = np.random.default_rng(0).normal(size=(1_000, 3))
    says("1.0005", check.array, data.astype(np.float32).std(axis=0, ddof=1), data.std(axis=0), of="std")


def test_float16_gets_no_more_room_than_float32(says):
    says("float16", check.array, X.astype(np.float16) * np.float16(1.001), X, of="x")
    check.array(np.float16([0.1, 0.2]) + np.float16(0), np.float16([0.1, 0.2]), of="x")


def test_exact_means_exact(says):
    check.array(np.float32([0.5, 2.0]), [0.5, 2.0], of="x", rtol=0, atol=0)
    says("0.1", check.array, np.float32([0.1]), [0.1], of="x", rtol=0, atol=0)


def test_zero_is_exact_unless_atol_says_otherwise(says):
    says("fewer digits", check.array, np.array([1e-17, 1.0]), [0.0, 1.0], of="x")
    check.array(np.array([1e-17, 1.0]), [0.0, 1.0], of="x", atol=1e-12)


def test_a_small_entry_beside_a_large_one_still_counts(says):
    says("1 of 2", check.array, np.array([1e300, 2.0]), [1e300, 1.0], of="x")


def test_integers_are_exact_whatever_rtol(says):
    big = 10**12
    says("1000000000001", check.array, np.array([big]), [big + 1], of="x", rtol=0.5)


def test_integers_within_atol():
    check.array(np.array([9, 255], dtype=np.uint8), np.array([10, 254], dtype=np.uint8), of="x", atol=1)


def test_integers_beyond_atol(says):
    says("1 of 2", check.array, np.array([8, 255], np.uint8), np.array([10, 255], np.uint8), of="x", atol=1)


def test_large_unsigned_integers_do_not_lose_digits(says):
    big = np.array([2**63 + 1], dtype=np.uint64)
    says("9223372036854775809", check.array, big - np.uint64(1), big, of="x")
    says("-1", check.array, np.array([-1]), np.array([2**64 - 1], dtype=np.uint64), of="x")


# --- records ---------------------------------------------------------------------------------------------------------


def test_records_are_compared_field_by_field(says):
    kind = [("name", "U5"), ("score", float)]
    right = np.array([("ann", 1.0), ("bob", np.nan)], dtype=kind)
    check.array(right.copy(), right, of="rows")
    wrong = right.copy()
    wrong["score"][0] = 2.0
    says("rows['score']: expected 1.0 at [0], got 2.0", check.array, wrong, right, of="rows")
    renamed = right.astype([("name", "U5"), ("mark", float)])
    says("fields ('name', 'score')", check.array, renamed, right, of="rows")


def test_no_warnings_reach_the_learner(says, recwarn):
    says([], check.array, np.array([np.inf, 0.0, -1e308]), [1.0, 2.0, 1e308], of="x")
    says([], check.array, np.array([-1.0, 0.0, np.nan]), [0.0, np.nan, 1.0], of="x")
    assert not recwarn.list


def test_a_missing_date_equals_only_a_missing_date():
    dates = np.array(["2020-01-01", "NaT", "NaT", "2020-01-01"], dtype="M8[D]")
    others = np.array(["2020-01-01", "NaT", "2020-01-01", "NaT"], dtype="M8[D]")
    assert differs(dates, others, Tolerance(0.0, 0.0)).tolist() == [False, False, True, True]


@pytest.mark.parametrize(
    ("left", "right", "can"),
    [
        (1, 2.5, True),
        (True, 1j, True),
        ("a", "b", True),
        ("a", 1, False),
        (b"a", "a", False),
        (np.datetime64("2020"), 3, False),
    ],
)
def test_what_can_be_compared(left, right, can):
    assert comparable(np.array([left]), np.array([right])) is can
