"""`check.table` and `check.series`."""

import numpy as np
import pytest

from coursekit import check

pd = pytest.importorskip("pandas")


@pytest.fixture
def orders():
    return pd.DataFrame(
        {
            "shop": ["Oslo", "Rome", None, "Lima"],
            "items": [3, 1, 4, 2],
            "price": [9.5, np.nan, 2.25, 4.0],
            "paid": [True, False, True, True],
            "day": pd.to_datetime(["2024-01-31", "2024-02-01", None, "2024-02-03"]),
            "size": pd.Categorical(["S", "L", "M", "S"], categories=["S", "M", "L"], ordered=True),
        },
        index=pd.Index([11, 12, 13, 14], name="order"),
    )


# --- what passes -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(lambda t: t.copy(), id="copy"),
        pytest.param(lambda t: t.astype({"price": "float32", "items": "int16"}), id="narrower numbers"),
        pytest.param(lambda t: t.astype({"items": "Int64", "price": "Float64", "paid": "boolean"}), id="nullable"),
        pytest.param(lambda t: t.astype({"shop": object}), id="text as objects"),
        pytest.param(lambda t: t.astype({"shop": "string"}), id="text as pandas strings"),
        pytest.param(lambda t: t.astype({"day": "datetime64[ns]"}), id="nanoseconds"),
        pytest.param(lambda t: t.astype({"size": "str"}).astype({"size": "category"}), id="unordered categories"),
        pytest.param(lambda t: t.assign(price=t["price"] * (1 + 1e-9)), id="within tolerance"),
        pytest.param(lambda t: t[::-1][::-1], id="view"),
    ],
)
def test_right_tables_pass(change, orders):
    check.table(change(orders), orders, of="orders")


@pytest.mark.parametrize(
    "make", [lambda: pd.DataFrame(), lambda: pd.DataFrame({"x": []}), lambda: pd.DataFrame(index=[1, 2])]
)
def test_empty_tables_pass(make):
    check.table(make(), make(), of="nothing")


def test_an_arrow_column_passes():
    pytest.importorskip("pyarrow")
    right = pd.DataFrame({"n": [1, 2], "x": [1.5, None], "t": ["a", None], "b": [True, False]})
    kinds = {"n": "int64[pyarrow]", "x": "double[pyarrow]", "t": "string[pyarrow]", "b": "bool[pyarrow]"}
    check.table(right.astype(kinds), right, of="t")


def test_the_real_world_of_column_labels():
    check.table(pd.DataFrame({1: [1], ("a", "b"): [2]}), pd.DataFrame({1: [1], ("a", "b"): [2]}), of="t")
    wide = pd.DataFrame({pd.Timestamp("2024"): [1.0]})
    check.table(wide.copy(), wide, of="t")


# --- the order of the checks -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        (None, ["DataFrame of shape (4, 6)", "inplace"]),
        ([1, 2], ["a list of 2 items", "pd.DataFrame(...)"]),
        (np.zeros((4, 6)), ["an array of shape (4, 6)", "pd.DataFrame(...)"]),
        (pd.Series([1]), ["a pandas Series", ".to_frame()"]),
        (pd.DataFrame({"a": [1]}).groupby("a"), ["GroupBy", "aggregate"]),
    ],
)
def test_the_type_comes_first(wrong, words, orders, says):
    says(words, check.table, wrong, orders, of="orders")


def test_then_the_columns(orders, says):
    says(
        "orders: expected the column 'items', got the column 'count'",
        check.table,
        orders.rename(columns={"items": "count"}),
        orders,
        of="orders",
    )
    says("the columns 'items', 'paid'", check.table, orders.drop(columns=["items", "paid"]), orders, of="orders")
    says(["6 columns", "the column 'extra' as well"], check.table, orders.assign(extra=1), orders, of="orders")
    says(
        ["in the order 'shop', 'items'", "'size', 'day'"],
        check.table,
        orders[orders.columns[::-1]],
        orders,
        of="orders",
    )
    doubled = pd.concat([orders, orders[["shop"]]], axis=1)
    says("under one name twice", check.table, doubled, orders, of="orders")


def test_a_column_left_in_the_index(orders, says):
    says(["the column 'items'", "reset_index"], check.table, orders.set_index("items"), orders, of="orders")


@pytest.mark.parametrize(
    ("column", "dtype", "words"),
    [
        ("items", float, ["int values in column 'items'", "float64", ".astype(int)"]),
        ("price", object, ["float values", "object", "pd.to_numeric"]),
        ("paid", int, ["bool values", "int64", "comparison"]),
        ("paid", object, ["bool values", "object"]),
        ("day", str, ["datetime values", "pd.to_datetime"]),
        ("size", str, ["category values", 'astype("category")']),
        ("shop", "category", ["text values", "category"]),
    ],
)
def test_then_the_dtypes(column, dtype, words, orders, says):
    says(words, check.table, orders.astype({column: dtype}), orders, of="orders")


def test_missing_values_that_made_integers_floats(orders, says):
    wrong = orders.assign(items=[3, 1, np.nan, 2])
    says(["int values", "missing values turn integers into floats"], check.table, wrong, orders, of="orders")


def test_time_zones_are_not_ignored(orders, says):
    aware = orders.assign(day=orders["day"].dt.tz_localize("UTC"))
    says(["datetime values", "datetime64[us, UTC]"], check.table, aware, orders, of="orders")
    says("time zone", check.table, orders, aware, of="orders")
    check.table(aware.assign(day=aware["day"].dt.tz_convert("Europe/Oslo")), aware, of="orders")
    shifted = aware.assign(day=aware["day"] + pd.Timedelta("1h"))
    says("2024-01-31", check.table, shifted, aware, of="orders")


def test_time_zones_of_the_index_are_not_ignored(says):
    naive = pd.Series([1.0, 2.0], pd.date_range("2024-01-01", periods=2, freq="D"))
    aware = naive.tz_localize("UTC")
    says(["an index with a time zone", "datetime64", ".tz_localize(...)"], check.series, naive, aware, of="sales")
    says(["an index without a time zone", "UTC", ".tz_localize(None)"], check.series, aware, naive, of="sales")
    check.series(aware.tz_convert("Europe/Oslo"), aware, of="sales")
    check.series(naive, aware, of="sales", check_dtype="ignore")


def test_then_the_number_of_rows(orders, says):
    says(["4 rows", "got 3 rows"], check.table, orders.iloc[:3], orders, of="orders")
    says(["got 8 rows", "join multiply"], check.table, pd.concat([orders, orders]), orders, of="orders")
    says("there more than once", check.table, pd.concat([orders, orders.iloc[:2]]), orders, of="orders")
    says("missing values were dropped", check.table, orders.dropna(), orders, of="orders")


def test_then_the_index(orders, says):
    says(["index 11 in row 0, got 14", "another order"], check.table, orders[::-1], orders, of="orders")
    says(["an index named 'order'", "without a name"], check.table, orders.rename_axis(None), orders, of="orders")
    moved = orders.reset_index().assign(n=0).drop(columns="n")
    says(["6 columns", "'order' as well"], check.table, moved, orders, of="orders")
    says("index 14 in row 3, got 99", check.table, orders.rename({14: 99}), orders, of="orders")
    two = orders.set_index("shop", append=True)
    says("an index of 2 levels", check.table, two.reset_index("shop", drop=True), two, of="orders")


def test_a_dropped_index(orders, says):
    says(["an index named 'order'"], check.table, orders.reset_index(drop=True), orders, of="orders")
    plain = orders.rename_axis(None)
    says("the index was reset", check.table, plain.reset_index(drop=True), plain, of="orders")


def test_several_index_levels(says):
    right = pd.DataFrame({"n": [1, 2]}, index=pd.MultiIndex.from_tuples([("a", 1), ("b", 2)], names=["k", "i"]))
    check.table(right.copy(), right, of="t")
    wrong = right.assign(n=[1, 5])
    says("in column 'n', index ('b', 2), got 5", check.table, wrong, right, of="t")


@pytest.mark.parametrize(
    ("column", "values", "words"),
    [
        (
            "shop",
            ["Oslo", "Roma", None, "Lima"],
            "expected 'Rome' in column 'shop', index 12, got 'Roma' (1 of 4 rows differs)",
        ),
        ("shop", ["Oslo", "Rome", "Lima", "Lima"], "expected a missing value in column 'shop', index 13, got 'Lima'"),
        ("items", [3, 1, 4, 5], "expected 2 in column 'items', index 14, got 5"),
        ("price", [9.5, 0.0, 2.25, 4.0], "expected a missing value in column 'price', index 12, got 0.0"),
        ("price", [9.5, np.nan, np.nan, 4.0], "expected 2.25 in column 'price', index 13, got a missing value"),
        ("price", [9.500001, np.nan, 2.25, 4.0], "got 9.500001"),
        ("paid", [True, True, True, True], "expected False in column 'paid', index 12, got True"),
        (
            "day",
            pd.to_datetime(["2024-01-31", "2024-02-01", None, "2024-02-04"]),
            "expected 2024-02-03 in column 'day'",
        ),
        ("size", pd.Categorical(["S", "L", "M", "M"]), "expected 'S' in column 'size', index 14, got 'M'"),
    ],
)
def test_then_the_values(column, values, words, orders, says):
    says(
        f"orders: {words}" if words.startswith("expected") else words,
        check.table,
        orders.assign(**{column: values}),
        orders,
        of="orders",
    )


def test_the_first_differing_row_comes_first(orders, says):
    wrong = orders.assign(shop=["Oslo", "Rome", None, "?"], items=[3, 9, 4, 2])
    says(["column 'items', index 12", "2 of 4 rows differ"], check.table, wrong, orders, of="orders")


def test_rows_without_an_index_are_counted(orders, says):
    plain = orders.reset_index(drop=True)
    says("in column 'items', row 3, got 5", check.table, plain.assign(items=[3, 1, 4, 5]), plain, of="orders")


# --- options ---------------------------------------------------------------------------------------------------------


def test_order_may_be_ignored(orders, says):
    shuffled = orders.sample(frac=1.0, random_state=3)[orders.columns[::-1]]
    check.table(shuffled, orders, of="orders", check_order=False)
    check.table(shuffled, orders, of="orders", check_order=False, check_index=False)
    wrong = shuffled.assign(items=[9, 9, 9, 9])
    says("4 rows differ", check.table, wrong, orders, of="orders", check_order=False)


def test_order_may_be_ignored_with_close_floats():
    rng = np.random.default_rng(0)
    right = pd.DataFrame({"x": rng.normal(size=50), "g": rng.integers(0, 3, 50)})
    noisy = right.sample(frac=1.0, random_state=1)
    noisy["x"] *= 1 + 1e-10
    check.table(noisy, right, of="t", check_order=False, check_index=False)


def test_repeated_rows_count_when_order_does_not(says):
    right = pd.DataFrame({"x": [1, 1, 2]})
    says("differ", check.table, pd.DataFrame({"x": [1, 2, 2]}), right, of="t", check_order=False, check_index=False)


def test_the_index_may_be_ignored(orders):
    check.table(orders.reset_index(drop=True), orders, of="orders", check_index=False)


def test_dtypes_may_be_ignored_exact_or_real(orders, says):
    floats = orders.astype({"items": float})
    check.table(floats, orders, of="orders", check_dtype="ignore")
    check.table(floats, orders, of="orders", check_dtype="real")
    says("bool values", check.table, orders.astype({"paid": int}), orders, of="orders", check_dtype="real")
    narrow = orders.astype({"items": "int32"})
    says(
        ["dtype int64 in column 'items'", "dtype int32"], check.table, narrow, orders, of="orders", check_dtype="exact"
    )
    with pytest.raises(ValueError, match="check_dtype='exakt'"):
        check.table(orders, orders, of="orders", check_dtype="exakt")


def test_ignoring_dtypes_does_not_ignore_values(orders, says):
    says("items", check.table, orders.astype({"items": str}), orders, of="orders", check_dtype="ignore")


def test_causes(orders, says):
    naive = orders.assign(price=orders["price"].fillna(orders["price"].mean()))
    causes = {"the gaps must stay": naive, "never this one": orders.assign(items=0)}
    says("likely cause: the gaps must stay", check.table, naive, orders, of="orders", causes=causes)
    short = orders.iloc[:2]
    says("likely cause: half of it", check.table, short, orders, of="orders", causes={"half of it": short})
    says("percent", check.table, orders.assign(price=orders["price"] * 100), orders, of="orders")


def test_hidden_values_are_not_told(orders, says):
    sentence = says("another value", check.table, orders.assign(shop=list("abcd")), orders, of="orders", hide=True)
    assert "Oslo" not in sentence
    assert "11" not in says("another label", check.table, orders.rename({11: 77}), orders, of="orders", hide=True)


def test_categories_with_missing_values(says):
    right = pd.DataFrame({"size": pd.Categorical(["S", None, "L"]), "grade": pd.Categorical([1, 2, None])})
    check.table(right.copy(), right, of="t")
    filled = right.assign(size=pd.Categorical(["S", "S", "L"]))
    says("a missing value in column 'size', row 1, got 'S'", check.table, filled, right, of="t")
    other = right.assign(grade=pd.Categorical([1, 3, None]))
    says("in column 'grade', row 1", check.table, other, right, of="t")


def test_booleans_held_as_objects(says):
    right = pd.DataFrame({"paid": pd.Series([True, None, False], dtype=object)})
    check.table(right.copy(), right, of="t")
    wrong = pd.DataFrame({"paid": pd.Series([True, None, True], dtype=object)})
    says("expected False in column 'paid', row 2, got True", check.table, wrong, right, of="t")
    says(
        "expected a missing value",
        check.table,
        pd.DataFrame({"paid": [True, True, False]}, dtype=object),
        right,
        of="t",
    )


def test_objects_in_columns_are_compared_one_by_one(says):
    right = pd.DataFrame({"tags": [["a"], ["b", "c"]]})
    check.table(pd.DataFrame({"tags": [["a"], ["b", "c"]]}), right, of="t")
    says("in column 'tags', row 1", check.table, pd.DataFrame({"tags": [["a"], ["b"]]}), right, of="t")


def test_periods_and_intervals(says):
    right = pd.DataFrame({"p": pd.period_range("2024-01", periods=2, freq="M"), "i": pd.interval_range(0, 2)})
    check.table(right.copy(), right, of="t")
    says(
        "expected '2024-01' in column 'p', row 0, got '2023-01'",
        check.table,
        right.assign(p=pd.period_range("2023-01", periods=2, freq="M")),
        right,
        of="t",
    )


# --- series ----------------------------------------------------------------------------------------------------------


@pytest.fixture
def monthly():
    return pd.Series([1.5, np.nan, 3.0], index=pd.Index([1, 2, 3], name="month"), name="co2")


def test_right_series_pass(monthly):
    check.series(monthly.copy(), monthly, of="mean")
    check.series(monthly.astype("float32"), monthly, of="mean")
    check.series(monthly.rename("other"), monthly, of="mean")
    check.series(monthly[::-1], monthly, of="mean", check_order=False)
    check.series(monthly.reset_index(drop=True), monthly, of="mean", check_index=False)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda s: None, ["a pandas Series of length 3", "inplace"]),
        (lambda s: s.to_frame(), ["a pandas DataFrame", 'df["name"]']),
        (lambda s: s.to_numpy(), ["an array of shape (3,)", "pd.Series(...)"]),
        (lambda s: s.groupby(level=0), ["aggregate"]),
        (lambda s: s.fillna(0).astype(int), ["mean: expected float values, got dtype int64"]),
        (lambda s: s.iloc[:2], ["3 rows", "2 rows"]),
        (lambda s: s.dropna(), ["missing values were dropped"]),
        (lambda s: s.rename_axis("week"), ["an index named 'month'", "'week'"]),
        (lambda s: s.rename({3: 4}), ["index 3 in row 2, got 4"]),
        (lambda s: s.fillna(0), ["expected a missing value at index 2, got 0.0", "filled"]),
        (lambda s: s + 1, ["expected 1.5 at index 1, got 2.5 (2 of 3 rows differ)", "1 too high"]),
    ],
)
def test_wrong_series(change, words, monthly, says):
    says(words, check.series, change(monthly), monthly, of="mean")


def test_the_name_counts_on_request(monthly, says):
    says(["the name 'co2'", "'ppm'"], check.series, monthly.rename("ppm"), monthly, of="mean", check_name=True)


def test_dates_in_the_index_are_readable(says):
    right = pd.Series([1.0, 2.0], index=pd.date_range("2024-01-01", periods=2))
    says(
        "expected 2.0 at index 2024-01-02, got 5.0",
        check.series,
        pd.Series([1.0, 5.0], index=right.index),
        right,
        of="s",
    )


def test_causes_of_series(monthly, says):
    zero = monthly.fillna(0)
    says("gaps count as zero", check.series, zero, monthly, of="mean", causes={"gaps count as zero": zero})
