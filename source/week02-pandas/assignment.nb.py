# ---
# jupyter:
#   jupytext:
#     formats: ipynb,.nb.py:percent
#     text_representation:
#       extension: .py
#       format_name: percent
#   kernelspec:
#     display_name: Python 3 (ipykernel)
#     language: python
#     name: python3
# ---

# %% [markdown]
# # Week 2 · Tables that tell the truth: the assignment
#
# A model is only as honest as the table it was trained on. Seven functions and one decision take you from a file in
# which three people wrote dates in three ways to a page that a manager can act on. Four of the seven work on real
# records: an insurance experiment with twenty thousand person-years, sixty-one years of sea temperatures, and the CO₂
# record that you met last week. The others work on the shop, a simulated company whose data will follow you through
# the course. It lies to you on purpose, in ways that companies do.
#
# | | exercise | difficulty | minutes | points |
# |---|---|---|---|---|
# | 1 | The smallest honest dtype | ●○○ | 15 | 3 |
# | 2 | What the file really says | ●●○ | 35 | 4 |
# | 3 | A look-up that keeps its promise | ●●○ | 20 | 3 |
# | 4 | A share of the whole | ●○○ | 15 | 2 |
# | 5 | From a wide table to a tidy one | ●●○ | 25 | 3 |
# | 6 | A month needs enough weeks | ●●○ | 20 | 3 |
# | 7 | One page for the manager | ●●● | 40 | 4 |
# | 8 | Revenue has doubled (written) | ●●○ | 30 | 3 |
# | | **together** | | **3 h 20 min** | **25** |

# %% [markdown]
# ## How to work on it
#
# Answer where it says `# YOUR CODE HERE`, look at the picture if there is one, run the check cell below. Nothing
# printed means passed; a sentence with ✘ says what was expected, what came, and the likely cause. `course check
# week02` in a terminal runs everything and counts your points.
#
# Grading tests the same contract on other tables. It asks for nothing that the text does not say. The exercises do not
# depend on each other. Each function has three hints: the idea, the direction, almost the code. Anything in pandas or NumPy may
# be used, loops as well.
#
# **In every exercise the tables and series that you are given stay as they are:** the caller still needs them.

# %%
from collections.abc import Callable
from typing import Any

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from coursekit import check, plotting
from coursekit.data import load, shop

plotting.use_course_style()


def attempt(function: Callable[..., Any], *arguments: object) -> Any:
    """Return ``function(*arguments)``, or None while the function is still to be written (for the picture cells)."""
    try:
        return function(*arguments)
    except NotImplementedError:
        return None


def words_above(ax: plt.Axes) -> str:
    """The title of an axes, whether it stands left, in the middle or right."""
    return " ".join(ax.get_title(place) for place in ("left", "center", "right")).strip()


# %% [markdown]
# ## 1 · The smallest honest dtype ●○○ · 15 min · 3 points
#
# A table that fits into memory three times as often is a table that you can join, sort and keep.
#
# Write `shrink(table)`: the same table in smaller dtypes, without the loss of a single value.
#
# - An **integer column** becomes the smallest of `int8`, `int16`, `int32` and `int64` that holds all its values. (An
#   `int8` holds −128 to 127, an `int16` −32,768 to 32,767.) It may come in any of NumPy's integer dtypes, `uint8`
#   included; pandas' nullable `Int64` does not occur.
# - A **text column** (pandas' dtype `str`) becomes a `category` if it repeats itself: if it has at most one distinct
#   value for every ten rows. A missing entry is no value: it stays missing, and does not count as distinct.
# - **Everything else stays**: floats above all, for fewer digits would be another table, and booleans and dates.
# - Rows, columns, their order, their names and the index stay as well.
# - A table may have no rows. Then every integer fits into `int8`, and zero distinct values are few enough.
#
# <details><summary>Hint 1 · the idea</summary>Go through the columns one by one and build a dictionary from name to
# new dtype; <code>table.astype(that_dictionary)</code> returns a new table.</details>
# <details><summary>Hint 2 · the direction</summary><code>pd.api.types.is_integer_dtype(column.dtype)</code> and
# <code>column.dtype == "str"</code> tell columns apart. <code>np.iinfo("int8").max</code> is the largest value that
# fits, <code>.min</code> the smallest. <code>nunique()</code> does not count what is missing.</details>
# <details><summary>Hint 3 · almost the code</summary>Try the four dtypes from the smallest:
# <code>column.between(info.min, info.max).all()</code> tells whether one holds all values, and says True for no
# values at all.</details>


# %% nbgrader={"grade": false, "grade_id": "w02-q1-shrink", "locked": false, "schema_version": 3, "solution": true, "task": false}
def shrink(table: pd.DataFrame) -> pd.DataFrame:
    """The same values in smaller dtypes.

    Parameters
    ----------
    table : DataFrame
        Columns of any dtype; it may have no rows. Left as it is.

    Returns
    -------
    DataFrame
        Integers in the smallest signed dtype that holds them, repetitive text as ``category``, all else as it was.

    Examples
    --------
    >>> shrink(pd.DataFrame({"visits": [0, 2, 77]})).dtypes["visits"]
    dtype('int8')
    """
    ### BEGIN SOLUTION
    dtypes: dict[Any, Any] = {}
    for name, column in table.items():
        if pd.api.types.is_integer_dtype(column.dtype):
            sizes = map(np.iinfo, ("int8", "int16", "int32", "int64"))
            dtypes[name] = next(size.dtype for size in sizes if column.between(size.min, size.max).all())
        elif column.dtype == "str" and 10 * column.nunique() <= len(column):
            dtypes[name] = "category"
    return table.astype(dtypes)
    ### END SOLUTION


# %% tags=["only-draws"]
visits = load("randhie")
clinic = visits.assign(health=np.select([visits.hlthg == 1, visits.hlthf == 1], ["good", "fair"], "poor or excellent"))
fig, ax = plt.subplots(figsize=(9, 3.6))
for height, shown in enumerate([clinic, attempt(shrink, clinic)]):
    if isinstance(shown, pd.DataFrame):
        left = 0.0
        for column, size in (shown.memory_usage(deep=True, index=False) / 2**20).items():
            ax.barh(height, size, left=left, color="C0" if shown[column].dtype.kind == "f" else "C1", edgecolor="white")
            left += size
        ax.annotate(f" {left:.2f} MiB", (left, height), va="center")
ax.set_yticks([0, 1], ["as loaded", "shrink(…)"])
ax.set(title="Twenty thousand person-years: floats blue, integers and text orange", xlabel="memory (MiB)")
ax.set_xlim(0, 3)
plt.show()

# %% nbgrader={"grade": true, "grade_id": "w02-q1-shrink-test", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
table = pd.DataFrame(
    {
        "small": [-128, 0, 127] * 10,
        "year": [1974, 1975, 1976] * 10,
        "big": [5, 1, -3_000_000_000] * 10,
        "plan": ["free", "family", "individual"] * 10,
        "person": [f"person {number}" for number in range(30)],
        "share": np.linspace(0.0, 1.0, 30),
    }
)
before = table.copy()
shrunk = shrink(table)
check.unchanged(table, before, of="table")
check.table(
    shrunk,
    before.astype({"small": "int8", "year": "int16", "big": "int64", "plan": "category"}),
    of="shrink(table)",
    check_dtype="exact",
    rtol=0,
    causes={
        "every text became a category: only one that repeats itself does": before.astype(
            {"small": "int8", "year": "int16", "plan": "category", "person": "category"}
        ),
        "integers without a minus sign became unsigned: the text asks for signed dtypes": before.astype(
            {"small": "int8", "year": "uint16", "big": "uint32", "plan": "category"}
        ),
    },
)
### BEGIN HIDDEN TESTS
# contract: "An **integer column** becomes the smallest of `int8`, `int16`, `int32` and `int64` that holds all its
# contract: values."
for low, high, dtype in [
    (-128, 127, "int8"), (-129, 0, "int16"), (0, 128, "int16"), (-32_768, 32_767, "int16"), (0, 32_768, "int32"),
    (-32_769, 5, "int32"), (-(2**31), 2**31 - 1, "int32"), (0, 2**31, "int64"), (-(2**31) - 1, 0, "int64"),
    (0, 2**62, "int64"), (5, 5, "int8"),
]:  # fmt: skip
    numbers = pd.DataFrame({"n": [high, low, low]}, index=[4, 2, 9])
    check.table(
        shrink(numbers), numbers.astype(dtype), of=f"shrink of integers from {low:,} to {high:,}", check_dtype="exact"
    )
narrow = pd.DataFrame({"n": np.array([300, 2], dtype=np.int32), "m": np.array([200, 2], dtype=np.uint8)})
check.table(
    shrink(narrow), narrow.astype({"n": "int16", "m": "int16"}), of="shrink of narrow integers", check_dtype="exact"
)
# contract: "An **integer column** becomes the smallest of `int8`, `int16`, `int32` and `int64` that holds all its
# contract: values."
records = load("randhie")
wanted = dict.fromkeys(["mdvis", "idp", "hlthg", "hlthf", "hlthp"], "int8")
check.table(shrink(records), records.astype(wanted), of="shrink of the insurance records", check_dtype="exact", rtol=0)
### END HIDDEN TESTS

# %% nbgrader={"grade": true, "grade_id": "w02-q1-shrink-edges", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
gaps = pd.DataFrame({"plan": ["free", None, "family", "free"] * 5, "on": [True, False] * 10}, index=range(100, 120))
gaps["when"] = pd.date_range("1974-01-01", periods=20)
check.table(
    shrink(gaps), gaps.astype({"plan": "category"}), of="shrink of text with gaps, booleans and dates",
    check_dtype="exact",
)  # fmt: skip
empty = pd.DataFrame({"n": np.array([], dtype=np.int64), "x": [], "word": pd.Series([], dtype="str")})
check.table(
    shrink(empty), empty.astype({"n": "int8", "word": "category"}), of="shrink of a table without rows",
    check_dtype="exact",
)  # fmt: skip
unsigned = pd.DataFrame({"n": np.array([200, 2], dtype=np.uint8), "m": np.array([5, 2], dtype=np.int32)})
check.table(
    shrink(unsigned),
    unsigned.astype({"n": "int16", "m": "int8"}),
    of="shrink of other integer dtypes",
    check_dtype="exact",
)
### BEGIN HIDDEN TESTS
# contract: "if it has at most one distinct value for every ten rows"
for n_rows, n_distinct, dtype in [
    (30, 3, "category"),
    (29, 3, "str"),
    (30, 4, "str"),
    (10, 1, "category"),
    (9, 1, "str"),
]:
    words = pd.DataFrame({"word": [f"w{row % n_distinct}" for row in range(n_rows)]})
    check.table(
        shrink(words), words.astype(dtype), of=f"shrink of {n_distinct} words in {n_rows} rows", check_dtype="exact"
    )
# contract: "A missing entry is no value: it stays missing, and does not count as distinct."
words = pd.DataFrame({"word": pd.Series(["a", "b", None, "a", None] * 4, dtype="str")})
check.table(shrink(words), words.astype("category"), of="shrink of two words and gaps in 20 rows", check_dtype="exact")
# contract: "Then every integer fits into `int8`, and zero distinct values are few enough."
empty = pd.DataFrame({"n": np.array([], dtype=np.int64), "word": pd.Series([], dtype="str")})
check.table(
    shrink(empty), empty.astype({"n": "int8", "word": "category"}), of="shrink of an empty table", check_dtype="exact"
)
# contract: "Rows, columns, their order, their names and the index stay as well."
odd = pd.DataFrame({"b": [1, 2], "a": [0.5, 1.5]}, index=pd.Index(["y", "x"], name="who"))
check.table(shrink(odd), odd.astype({"b": "int8"}), of="shrink of a table with names as index", check_dtype="exact")
check.that(list(shrink(odd).columns) == ["b", "a"], "shrink: the columns stand in another order than before")
### END HIDDEN TESTS

# %% [markdown]
# ## 2 · What the file really says ●●○ · 35 min · 4 points
#
# Every warehouse has a table in which text stands where numbers and times should be. Reading it right is the least
# glamorous and most valuable hour of many projects.
#
# Write `clean_orders(raw)`. The shop's export was read with `dtype=str`, so each column of `raw` is text:
#
# | column | spellings in the file | wanted |
# |---|---|---|
# | `order_id` | `123`, ` 123`, `123 `, `#123`; always there | `int64` |
# | `ordered_at` | `2023-12-31T22:59:59Z` · `2023-12-31 23:59:59+01:00` (local time with its offset) · `31.12.2023 22:59:59` (day first, in UTC) | time in UTC |
# | `loaded_at` | as `ordered_at`: when the row reached the warehouse | time in UTC |
# | `channel` | `web`, ` Web`, `WEB `: any case, any blanks around it | `web`, `app` or `marketplace` |
# | `total_eur` | `1234.50` · `€1234.50` · `1234,50 EUR` · `1.234,50 €` | `float64` |
#
# - **Money:** the currency sign or `EUR` and blanks are decoration. If there is a comma, it is the decimal mark and
#   points separate thousands (`1.234.567,89 €`); without a comma, a point is the decimal mark. Totals are never negative.
# - An **empty or missing** total or time is missing in the result (`nan`, `NaT`).
# - The **same order** may stand in several rows: an exact copy, or a correction in any column, loaded later. Keep the row
#   with the latest `loaded_at`; if several share it, the one that stands last in the file. A row without `loaded_at`
#   gives way to any row that has one.
# - The result has the five columns in the order of the table above, sorted by `order_id`, with the index 0, 1, 2, …
#   Times have a time zone, UTC; `channel` is text or a category.
# - An **unknown channel** in any row is a mistake: raise a `ValueError` whose message holds the unknown word, without
#   the blanks around it. A channel is always there.
#
# Totals are compared to an absolute 0.001: they are whole cents.
#
# <details><summary>Hint 1 · the idea</summary>One small function per kind of column. Clean text with the
# <code>.str</code> methods first, convert once at the end.</details>
# <details><summary>Hint 2 · the direction</summary>For times, split by spelling: a mask for the day-first rows
# (<code>.str.contains</code> of a pattern such as <code>^\d\d\.\d\d\.</code>), one <code>pd.to_datetime</code> with
# <code>format="%d.%m.%Y %H:%M:%S"</code>, another with <code>format="ISO8601"</code>, both with
# <code>utc=True</code>. For duplicates, sort by what should win and keep the last.</details>
# <details><summary>Hint 3 · almost the code</summary>Money: remove everything but digits, commas and points
# (<code>.str.replace(r"[^0-9,.]", "", regex=True)</code>); where a comma is left, drop the points, then turn the comma
# into a point. Rows: <code>sort_values("loaded_at", kind="stable", na_position="first")</code>, then
# <code>drop_duplicates("order_id", keep="last")</code>.</details>


# %% nbgrader={"grade": false, "grade_id": "w02-q2-clean", "locked": false, "schema_version": 3, "solution": true, "task": false}
def clean_orders(raw: pd.DataFrame) -> pd.DataFrame:
    """Orders with the dtypes they should have, each order once.

    Parameters
    ----------
    raw : DataFrame
        Columns order_id, ordered_at, loaded_at, channel and total_eur (EUR), all text. Left as it is.

    Returns
    -------
    DataFrame
        The same columns as int64, UTC time, UTC time, text or category, float64; sorted by order_id, index 0, 1, 2, …

    Raises
    ------
    ValueError
        If a channel is none of web, app, marketplace; the message holds it.

    Examples
    --------
    >>> row = ["#7", "31.12.2023 22:59:59", "2023-12-31T23:10:00Z", " Web", "1.234,50 €"]
    >>> clean_orders(pd.DataFrame([row], columns=["order_id", "ordered_at", "loaded_at", "channel", "total_eur"]))
       order_id                ordered_at                 loaded_at channel  total_eur
    0         7 2023-12-31 22:59:59+00:00 2023-12-31 23:10:00+00:00     web     1234.5
    """
    ### BEGIN SOLUTION
    clean = pd.DataFrame(
        {
            "order_id": raw["order_id"].str.strip(" #").astype("int64"),
            "ordered_at": _times(raw["ordered_at"]),
            "loaded_at": _times(raw["loaded_at"]),
            "channel": raw["channel"].str.strip().str.lower(),
            "total_eur": _money(raw["total_eur"]),
        }
    )
    if unknown := sorted(set(clean["channel"]) - {"web", "app", "marketplace"}):
        raise ValueError(f"unknown channels: {', '.join(unknown)}")
    by_arrival = clean.sort_values("loaded_at", kind="stable", na_position="first")
    return by_arrival.drop_duplicates("order_id", keep="last").sort_values("order_id", ignore_index=True)


def _times(texts: pd.Series) -> pd.Series:
    day_first = texts.str.match(r"\d\d\.\d\d\.\d{4}")
    times = pd.to_datetime(texts.mask(day_first), format="ISO8601", utc=True)
    return times.fillna(pd.to_datetime(texts.where(day_first), format="%d.%m.%Y %H:%M:%S", utc=True))


def _money(texts: pd.Series) -> pd.Series:
    digits = texts.str.replace(r"[^0-9,.]", "", regex=True)
    decimal_comma = digits.str.replace(".", "").str.replace(",", ".")
    return pd.to_numeric(digits.mask(digits.str.contains(","), decimal_comma)).astype("float64")
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "w02-q2-clean-test", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
columns = ["order_id", "ordered_at", "loaded_at", "channel", "total_eur"]
raw = pd.DataFrame(
    [
        [" 12", "2023-12-31T22:59:59Z", "2023-12-31T23:10:00Z", "web", "1234.50"],
        ["#9", "2023-12-31 23:59:59+01:00", "2024-01-01T00:00:00Z", " App", "€7.05"],
        ["10 ", "05.02.2024 08:00:00", "05.02.2024 08:03:00", "MARKETPLACE ", "1.234.567,50 €"],
        ["11", "2024-02-05T08:00:00Z", "2024-02-05T08:03:00Z", "Web", "99,90 EUR"],
        ["13", "", "2024-02-05T08:04:00Z", "app", None],
        ["14", "2024-02-05T08:05:00Z", "2024-02-05T08:06:00Z", "app", ""],
    ],
    columns=columns,
    dtype="str",
)
before = raw.copy()
orders = clean_orders(raw)
check.unchanged(raw, before, of="raw")
tidy_orders = pd.DataFrame(
    {
        "order_id": [9, 10, 11, 12, 13, 14],
        "ordered_at": pd.to_datetime(
            ["2023-12-31T22:59:59Z", "2024-02-05T08:00:00Z", "2024-02-05T08:00:00Z", "2023-12-31T22:59:59Z", None,
             "2024-02-05T08:05:00Z"],
            utc=True,
        ),
        "loaded_at": pd.to_datetime(
            ["2024-01-01T00:00:00Z", "2024-02-05T08:03:00Z", "2024-02-05T08:03:00Z", "2023-12-31T23:10:00Z",
             "2024-02-05T08:04:00Z", "2024-02-05T08:06:00Z"],
            utc=True,
        ),
        "channel": ["app", "marketplace", "web", "web", "app", "app"],
        "total_eur": [7.05, 1234567.5, 99.9, 1234.5, np.nan, np.nan],
    }
)  # fmt: skip
check.that(
    isinstance(orders, pd.DataFrame) and list(orders.columns) == columns,
    f"clean_orders(raw): expected a DataFrame with the columns {', '.join(columns)}, in this order",
)
check.that(
    all(str(orders[name].dtype).endswith(", UTC]") for name in ("ordered_at", "loaded_at")),
    "clean_orders(raw): ordered_at and loaded_at must be times with the time zone UTC (datetime64[…, UTC])",
)
check.sequence(
    orders.index.tolist(), list(range(6)), of="the index of clean_orders(raw) (reset_index(drop=True) makes a new one)"
)
check.series(
    orders["total_eur"],
    tidy_orders["total_eur"],
    of="total_eur of clean_orders(raw)",
    rtol=0,
    atol=0.001,
    check_index=False,
    causes={
        "points were taken for decimal marks although a comma stands in the text": pd.Series(
            [7.05, np.nan, 99.9, 1234.5, np.nan, np.nan]
        ),
        "the comma was removed: it is the decimal mark": pd.Series([7.05, np.nan, 9990.0, 1234.5, np.nan, np.nan]),
        "the rows are not sorted by order_id": pd.Series([1234.5, 7.05, 1234567.5, 99.9, np.nan, np.nan]),
    },
)
check.table(
    orders.astype({"channel": "str"}),
    tidy_orders,
    of="clean_orders(raw)",
    rtol=0,
    atol=0.001,
    causes={
        "05.02.2024 was read as the second of May: the day comes first": tidy_orders.assign(
            ordered_at=tidy_orders["ordered_at"].where(
                tidy_orders["order_id"] != 10, pd.Timestamp("2024-05-02T08:00:00Z")
            ),
            loaded_at=tidy_orders["loaded_at"].where(
                tidy_orders["order_id"] != 10, pd.Timestamp("2024-05-02T08:03:00Z")
            ),
        ),
        "the offset was cut off: 23:59:59+01:00 is 22:59:59 in UTC": tidy_orders.assign(
            ordered_at=tidy_orders["ordered_at"].where(
                tidy_orders["order_id"] != 9, pd.Timestamp("2023-12-31T23:59:59Z")
            )
        ),
    },
)
check.raises(ValueError, clean_orders, raw.assign(channel=[" Fax", *before["channel"][1:]]), mentions=["fax"])
### BEGIN HIDDEN TESTS
# contract: "If there is a comma, it is the decimal mark and points separate thousands (`1.234.567,89 €`); without a
# contract: comma, a point is the decimal mark."
money = {
    "5": 5.0, "0.99": 0.99, "€1234.50": 1234.5, " 12,50 EUR ": 12.5, "1.234.567,89 €": 1234567.89, "€ 3.10": 3.1,
    "1.000": 1.0, "1.000,00": 1000.0, "EUR 8,05": 8.05, "0,00 €": 0.0, "": np.nan, "12,5": 12.5,
}  # fmt: skip
stamp = "2024-03-01T10:00:00Z"
many = pd.DataFrame(
    [[str(100 + row), stamp, stamp, "web", text] for row, text in enumerate(money)], columns=columns, dtype="str"
)
check.series(
    clean_orders(many)["total_eur"], pd.Series(list(money.values())), of="total_eur", rtol=0, atol=0.001, hide=True
)
# contract: "local time with its offset"
moments = {
    "2024-03-01T10:00:00Z": "2024-03-01T10:00:00Z", "2024-03-01 10:00:00+02:00": "2024-03-01T08:00:00Z",
    "2024-03-01 00:30:00+01:00": "2024-02-29T23:30:00Z", "2024-02-29 20:00:00-05:00": "2024-03-01T01:00:00Z",
    "01.03.2024 10:00:00": "2024-03-01T10:00:00Z", "31.01.2024 23:59:59": "2024-01-31T23:59:59Z", "": None,
}  # fmt: skip
wanted = pd.Series(pd.to_datetime(list(moments.values()), utc=True))
for name, other in [("ordered_at", "loaded_at"), ("loaded_at", "ordered_at")]:
    rows = [{"order_id": str(row), name: text, other: stamp, "channel": "app", "total_eur": "1"} for row, text in
            enumerate(moments)]  # fmt: skip
    made = clean_orders(pd.DataFrame(rows, columns=columns, dtype="str"))
    check.series(made[name], wanted, of=f"{name} of clean_orders", hide=True)
# contract: "Times have a time zone, UTC; `channel` is text or a category."
check.that(set(made["channel"]) == {"app"}, "clean_orders: channel holds something else than the words of the file")
# contract: "raise a `ValueError` whose message holds the unknown word, without the blanks around it."
for word, known in [("Phone ", "phone"), ("we b", "we b"), ("appp", "appp")]:
    check.raises(ValueError, clean_orders, raw.assign(channel=[word, *before["channel"][1:]]), mentions=[known])
# contract: "any case, any blanks around it"
blanks = clean_orders(raw.assign(channel=["  wEb  ", "APP", " app ", "MarketPlace", "web", "aPp"]))
check.sequence(
    blanks["channel"].astype("str").tolist(), ["app", "app", "marketplace", "web", "web", "app"], of="channel"
)
# contract: "An **empty or missing** total or time is missing in the result (`nan`, `NaT`)."
nothing = pd.DataFrame([["1", None, None, "web", None]], columns=columns, dtype="str")
gaps = clean_orders(pd.concat([nothing, raw.iloc[:1]]))
check.that(bool(gaps.iloc[0][["ordered_at", "loaded_at", "total_eur"]].isna().all()), "a missing text became a value")
### END HIDDEN TESTS

# %% nbgrader={"grade": true, "grade_id": "w02-q2-clean-rows", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
again = pd.DataFrame(
    [
        ["5", "2024-02-01T08:00:00Z", "2024-02-01T08:09:00Z", "web", "10.00"],
        ["#5", "2024-02-01T08:00:00Z", "2024-02-03T09:00:00Z", "web", "12.00"],
        ["3", "2024-01-01T08:00:00Z", "2024-01-01 09:00:00+01:00", "app", "1.00"],
        ["3", "2024-01-01T08:00:00Z", "2024-01-01T08:00:00Z", "app", "2.00"],
        [" 5", "2024-02-01T08:00:00Z", "2024-02-02T07:00:00Z", "web", "11.00"],
        ["3", "2024-01-01T08:00:00Z", None, "app", "3.00"],
        ["8", "2024-03-01T08:00:00Z", None, "app", "8.00"],
    ],
    columns=columns,
    dtype="str",
)
kept = clean_orders(again)
check.sequence(kept["order_id"].tolist(), [3, 5, 8], of="order_id of clean_orders(again), each order once")
check.sequence(
    kept["total_eur"].tolist(),
    [2.0, 12.0, 8.0],
    of="total_eur of orders 3, 5 and 8 (of order 3 two rows share the latest loaded_at)",
)
check.sequence(kept.index.tolist(), [0, 1, 2], of="the index of clean_orders(again)")
many = pd.DataFrame(
    [[str(row % 2), f"2024-02-0{1 + row % 7}T08:00:00Z", "2024-02-09T08:00:00Z", "web", f"{row}"] for row in range(40)],
    columns=columns,
    dtype="str",
)
check.sequence(
    clean_orders(many)["total_eur"].tolist(),
    [38.0, 39.0],
    of="total_eur of two orders in forty rows that were all loaded at once (the last in the file wins)",
)
### BEGIN HIDDEN TESTS
# contract: "Keep the row with the latest `loaded_at`; if several share it, the one that stands last in the file."
rng = np.random.default_rng(202)
numbers = rng.permutation(np.repeat(np.arange(40), rng.integers(1, 5, size=40)))
arrivals = pd.Timestamp("2024-05-01", tz="UTC") + pd.to_timedelta(rng.integers(0, 4, size=len(numbers)), unit="h")
log = pd.DataFrame(
    {
        "order_id": numbers.astype(str),
        "ordered_at": "2024-04-30T12:00:00Z",
        "loaded_at": arrivals.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "channel": "web",
        "total_eur": [f"{cents / 100:.2f}" for cents in range(len(numbers))],
    },
    dtype="str",
    index=rng.permutation(len(numbers)),
)
best: dict[int, tuple[pd.Timestamp, float]] = {}
for number, arrival, total in zip(numbers, arrivals, log["total_eur"].astype(float), strict=True):
    if number not in best or arrival >= best[number][0]:
        best[number] = (arrival, total)
kept = clean_orders(log)
check.sequence(kept["order_id"].tolist(), sorted(int(number) for number in best), of="order_id of 40 orders")
check.sequence(
    kept["total_eur"].tolist(),
    [best[number][1] for number in sorted(best)],
    of="total_eur of the rows kept",
    atol=0.001,
)
check.sequence(kept.index.tolist(), list(range(len(best))), of="the index of the result")
# contract: "A row without `loaded_at` gives way to any row that has one."
late = pd.DataFrame(
    [
        ["1", "2024-02-01T08:00:00Z", text, "app", str(total)]
        for total, text in enumerate(["", "01.02.2024 09:00:00", ""])
    ]
    + [["2", "2024-02-01T08:00:00Z", None, "app", str(total)] for total in (7, 8)],
    columns=columns,
    dtype="str",
)
check.sequence(clean_orders(late)["total_eur"].tolist(), [1.0, 8.0], of="total_eur where loaded_at is missing")
# contract: "The **same order** may stand in several rows: an exact copy, or a correction in any column, loaded later."
company = shop.simulate(1_500, seed=5, tables=["orders"])
export = company.raw("orders")[columns]
known = export["channel"].str.strip().str.lower().isin(["web", "app", "marketplace"]).to_numpy()
made = clean_orders(export[known])
truth = company.orders.loc[known, columns].sort_values("loaded_at", kind="stable")
truth = truth.drop_duplicates("order_id", keep="last").sort_values("order_id", ignore_index=True)
truth["channel"] = truth["channel"].str.strip().str.lower()
check.table(
    made.astype({"channel": "str"}), truth, of="clean_orders of the shop's export", rtol=0, atol=0.001, hide=True
)
### END HIDDEN TESTS

# %% [markdown]
# ## 3 · A look-up that keeps its promise ●●○ · 20 min · 3 points
#
# Each row of a table of order lines asks one question of the products: what is number 42? A join answers it, unless
# number 42 stands there twice. Then the join multiplies your rows, and with them your revenue, without a word.
#
# Write `look_up(left, right, key)`: `left`, row for row, with what `right` knows about the `key` of each row.
#
# - The result has **exactly the rows of `left`**, in their order and with their index. Its columns are those of `left`,
#   then those of `right` without the key, in their order, then a boolean column `matched`: whether the key of that row
#   stands in `right`. Where it does not, the columns from `right` are missing.
# - A key that stands in `right` **more than once** is a mistake: raise a `ValueError` whose message holds how many
#   distinct keys do so.
# - A column other than the key that **both tables have** is a mistake: raise a `ValueError` whose message holds its
#   name. So is a column called `matched` in either table. If both mistakes are made, either message will do.
# - A **missing key matches nothing**, not even a missing key (pandas thinks otherwise), and missing keys in `right` do
#   not count as repeated.
# - The key has the same dtype in both tables, and is no category. Either table may have no rows. A column from `right` may change its dtype where a gap demands it (integers become
#   floats); the columns of `left` keep theirs.
#
# <details><summary>Hint 1 · the idea</summary><code>DataFrame.merge</code> can do the look-up; your part is to
# refuse what would break the promise, before or with its help, and to repair what it changes.</details>
# <details><summary>Hint 2 · the direction</summary>Throw the rows of <code>right</code> without a key away first. Then
# <code>right[key].duplicated()</code> tells whether the promise can be kept. <code>merge</code> gives a new index
# 0, 1, 2, …: put that of <code>left</code> back.</details>
# <details><summary>Hint 3 · almost the code</summary><code>known = right.dropna(subset=[key])</code>; count with
# <code>known.loc[known[key].duplicated(), key].nunique()</code>; then <code>left.merge(known, on=key, how="left")</code>,
# <code>.set_axis(left.index)</code>, and <code>left[key].isin(known[key])</code> for <code>matched</code>.</details>


# %% nbgrader={"grade": false, "grade_id": "w02-q3-look-up", "locked": false, "schema_version": 3, "solution": true, "task": false}
def look_up(left: pd.DataFrame, right: pd.DataFrame, key: str) -> pd.DataFrame:
    """Each row of ``left`` with what ``right`` knows about its key.

    Parameters
    ----------
    left : DataFrame of n rows
        With the column ``key``; any index. Left as it is.
    right : DataFrame
        With the column ``key``, each key once. Left as it is.
    key : str
        The column to match.

    Returns
    -------
    DataFrame of n rows
        The columns of ``left``, those of ``right`` without the key, and the boolean column ``matched``.

    Raises
    ------
    ValueError
        If a key stands in ``right`` more than once (the message holds how many do), or if both tables have another
        column in common, or either has a column ``matched`` (the message holds the column's name).

    Examples
    --------
    >>> lines = pd.DataFrame({"product": [42, 7], "quantity": [1, 3]})
    >>> look_up(lines, pd.DataFrame({"product": [42], "name": ["lamp"]}), "product")
       product  quantity  name  matched
    0       42         1  lamp     True
    1        7         3   NaN    False
    """
    ### BEGIN SOLUTION
    known = right.dropna(subset=[key])
    repeated = known.loc[known[key].duplicated(), key].nunique()
    if repeated:
        raise ValueError(f"{repeated} keys stand in the right table more than once: the join would multiply rows")
    shared = (set(left.columns) & set(right.columns)) - {key}
    shared |= {"matched"} & (set(left.columns) | set(right.columns))
    if shared:
        raise ValueError(f"columns in both tables, or reserved: {', '.join(sorted(map(str, shared)))}")
    joined = left.merge(known, on=key, how="left").set_axis(left.index)
    return joined.assign(matched=left[key].isin(known[key]))
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "w02-q3-look-up-test", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
lines = pd.DataFrame({"product": [42, 7, 42, 99], "quantity": [1, 3, 2, 5]}, index=[10, 11, 12, 13])
products = pd.DataFrame({"product": [7, 8, 42], "price": [np.nan, 25.0, 60.0], "name": ["cup", "pan", "lamp"]})
lines_before, products_before = lines.copy(), products.copy()
found = look_up(lines, products, "product")
check.unchanged(lines, lines_before, of="left")
check.unchanged(products, products_before, of="right")
check.that(
    isinstance(found, pd.DataFrame) and len(found) == 4,
    f"look_up of 4 lines: expected 4 rows, got {len(found)}; how='left' keeps what finds no match and leaves out what "
    "nobody asked for",
)
check.sequence(found.index.tolist(), [10, 11, 12, 13], of="the index of look_up (merge makes a new one)")
answered = lines_before.assign(
    price=[60.0, np.nan, 60.0, np.nan], name=["lamp", "cup", "lamp", None], matched=[True, True, True, False]
)
check.table(
    found,
    answered,
    of="look_up(lines, products, 'product')",
    causes={
        "a product whose price is missing was not found: only rows without a key may go": answered.assign(
            name=["lamp", None, "lamp", None], matched=[True, False, True, False]
        ),
        "a missing price was taken for a missing product: matched asks for the key": answered.assign(
            matched=[True, False, True, False]
        ),
        "matched says the opposite": answered.assign(matched=~answered["matched"]),
    },
)
check.that(
    list(found.columns) == ["product", "quantity", "price", "name", "matched"],
    f"look_up: expected the columns of left, of right, then matched; got {', '.join(map(str, found.columns))}",
)
### BEGIN HIDDEN TESTS
rng = np.random.default_rng(203)
# contract: "The result has **exactly the rows of `left`**, in their order and with their index."
for n_left, n_right in [(0, 3), (4, 0), (1, 1), (60, 25), (25, 60)]:
    right = pd.DataFrame({"code": rng.permutation(100)[:n_right], "label": [f"r{row}" for row in range(n_right)]})
    left = pd.DataFrame(
        {"value": rng.normal(size=n_left), "code": rng.integers(0, 100, size=n_left)}, index=rng.permutation(n_left) * 3
    )
    known = dict(zip(right["code"], right["label"], strict=True))
    made = look_up(left, right, "code")
    name = f"look_up of {n_left} rows in {n_right}"
    check.table(made[["value", "code"]], left, of=name)
    check.sequence(
        [None if pd.isna(word) else word for word in made["label"]], [known.get(code) for code in left["code"]], of=name
    )
    check.sequence([bool(yes) for yes in made["matched"]], [code in known for code in left["code"]], of="matched")
    check.that(made["matched"].dtype == bool, "look_up: the column matched must be boolean (dtype bool)")
# contract: "the columns of `left` keep theirs"
typed = pd.DataFrame({"code": np.array([1, 2], dtype=np.int16), "on": [True, False], "n": np.array([1, 2], np.int8)})
made = look_up(typed, pd.DataFrame({"code": np.array([2], dtype=np.int16), "rank": [5]}), "code")
check.table(made[["code", "on", "n"]], typed, of="the columns of left", check_dtype="exact")
# contract: "Its columns are those of `left`, then those of `right` without the key, in their order"
check.sequence(list(made.columns), ["code", "on", "n", "rank", "matched"], of="the columns of look_up")
### END HIDDEN TESTS

# %% nbgrader={"grade": true, "grade_id": "w02-q3-look-up-promise", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
twice = pd.DataFrame({"product": [7, 42, 42, 42, 8, 8], "name": list("abcdef")})
check.raises(ValueError, look_up, lines, twice, "product", mentions=["2"])
check.raises(ValueError, look_up, lines, products.assign(quantity=[1, 1, 1]), "product", mentions=["quantity"])
check.raises(ValueError, look_up, lines, products.assign(matched=True), "product", mentions=["matched"])
check.raises(ValueError, look_up, lines.assign(matched=True), products, "product", mentions=["matched"])
unknown = pd.DataFrame({"code": ["a", None, "b"]})
codes = pd.DataFrame({"code": ["a", None, None], "label": ["first", "nobody", "nothing"]})
check.table(
    look_up(unknown, codes, "code"),
    unknown.assign(label=["first", None, None], matched=[True, False, False]),
    of="look_up where keys are missing on both sides",
    causes={
        "a missing key found a missing key: throw the rows of right without a key away first": unknown.assign(
            label=["first", "nobody", None], matched=[True, True, False]
        ),
        "matched says True for a missing key": unknown.assign(label=["first", None, None], matched=[True, True, False]),
    },
)
### BEGIN HIDDEN TESTS
# contract: "raise a `ValueError` whose message holds how many distinct keys do so"
for repeats in (1, 3, 12):
    numbers = [number for number in range(20, 40) for _ in range(3 if number < 20 + repeats else 1)]
    wrong = pd.DataFrame({"product": numbers, "name": "x"})
    check.raises(ValueError, look_up, lines, wrong, "product", mentions=[str(repeats)])
# contract: "A column other than the key that **both tables have** is a mistake"
check.raises(ValueError, look_up, lines.assign(price=1.0), products, "product", mentions=["price"])
check.raises(ValueError, look_up, lines, products.iloc[:0].assign(quantity=[]), "product", mentions=["quantity"])
# contract: "So is a column called `matched` in either table."
check.raises(ValueError, look_up, lines.assign(matched=True), products, "product", mentions=["matched"])
check.raises(ValueError, look_up, lines, products.assign(matched=1), "product", mentions=["matched"])
# contract: "missing keys in `right` do not count as repeated"
floats = pd.DataFrame({"k": [1.0, np.nan, 3.0, np.nan]}, index=list("wxyz"))
right = pd.DataFrame({"k": [np.nan, 3.0, np.nan], "label": ["no", "three", "no"]})
check.table(
    look_up(floats, right, "k"),
    floats.assign(label=[None, None, "three", None], matched=[False, False, True, False]),
    of="look_up where numbers are missing",
)
# contract: "Where it does not, the columns from `right` are missing."
nowhere = look_up(lines, products.iloc[:0], "product")
check.that(bool(nowhere[["name", "price"]].isna().all().all()), "look_up in an empty table: values appeared")
check.that(not nowhere["matched"].any(), "look_up in an empty table: matched must be False in every row")
# contract: "A join answers it, unless number 42 stands there twice."
company = shop.simulate(1_000, seed=6, faults=False, tables=["order_lines", "products"])
made = look_up(company.order_lines, company.products, "product_id")
check.that(len(made) == len(company.order_lines) and bool(made["matched"].all()), "the shop's lines were not all found")
paid = made["quantity"] * made["list_price_eur"]
by_hand = company.order_lines["product_id"].map(company.products.set_index("product_id")["list_price_eur"])
check.number(
    float(paid.sum()), float((company.order_lines["quantity"] * by_hand).sum()), of="the shop at list prices", rtol=1e-9
)
### END HIDDEN TESTS

# %% [markdown]
# ## 4 · A share of the whole ●○○ · 15 min · 2 points
#
# *Aggregate* makes one row per group; *transform* gives every row its group's result, and so lets a row be compared
# with its own group. Shares, ranks and z-scores within a group are the features that win tabular competitions.
#
# Write `share_of_group(values, groups)`: each value divided by the sum of the values in its group.
#
# - `values` and `groups` are Series with the **same index, in the same order**. The result is a float64 Series with that
#   index. Labels may repeat, so go by position or let `groupby` do so; do not join on them.
# - A **missing value** has a missing share, and is left out of its group's sum.
# - A **missing group** is no group: the shares of its rows are missing.
# - Values are never negative. In a group whose **sum is 0** every share is missing (`nan`, not an error).
# - Integers of any width and floats are welcome; small integers must not wrap around.
#
# Shares are compared to a relative 1e-9.
#
# <details><summary>Hint 1 · the idea</summary>You need, for every row, the sum of its group: as many numbers as there
# are rows.</details>
# <details><summary>Hint 2 · the direction</summary><code>values.groupby(groups).transform("sum")</code> is that Series;
# look at what it holds where the group is missing.</details>
# <details><summary>Hint 3 · almost the code</summary>Convert <code>values</code> to float first. 0/0 is
# <code>nan</code> by itself in pandas.</details>


# %% nbgrader={"grade": false, "grade_id": "w02-q4-share", "locked": false, "schema_version": 3, "solution": true, "task": false}
def share_of_group(values: pd.Series, groups: pd.Series) -> pd.Series:
    """Each value as a share of its group's sum.

    Parameters
    ----------
    values : Series of numbers, length n
        Not negative; some may be missing. Left as it is.
    groups : Series of length n
        The group of each value, with the same index; some may be missing. Left as it is.

    Returns
    -------
    Series of floats, length n
        Between 0 and 1, without a unit; missing where the value or the group is, or where the group's sum is 0.

    Examples
    --------
    >>> share_of_group(pd.Series([1, 3, 5]), pd.Series(["a", "a", "b"])).tolist()
    [0.25, 0.75, 1.0]
    """
    ### BEGIN SOLUTION
    return values / values.groupby(groups).transform("sum")
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "w02-q4-share-test", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
values = pd.Series([1.0, 3.0, 5.0, np.nan, 4.0, 0.0], index=list("uvwxyz"))
groups = pd.Series(["a", "a", "b", "a", None, "c"], index=list("uvwxyz"))
before = values.copy()
shares = share_of_group(values, groups)
check.unchanged(values, before, of="values")
check.series(
    shares,
    pd.Series([0.25, 0.75, 1.0, np.nan, np.nan, np.nan], index=list("uvwxyz")),
    of="share_of_group(values, groups)",
    rtol=1e-9,
    causes={
        "these are shares of the whole column: sum within each group": before / before.sum(),
        "the missing group was treated as a group": pd.Series(
            [0.25, 0.75, 1.0, np.nan, 1.0, np.nan], index=list("uvwxyz")
        ),
        "a missing value was taken for 0": pd.Series([0.25, 0.75, 1.0, 0.0, np.nan, np.nan], index=list("uvwxyz")),
        "the share of a group whose sum is 0 is missing, not 0": pd.Series(
            [0.25, 0.75, 1.0, np.nan, np.nan, 0.0], index=list("uvwxyz")
        ),
        "this divides by the group's mean": pd.Series([0.5, 1.5, 1.0, np.nan, np.nan, np.nan], index=list("uvwxyz")),
    },
)
small = pd.Series(np.array([100, 100, 50, 0], dtype=np.int8), index=[0, 0, 1, 1])
same = pd.Series(["x", "x", "y", "y"], index=[0, 0, 1, 1])
check.series(
    share_of_group(small, same),
    pd.Series([0.5, 0.5, 1.0, 0.0], index=[0, 0, 1, 1]),
    of="shares of small integers under labels that repeat",
    rtol=1e-9,
    causes={"100 + 100 wrapped around in an int8": pd.Series([-100 / 56, -100 / 56, 1.0, 0.0], index=[0, 0, 1, 1])},
)
records = load("randhie")  # a person's share of all visits to a doctor under the same insurance plan
plan = records["lncoins"].round(2)
visits = share_of_group(records["mdvis"], plan)
check.number(float(visits.sum()), plan.nunique(), of="the sum of all shares, one for each plan", rtol=1e-6)
check.number(float(visits[records["mdvis"] == 77].iloc[0]), 77 / 34_350, of="the share of 77 visits", rtol=1e-6)
### BEGIN HIDDEN TESTS
# contract: "small integers must not wrap around"
small = pd.Series(np.array([200, 100, 50, 0], dtype=np.uint8))
same = pd.Series(["x", "x", "y", "y"])
check.series(share_of_group(small, same), pd.Series([2 / 3, 1 / 3, 1.0, 0.0]), of="shares of small integers", rtol=1e-9)
# contract: "Labels may repeat, so go by position or let `groupby` do so; do not join on them."
repeated = pd.Series([1, 2, 3, 4], index=[0, 0, 1, 1])
check.series(
    share_of_group(repeated, pd.Series(["a", "b", "a", "b"], index=[0, 0, 1, 1])),
    pd.Series([1 / 4, 2 / 6, 3 / 4, 4 / 6], index=[0, 0, 1, 1]),
    of="shares where labels repeat",
    rtol=1e-9,
)
# contract: "each value divided by the sum of the values in its group"
records = load("randhie")
plan = records["lncoins"].round(2)
totals: dict[float, float] = {}
for group, visits in zip(plan, records["mdvis"], strict=True):
    totals[group] = totals.get(group, 0.0) + visits
by_hand = pd.Series([visits / totals[group] for group, visits in zip(plan, records["mdvis"], strict=True)])
made = share_of_group(records["mdvis"], plan)
check.series(made, by_hand, of="each person's share of the visits in their plan", rtol=1e-9)
# contract: "A **missing value** has a missing share, and is left out of its group's sum."
rng = np.random.default_rng(204)
amounts = pd.Series(np.where(rng.random(200) < 0.2, np.nan, rng.gamma(2.0, size=200)), index=rng.permutation(200))
letters = pd.Series(rng.choice(["a", "b", "c", None], size=200), index=amounts.index, dtype="str")
wanted = []
for amount, letter in zip(amounts, letters, strict=True):
    wanted.append(np.nan if pd.isna(letter) else amount / amounts[(letters == letter).to_numpy()].sum())
check.series(share_of_group(amounts, letters), pd.Series(wanted, index=amounts.index), of="shares with gaps", rtol=1e-9)
# contract: "In a group whose **sum is 0** every share is missing (`nan`, not an error)."
check.series(
    share_of_group(pd.Series([0, 0, 2]), pd.Series([1, 1, 2])), pd.Series([np.nan, np.nan, 1.0]), of="shares of nothing"
)
check.series(
    share_of_group(pd.Series([], dtype="float64"), pd.Series([], dtype="str")),
    pd.Series([], dtype="float64"),
    of="shares of no rows",
    check_index=False,
)
### END HIDDEN TESTS

# %% [markdown]
# ## 5 · From a wide table to a tidy one ●●○ · 25 min · 3 points
#
# People like tables with a column for each month; tools want one row per measurement. And the plain temperature of a
# sea says *summer*; how unusual it is for the season is what foretells floods in Peru.
#
# Write `tidy_anomalies(wide)`. `wide` has a column `year` (integers) and some or all of the columns `jan`, `feb`, …,
# `dec` (°C), in any order.
#
# - The result has **one row per measured month**, with the columns `date` (the first day of the month, `datetime64`
#   without time zone), `temperature` (°C) and `anomaly` (°C), sorted by `date`, index 0, 1, 2, …
# - A missing temperature is no measurement: its row is left out.
# - The **anomaly** is the temperature minus the mean of that calendar month over all years that were measured.
# - Years may stand in any order, and years may be lacking. No year stands twice. Other columns are ignored (none is
#   called `month`, `date`, `temperature` or `anomaly`).
#
# Values are compared to an absolute 1e-9.
#
# <details><summary>Hint 1 · the idea</summary><code>melt</code> turns columns into rows; then a date has to be made of
# a year and the name of a month.</details>
# <details><summary>Hint 2 · the direction</summary>A dictionary from name to number (<code>{"jan": 1, …}</code>) and
# <code>map</code>. <code>pd.to_datetime</code> takes a table with the columns <code>year</code>, <code>month</code>
# and <code>day</code>. The mean per calendar month, for every row: <code>transform</code>.</details>
# <details><summary>Hint 3 · almost the code</summary><code>wide.melt(id_vars="year", value_vars=present,
# var_name="month", value_name="temperature").dropna(subset=["temperature"])</code>, where <code>present</code> lists
# the months that <code>wide</code> has.</details>


# %% nbgrader={"grade": false, "grade_id": "w02-q5-tidy", "locked": false, "schema_version": 3, "solution": true, "task": false}
def tidy_anomalies(wide: pd.DataFrame) -> pd.DataFrame:
    """One row per measured month, with its departure from the usual temperature of that month.

    Parameters
    ----------
    wide : DataFrame
        One row per year: column ``year``, and temperatures in °C in columns ``jan`` to ``dec``, or some of them. Left
        as it is.

    Returns
    -------
    DataFrame
        ``date`` (first of the month), ``temperature`` (°C) and ``anomaly`` (°C), sorted by date, index 0, 1, 2, …

    Examples
    --------
    >>> tidy_anomalies(pd.DataFrame({"year": [2000, 2001], "jan": [20.0, 24.0]}))
            date  temperature  anomaly
    0 2000-01-01         20.0     -2.0
    1 2001-01-01         24.0      2.0
    """
    ### BEGIN SOLUTION
    numbers = {name: number for number, name in enumerate(MONTHS, start=1)}
    present = [name for name in MONTHS if name in wide.columns]
    tidy = wide.melt(id_vars="year", value_vars=present, var_name="month", value_name="temperature")
    tidy = tidy.dropna()
    tidy["date"] = pd.to_datetime(tidy[["year"]].assign(month=tidy["month"].map(numbers), day=1))
    usual = tidy.groupby("month")["temperature"].transform("mean")
    tidy["anomaly"] = tidy["temperature"] - usual
    return tidy[["date", "temperature", "anomaly"]].sort_values("date", ignore_index=True)


MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
### END SOLUTION


# %% tags=["only-draws"]
sea = attempt(tidy_anomalies, load("elnino"))
fig, ax = plt.subplots(figsize=(11, 3.8))
if isinstance(sea, pd.DataFrame):
    colours = np.where(sea["anomaly"] > 0, plotting.PALETTE["vermillion"], plotting.PALETTE["blue"])
    ax.bar(sea["date"], sea["anomaly"], width=32, color=colours)
ax.set(title="El Niño years stand out once the season is taken away", xlabel="year", ylabel="anomaly (°C)")
plt.show()

# %% nbgrader={"grade": true, "grade_id": "w02-q5-tidy-test", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
wide = pd.DataFrame(
    {"feb": [26.0, 24.0, np.nan], "year": [2002, 2000, 2001], "jan": [23.0, 20.0, 26.0], "buoy": [7.0, 8.0, 9.0]}
)
before = wide.copy()
tidy = tidy_anomalies(wide)
check.unchanged(wide, before, of="wide")
five = pd.DataFrame(
    {
        "date": pd.to_datetime(["2000-01-01", "2000-02-01", "2001-01-01", "2002-01-01", "2002-02-01"]),
        "temperature": [20.0, 24.0, 26.0, 23.0, 26.0],
        "anomaly": [-3.0, -1.0, 3.0, 0.0, 1.0],
    }
)
check.that(
    isinstance(tidy, pd.DataFrame) and list(tidy.index) == list(range(len(tidy))),
    "tidy_anomalies(wide): the index must be 0, 1, 2, … (ignore_index=True while sorting, or reset_index(drop=True))",
)
check.that(
    list(tidy.columns) == ["date", "temperature", "anomaly"],
    "tidy_anomalies(wide): expected a DataFrame with the columns date, temperature, anomaly, in this order",
)
check.table(
    tidy,
    five,
    of="tidy_anomalies(wide)",
    rtol=0,
    atol=1e-9,
    causes={
        "the rows are not sorted by date": five.iloc[[3, 0, 2, 4, 1]].reset_index(drop=True),
        "the anomaly is taken from the mean of all months: take one mean per calendar month": five.assign(
            anomaly=five["temperature"] - 23.8
        ),
        "the anomaly is taken from the mean of the year: take one mean per calendar month": five.assign(
            anomaly=[-2.0, 2.0, 0.0, -1.5, 1.5]
        ),
        "the sign of the anomaly is turned around": five.assign(anomaly=-five["anomaly"]),
    },
)
### BEGIN HIDDEN TESTS
names = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]


def by_hand(table: pd.DataFrame) -> pd.DataFrame:
    """The tidy table by two plain loops."""
    rows = []
    for month, name in enumerate(names, start=1):
        if name in table.columns:
            measured = [(year, value) for year, value in zip(table["year"], table[name], strict=True) if value == value]
            usual = sum(value for _, value in measured) / max(1, len(measured))
            rows += [
                (pd.Timestamp(year=int(year), month=month, day=1), value, value - usual) for year, value in measured
            ]
    return pd.DataFrame(sorted(rows), columns=["date", "temperature", "anomaly"])


# contract: "The **anomaly** is the temperature minus the mean of that calendar month over all years that were measured."
sea = load("elnino")
check.table(tidy_anomalies(sea), by_hand(sea), of="tidy_anomalies of the El Niño record", rtol=0, atol=1e-9)
# contract: "Years may stand in any order, and years may be lacking."
rng = np.random.default_rng(205)
mixed = sea.iloc[rng.permutation(len(sea))[:20]].copy()
mixed.loc[mixed.index[:7], "sep"] = np.nan
check.table(tidy_anomalies(mixed), by_hand(mixed), of="tidy_anomalies of twenty shuffled years", rtol=0, atol=1e-9)
# contract: "some or all of the columns `jan`, `feb`, …, `dec` (°C), in any order"
some = mixed[["dec", "aug", "year", "may"]]
check.table(tidy_anomalies(some), by_hand(some), of="tidy_anomalies of three months", rtol=0, atol=1e-9)
# contract: "Other columns are ignored (none is called `month`, `date`, `temperature` or `anomaly`)."
check.table(
    tidy_anomalies(some.assign(station="Puerto Chicama", depth=5)), by_hand(some), of="other columns", rtol=0, atol=1e-9
)
# contract: "A missing temperature is no measurement: its row is left out."
alone = pd.DataFrame({"year": [1999, 1998], "mar": [np.nan, 21.5]})
check.table(tidy_anomalies(alone), by_hand(alone), of="tidy_anomalies of one measurement", rtol=0, atol=1e-9)
### END HIDDEN TESTS

# %% [markdown]
# ## 6 · A month needs enough weeks ●●○ · 20 min · 3 points
#
# Resampling fills the calendar; it does not fill the gaps. A monthly mean from one week in four looks exactly like an
# honest one, so the code has to refuse it.
#
# Write `monthly_mean(series, at_least)`: the mean of each calendar month, where at least `at_least` values were
# measured.
#
# - `series` holds floats over a `DatetimeIndex` without time zone; `nan` means not measured. Dates may stand in any
#   order and may repeat: each value counts.
# - The result has **every month from the first to the last date** of the index, measured or not: a float Series, its
#   index the first days of the months, in order and without time zone. It has the name of `series`.
# - Where a month has **fewer than `at_least` measured values**, its mean is `nan`. `at_least` is an `int` of 1 or
#   more; for any other `int` raise a `ValueError` whose message holds it.
# - An empty series gives an empty one.
#
# Means are compared to a relative 1e-9.
#
# <details><summary>Hint 1 · the idea</summary>You need two numbers for each month: the mean and how many values made
# it.</details>
# <details><summary>Hint 2 · the direction</summary><code>series.resample("MS")</code> groups by calendar month and
# labels with its first day; months without any row appear too. Which of <code>count</code> and <code>size</code> leaves
# out what is missing?</details>
# <details><summary>Hint 3 · almost the code</summary><code>months.mean().where(months.count() >= at_least)</code></details>


# %% nbgrader={"grade": false, "grade_id": "w02-q6-monthly", "locked": false, "schema_version": 3, "solution": true, "task": false}
def monthly_mean(series: pd.Series, at_least: int) -> pd.Series:
    """Means of calendar months, missing where too little was measured.

    Parameters
    ----------
    series : Series of floats
        Over a DatetimeIndex in any order; ``nan`` where nothing was measured. Left as it is.
    at_least : int
        How many measured values a month must have, 1 or more.

    Returns
    -------
    Series of floats
        One value for each month from the first to the last date, in the unit of ``series``, at the month's first day.

    Raises
    ------
    ValueError
        If ``at_least`` is smaller than 1; the message holds it.

    Examples
    --------
    >>> days = pd.to_datetime(["2024-01-03", "2024-01-20", "2024-03-05"])
    >>> monthly_mean(pd.Series([1.0, 2.0, 5.0], index=days), at_least=2).tolist()
    [1.5, nan, nan]
    """
    ### BEGIN SOLUTION
    if at_least < 1:
        raise ValueError(f"at_least must be 1 or more, got {at_least}")
    months = series.resample("MS")
    return months.mean().where(months.count() >= at_least)
    ### END SOLUTION


# %% tags=["only-draws"]
weekly = load("co2")["co2"]
fig, axes = plt.subplots(1, 2, figsize=(11, 3.6), sharey=True, layout="constrained")
for ax, least in zip(axes, (1, 4), strict=True):
    ax.plot(weekly["1958":"1965"], ".", color="0.8", label="weekly measurement")
    if isinstance(made := attempt(monthly_mean, weekly["1958":"1965"], least), pd.Series):
        ax.plot(made, color="C1", marker="o", markersize=3, label=f"months with at least {least}")
    ax.set(title=f"A month needs at least {least}", xlabel="year", ylabel="CO₂ (ppm)")
    ax.legend(loc="lower right")
plt.show()

# %% nbgrader={"grade": true, "grade_id": "w02-q6-monthly-test", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
days = pd.to_datetime(
    ["2024-03-05", "2024-01-03", "2024-01-20", "2024-01-27", "2024-05-31", "2024-03-05", "2024-05-01", "2024-06-09"]
)
level = pd.Series([5.0, 1.0, 2.0, np.nan, 8.0, 7.0, 10.0, np.nan], index=days, name="level")
before = level.copy()
months = pd.date_range("2024-01-01", "2024-06-01", freq="MS")
monthly = monthly_mean(level, 2)
check.unchanged(level, before, of="series")
check.series(
    monthly,
    pd.Series([1.5, np.nan, 6.0, np.nan, 9.0, np.nan], index=months, name="level"),
    of="monthly_mean(level, at_least=2)",
    rtol=1e-9,
    check_name=True,
    causes={
        "months without a row are lacking": pd.Series([1.5, 6.0, 9.0, np.nan], index=months[[0, 2, 4, 5]]),
        "a month at the end in which nothing was measured is lacking": pd.Series(
            [1.5, np.nan, 6.0, np.nan, 9.0], index=months[:5]
        ),
        "the months are labelled with their last day: ask for month starts ('MS')": pd.Series(
            [1.5, np.nan, 6.0, np.nan, 9.0, np.nan], index=months + pd.offsets.MonthEnd()
        ),
        "a missing value was taken for 0": pd.Series([1.0, np.nan, 6.0, np.nan, 9.0, np.nan], index=months),
        "two values of one day were taken for one": pd.Series([1.5, np.nan, np.nan, np.nan, 9.0, np.nan], index=months),
    },
)
check.that(monthly.index.tz is None, "monthly_mean: the index has a time zone, and that of series has none")
check.series(
    monthly_mean(level, 3),
    pd.Series([np.nan] * 6, index=months),
    of="monthly_mean(level, at_least=3)",
    causes={"a value that is missing was counted as measured": pd.Series([1.5, *[np.nan] * 5], index=months)},
)
### BEGIN HIDDEN TESTS
weekly = load("co2")["co2"]
# contract: "Where a month has **fewer than `at_least` measured values**, its mean is `nan`."
for least in (1, 3, 4, 5):
    wanted = {}
    for start in pd.date_range("1958-03-01", "2001-12-01", freq="MS"):
        here = (weekly.index.year == start.year) & (weekly.index.month == start.month)
        measured = weekly.to_numpy()[here]
        measured = measured[~np.isnan(measured)]
        wanted[start] = measured.sum() / len(measured) if len(measured) >= least else np.nan
    check.series(
        monthly_mean(weekly, least), pd.Series(wanted), of=f"monthly CO₂ from at least {least} weeks", rtol=1e-9
    )
# contract: "Dates may stand in any order and may repeat: each value counts."
rng = np.random.default_rng(206)
when = pd.Timestamp("2023-11-01") + pd.to_timedelta(rng.integers(0, 500, size=90), unit="D")
values = pd.Series(np.where(rng.random(90) < 0.3, np.nan, rng.normal(size=90)), index=when, name="x")
table = pd.DataFrame({"month": when.to_period("M"), "value": values.to_numpy()})
everywhere = pd.period_range(table["month"].min(), table["month"].max(), freq="M")
wanted = []
for month in everywhere:
    measured = [
        value for own, value in zip(table["month"], table["value"], strict=True) if own == month and value == value
    ]
    wanted.append(sum(measured) / len(measured) if len(measured) >= 3 else np.nan)
check.series(
    monthly_mean(values, 3), pd.Series(wanted, index=everywhere.to_timestamp(), name="x"), of="means of shuffled days",
    rtol=1e-9, check_name=True,
)  # fmt: skip
# contract: "The result has **every month from the first to the last date** of the index, measured or not"
silent = pd.Series([np.nan, 2.0, np.nan], index=pd.to_datetime(["2020-01-31", "2020-02-29", "2020-04-30"]))
check.series(
    monthly_mean(silent, 1),
    pd.Series([np.nan, 2.0, np.nan, np.nan], index=pd.date_range("2020-01-01", periods=4, freq="MS")),
    of="monthly means at the edges of a record",
)
### END HIDDEN TESTS

# %% nbgrader={"grade": true, "grade_id": "w02-q6-monthly-edges", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check.raises(ValueError, monthly_mean, level, 0, mentions=["0"])
check.raises(ValueError, monthly_mean, level, -3, mentions=["-3"])
nothing = pd.Series([], index=pd.DatetimeIndex([]), dtype="float64", name="level")
check.that(
    isinstance(monthly_mean(nothing, 1), pd.Series) and len(monthly_mean(nothing, 1)) == 0,
    "monthly_mean of an empty series: expected an empty Series",
)
### BEGIN HIDDEN TESTS
# contract: "`at_least` is an `int` of 1 or more; for any other `int` raise a `ValueError` whose message holds it."
check.raises(ValueError, monthly_mean, level, -7, mentions=["-7"])
check.raises(ValueError, monthly_mean, nothing, 0, mentions=["0"])
# contract: "where at least `at_least` values were measured"
check.number(float(monthly_mean(level, 1).iloc[0]), 1.5, of="the mean of January from at least one value")
one = pd.Series([3.0], index=pd.to_datetime(["2024-02-29"]))
check.series(monthly_mean(one, 1), pd.Series([3.0], index=pd.to_datetime(["2024-02-01"])), of="one value")
check.series(
    monthly_mean(one, 2), pd.Series([np.nan], index=pd.to_datetime(["2024-02-01"])), of="one value, two needed"
)
### END HIDDEN TESTS

# %% [markdown]
# ## 7 · One page for the manager ●●● · 40 min · 4 points
#
# Analyses die when the figure and the numbers in the text come from different cells. One function that returns both
# cannot contradict itself, and next month it runs again.
#
# Write `one_page(sales)`, which returns two things, `(numbers, fig)`.
#
# `sales` has one row per order line: `ordered_at` (time, UTC), `category` (text) and `revenue_eur` (€, floats, some
# missing, none negative). Other columns are ignored. There is at least one row, and neither a time nor a category is
# missing.
#
# - **`numbers`** is a DataFrame of revenue (€): one row for every calendar month (in UTC) from the first to the last
#   row of `sales`, one column for every category in it, in alphabetical order. The index holds the first days of the months (`datetime64`
#   without time zone), in order. Where nothing was sold stands `0.0`; missing revenue is left out of the sums.
# - **`fig`** is a matplotlib Figure of small multiples: one axes per category, in the order of the columns, with the
#   category as its title (other words may stand beside it).
#   - Each axes holds **one line** and nothing else: the category's column of `numbers` against the index. (Pale lines
#     of the others behind it, as in the lesson, would help the eye; here they are left out so that the page can be
#     checked.)
#   - All axes have the **same limits on y**: from 0 to 1.1 times the largest number of the table (to 1 if all are 0).
#     Otherwise the eye compares what cannot be compared.
#   - The figure's own title (`fig.suptitle`) holds the total revenue in whole euros with commas for the thousands, as
#     `f"{total:,.0f}"` writes it. Each axes, or the figure (`fig.supxlabel`, `fig.supylabel`), has the labels `month`
#     and `revenue (€)`.
#   - No axes is empty. `grid_of_axes(n)` below gives you a figure and `n` axes in rows of three; or make your own, and
#     remove what is left over (`ax.remove()`).
#
# Numbers and lines are compared to an absolute 0.005 €, limits to a relative 1e-6.
#
# <details><summary>Hint 1 · the idea</summary>First the table, then draw nothing but the table.</details>
# <details><summary>Hint 2 · the direction</summary>A month: <code>.dt.tz_localize(None).dt.to_period("M")</code>, later
# <code>.to_timestamp()</code>. <code>pivot_table(…, aggfunc="sum", fill_value=0.0)</code> makes a column per category;
# a <code>reindex</code> over <code>pd.period_range</code> brings the silent months back.</details>
# <details><summary>Hint 3 · almost the code</summary><code>fig, axes = grid_of_axes(len(numbers.columns))</code>, then
# one <code>ax.plot(numbers.index, numbers[name])</code> per pair of axes and name, and
# <code>ax.set_ylim(0, 1.1 * top)</code>.</details>


# %%
def grid_of_axes(n: int) -> tuple[Figure, list[plt.Axes]]:
    """A new figure with ``n`` axes in rows of three, which share their months; the dates are tilted to fit."""
    n_rows = -(-n // 3)
    fig, axes = plt.subplots(n_rows, 3, figsize=(11, 2 * n_rows + 1), sharex=True, squeeze=False, layout="constrained")
    for ax in axes.ravel()[n:]:
        ax.remove()
    for ax in axes.ravel()[:n]:
        ax.tick_params(axis="x", rotation=45, labelbottom=True)
    return fig, list(axes.ravel()[:n])


# %% nbgrader={"grade": false, "grade_id": "w02-q7-page", "locked": false, "schema_version": 3, "solution": true, "task": false}
def one_page(sales: pd.DataFrame) -> tuple[pd.DataFrame, Figure]:
    """Monthly revenue per category, as numbers and as small multiples.

    Parameters
    ----------
    sales : DataFrame
        ``ordered_at`` (UTC), ``category`` and ``revenue_eur`` (€), one row per order line. Left as it is.

    Returns
    -------
    numbers : DataFrame
        Revenue (€), a row for each month, a column for each category.
    fig : Figure
        One axes per category, all with the same limits on y.

    Examples
    --------
    >>> numbers, fig = one_page(sales)
    >>> len(fig.axes) == len(numbers.columns)
    True
    """
    ### BEGIN SOLUTION
    month = sales["ordered_at"].dt.tz_convert("UTC").dt.tz_localize(None).dt.to_period("M")
    table = sales.assign(month=month)
    sums = table.pivot_table(index="month", columns="category", values="revenue_eur", aggfunc="sum", fill_value=0.0)
    numbers = sums.reindex(pd.period_range(month.min(), month.max()), fill_value=0.0)
    numbers.index = numbers.index.to_timestamp()

    top = numbers.to_numpy().max()
    fig, axes = grid_of_axes(len(numbers.columns))
    for ax, name in zip(axes, numbers.columns, strict=True):
        ax.plot(numbers.index, numbers[name])
        ax.set(title=name, ylim=(0, 1.1 * top or 1))
    fig.suptitle(f"Revenue by category: {numbers.to_numpy().sum():,.0f} €")
    fig.supxlabel("month")
    fig.supylabel("revenue (€)")
    return numbers, fig
    ### END SOLUTION


# %% [markdown]
# **Worth keeping.** The page for the shop's two years, from clean tables. Can you see when people give presents, and what
# a shared scale says about where the money is?

# %% tags=["only-draws"]
company = shop.simulate(4_000, seed=2, faults=False, tables=["orders", "order_lines", "products"])
sold = company.order_lines.merge(company.products[["product_id", "category"]], on="product_id", validate="many_to_one")
sold = sold.merge(company.orders[["order_id", "ordered_at"]], on="order_id", validate="many_to_one")
page = attempt(one_page, sold.assign(revenue_eur=sold["quantity"] * sold["unit_price_eur"]))
plt.show()

# %% nbgrader={"grade": true, "grade_id": "w02-q7-page-numbers", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
stamps = ["2024-03-31T23:30:00Z", "2024-01-05T10:00:00Z", "2024-01-31T22:00:00Z", "2024-01-31T22:00:00Z",
          "2024-03-02T09:00:00Z", "2024-01-06T08:00:00Z", "2024-04-02T08:00:00Z"]  # fmt: skip
sales = pd.DataFrame(
    {
        "ordered_at": pd.to_datetime(stamps, utc=True),
        "category": ["toys", "books", "toys", "books", "books", "books", "shoes"],
        "revenue_eur": [20_000.0, 10_000.0, 5_500.0, np.nan, 2_250.0, 4_000.0, np.nan],
        "order_id": [5, 1, 2, 2, 4, 6, 7],
    }
)
before = sales.copy()
months = pd.date_range("2024-01-01", periods=4, freq="MS")
wanted = pd.DataFrame(
    {"books": [14_000.0, 0.0, 2_250.0, 0.0], "shoes": [0.0] * 4, "toys": [5_500.0, 0.0, 20_000.0, 0.0]}, index=months
)
numbers, fig = one_page(sales)
plt.close("all")
check.unchanged(sales, before, of="sales")
check.table(
    numbers,
    wanted,
    of="numbers of one_page(sales)",
    rtol=0,
    atol=0.005,
    causes={
        "months in which nothing was sold are lacking": wanted.iloc[[0, 2, 3]],
        "a row without revenue was thrown away, and with it a month and a category": wanted.iloc[:3][["books", "toys"]],
        "these are means: revenue is added up": wanted.replace(14_000.0, 7_000.0),
        "where nothing was sold stands 0.0, not a missing value": wanted.where(wanted > 0),
    },
)
check.sequence(list(numbers.columns), ["books", "shoes", "toys"], of="the columns of numbers")
check.that(numbers.index.tz is None, "numbers: the index has a time zone; .dt.tz_localize(None) takes it off")
### BEGIN HIDDEN TESTS
# contract: "one row for every calendar month (in UTC) from the first to the last row of `sales`"
rng = np.random.default_rng(207)
for n_rows, words in [(1, ["solo"]), (80, ["c", "a", "b"]), (300, [f"cat {letter}" for letter in "gfedcba"])]:
    when = pd.Timestamp("2022-11-15", tz="UTC") + pd.to_timedelta(rng.integers(0, 400 * 86_400, size=n_rows), unit="s")
    table = pd.DataFrame(
        {
            "revenue_eur": np.where(rng.random(n_rows) < 0.1, np.nan, rng.gamma(2.0, 30.0, size=n_rows).round(2)),
            "category": rng.choice(words, size=n_rows),
            "ordered_at": when,
        }
    )
    sums: dict[tuple[pd.Timestamp, str], float] = {}
    for moment, word, amount in zip(table["ordered_at"], table["category"], table["revenue_eur"], strict=True):
        key = (pd.Timestamp(year=moment.year, month=moment.month, day=1), word)
        sums[key] = sums.get(key, 0.0) + (0.0 if amount != amount else amount)
    starts = pd.date_range(min(month for month, _ in sums), max(month for month, _ in sums), freq="MS")
    by_hand = pd.DataFrame(
        {word: [sums.get((month, word), 0.0) for month in starts] for word in sorted({word for _, word in sums})},
        index=starts,
    )
    made, picture = one_page(table)
    plt.close("all")
    check.table(made, by_hand, of=f"numbers of {n_rows} order lines", rtol=0, atol=0.005)
    # contract: "one column for every category in it, in alphabetical order"
    check.sequence(list(made.columns), list(by_hand.columns), of="the columns of numbers")
    # contract: "Each axes holds **one line** and nothing else: the category's column of `numbers` against the index."
    check.figure(
        picture, n_axes=by_hand.shape[1], n_lines=by_hand.shape[1], atol=0.005,
        lines=[(by_hand.index, by_hand[word]) for word in by_hand], of="the figure",
    )  # fmt: skip
### END HIDDEN TESTS

# %% nbgrader={"grade": true, "grade_id": "w02-q7-page-figure", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
numbers, fig = one_page(sales)
plt.close("all")
check.figure(
    fig,
    x_label="month",
    y_label="revenue (€)",
    n_axes=3,
    n_lines=3,
    lines=[(months, wanted[name]) for name in wanted],
    atol=0.005,
    of="the figure of one_page(sales)",
)
check.that(
    "41,750" in fig.get_suptitle(),
    f"the figure's own title (fig.suptitle) must hold the total, 41,750; it says {fig.get_suptitle()!r}",
)
for ax, name in zip(fig.axes, wanted, strict=True):
    others = [other for other in wanted if other != name and other in words_above(ax)]
    check.that(
        name in words_above(ax) and not others,
        f"the axes of {name} needs the word {name} in its title, and no other category; it says {words_above(ax)!r}",
    )
    check.array(
        np.asarray(ax.lines[0].get_ydata(), dtype=np.float64),
        wanted[name].to_numpy(),
        of=f"the line of {name}",
        atol=0.005,
    )
    check.array(
        np.array(ax.get_ylim()),
        [0.0, 22_000.0],
        of=f"the limits on y of {name} (from 0 to 1.1 times the largest number of all categories)",
        rtol=1e-6,
        causes={"these are limits for this category alone: all axes have the same": [0.0, 15_400.0]},
    )
_, flat = one_page(before.assign(revenue_eur=0.0))
plt.close("all")
check.array(np.array(flat.axes[0].get_ylim()), [0.0, 1.0], of="the limits on y where all revenue is 0")
### BEGIN HIDDEN TESTS
from io import BytesIO  # noqa: E402

for factor, total in [(1.0, "41,750"), (123.456, "5,154,288"), (4e-5, "2"), (0.0, "0")]:
    made, picture = one_page(before.assign(revenue_eur=before["revenue_eur"] * factor))
    plt.close("all")
    # contract: "holds the total revenue in whole euros with commas for the thousands"
    check.that(
        total in picture.get_suptitle(), f"the figure's title should hold {total}, got {picture.get_suptitle()!r}"
    )
    # contract: "All axes have the **same limits on y**: from 0 to 1.1 times the largest number of the table (to 1 if all
    # contract: are 0)."
    for ax in picture.axes:
        check.array(np.array(ax.get_ylim()), [0.0, 22_000.0 * factor or 1.0], of="the limits on y", rtol=1e-6)
    check.figure(picture, x_label="month", y_label="revenue (€)", of="the figure")
many = pd.DataFrame(
    {"ordered_at": sales["ordered_at"].iloc[0], "category": list("fbdace"), "revenue_eur": [float(n) for n in range(6)]}
)
for n_categories in (1, 4, 5, 6):
    made, picture = one_page(many.iloc[:n_categories])
    plt.close("all")
    words = sorted(many["category"].iloc[:n_categories])
    # contract: "No axes is empty."
    check.figure(picture, n_axes=n_categories, n_lines=n_categories, of=f"the figure of {n_categories} categories")
    # contract: "one axes per category, in the order of the columns, with the category as its title"
    for ax, word in zip(picture.axes, words, strict=True):
        check.that(word in words_above(ax), f"the axes of {word!r} has the title {words_above(ax)!r}")
        check.array(
            np.asarray(ax.lines[0].get_ydata(), dtype=np.float64),
            made[word].to_numpy(),
            of=f"the line of {word}",
            atol=0.005,
        )
# contract: "`fig` is a matplotlib Figure of small multiples"
picture.savefig(BytesIO())
### END HIDDEN TESTS

# %% [markdown]
# ## 8 · Revenue has doubled ●●○ · 30 min · 3 points
#
# The most expensive errors in data work raise no error. This one happens in every company.
#
# On Monday the dashboard shows last week's revenue at 2.06 million euros, where the accounts say 1.03 million. On
# Friday evening a colleague has merged this:
#
# ```python
# revenue = (
#     order_lines                                              # 412,000 rows, one per (order_id, line_no)
#     .merge(orders, on="order_id")                            # 214,000 orders
#     .merge(customers, on="customer_id", how="left")          # 61,000 customers
#     .merge(campaigns, on="customer_id", how="left")          # new on Friday: who was sent which campaign
#     .assign(revenue=lambda t: t["quantity"] * t["unit_price_eur"])
# )
# weekly = revenue.groupby("week")["revenue"].sum()
# ```
#
# He writes: *"`campaigns` cannot be it: it is a left join, and left joins never change the left table. I suspect the
# price feed. Until we know, I would put `.drop_duplicates()` at the end, that brings it down to 1.01 million, nearly
# right."*
#
# **Write the reply** that settles it, to a colleague who is no fool. Cover:
#
# - how you find the cause: which counts you would look at, in which order, and what each would show if the campaigns
#   are to blame and what if the price feed is;
# - why `.drop_duplicates()` is wrong although its number is nearly right, and what it throws away;
# - the fix, with the question about the business that must be answered first;
# - what keeps this mistake from coming back.
#
# 200–350 words. Code is welcome where it says more than words.

# %% [markdown] nbgrader={"grade": true, "grade_id": "w02-q8-doubled", "locked": false, "points": 3, "schema_version": 3, "solution": true, "task": false}
# **My reply:**
#
# ### BEGIN SOLUTION
# A left join keeps every row of the left table, but *at least* once: it repeats a row for every match. If a customer
# was sent three campaigns, each of their order lines is now there three times, and so is its revenue.
#
# I would count before I theorise. After each merge, `len(table)` against the 412,000 lines that went in, and
# `campaigns["customer_id"].duplicated().sum()`. If the campaigns are to blame, the first two merges leave 412,000 rows
# and the third roughly 824,000, and the average revenue per row is what it was. If it were the price feed, the rows
# would stay at 412,000 and the average price would have doubled. I would also look at the ratio by customer: a join
# gives whole factors (customers with two campaigns exactly ×2, with none ×1), a price feed the same factor for
# everybody.
#
# `drop_duplicates()` compares whole rows. The copies of a line differ in the campaign, so most of them survive where
# the campaign's columns are kept; and two honest lines that happen to look alike (the same product bought twice by the
# same customer, once line numbers are dropped) are lost. That is why it lands at 1.01 and not 1.03: 20,000 euros of
# real sales are gone. Two errors that nearly cancel this week will not next week.
#
# The fix depends on a question: what is a campaign to a sale? If we want revenue per week, the campaigns do not belong
# in this table: leave the merge out. If we want to know whether a customer was contacted, reduce campaigns to one row
# per customer first (`groupby("customer_id").size()`), then join. If revenue is to be attributed, somebody must decide
# the rule (last contact before the order), and the join is on customer *and* time.
#
# So that it stays fixed: `validate="many_to_one"` in each merge, which raises on Friday evening; a check that the row
# count and the sum of revenue are the same before and after; a primary-key test on `campaigns`; and a nightly
# comparison with the accounts.
# ### END SOLUTION

# %% [markdown] nbgrader={"grade": false, "grade_id": "w02-q8-doubled-rubric", "locked": true, "schema_version": 3, "solution": false, "task": false}
# Marked by a person: one point for finding the cause by counts, one for what `drop_duplicates` does, one for a fix that
# lasts.
#
# <!-- BEGIN MARK SCHEME -->
#
# **1 point · the cause, by counts.** Says that a left join repeats left rows when the right key is not unique, *and*
# names at least one count that tells the two suspects apart (rows before and after each merge; duplicated
# `customer_id` in `campaigns`; average per row; factor by customer), with what it would show in each case. No point for
# "the join is wrong" without a test that could have come out otherwise.
#
# **1 point · drop_duplicates.** Says that it compares rows, not sales: it leaves copies that differ in the campaign,
# or removes honest lines that look alike, or both; and that 1.01 is not 1.03, so real revenue is lost (or that the
# nearness is luck). No point for "bad style" or "slow".
#
# **1 point · the fix and its guard.** A fix that matches a stated meaning (leave the merge out, one row per customer
# first, or attribution by a rule), *and* a guard that fails loudly: `validate=`, a row-count or sum assertion, a
# uniqueness test, a reconciliation. Half a point for one of the two.
#
# Half points are allowed. Do not mark style or length.
#
# <!-- END MARK SCHEME -->
