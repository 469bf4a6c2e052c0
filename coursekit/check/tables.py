"""`table` and `series`: pandas objects, column by column."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Literal

from coursekit.check.closeness import Tolerance
from coursekit.check.failure import CheckFailed, counted, fail
from coursekit.check.grids import Grid, Rules, compare
from coursekit.check.kinds import ARRAYS, MAPPINGS, SEQUENCES
from coursekit.check.plain import describe, is_a, short

DtypeCheck = Literal["kind", "real", "exact", "ignore"]


@counted
def table(
    actual: Any,
    expected: Any,
    *,
    of: str,
    rtol: float = 1e-7,
    atol: float = 0.0,
    check_order: bool = True,
    check_index: bool = True,
    check_dtype: DtypeCheck = "kind",
    causes: Mapping[str, Any] | None = None,
    hide: bool = False,
) -> None:
    """Check that ``actual`` is a DataFrame equal to ``expected``: columns, dtypes, rows, then values.

    Parameters
    ----------
    actual : object
        What the learner made; exactly ``pandas.DataFrame`` is accepted.
    expected : DataFrame
        The right answer. Missing equals missing, however it is written (nan, None, NaT, NA).
    of : str
        What is checked.
    rtol, atol : float
        Tolerance for floats, as in `array`.
    check_order : bool
        Whether rows and columns must stand in this order.
    check_index : bool
        Whether the index must agree in values and in the names that ``expected`` gives it.
    check_dtype : {"kind", "real", "exact", "ignore"}
        "kind": any float for float, any integer for integer, any text for text; "real": integers and floats alike;
        "exact": the same pandas dtype; "ignore": only values count.
    causes : mapping of str to DataFrame, optional
        For each misconception a sentence and the table it leads to.
    hide : bool
        Leave expected values out of the message.

    Raises
    ------
    CheckFailed
        With the first thing that is wrong; for values, the cell.

    Examples
    --------
    >>> import pandas as pd
    >>> sales = pd.DataFrame({"shop": ["a", "b"], "items": [1, 2]})
    >>> table(sales.copy(), sales, of="sales")
    >>> table(sales.assign(items=[1, 3]), sales, of="sales")
    Traceback (most recent call last):
    coursekit.check.failure.CheckFailed: sales: expected 2 in column 'items', row 1, got 3 (1 of 2 rows differs)
    """
    import pandas as pd

    if type(actual) is not pd.DataFrame:
        fail(of, f"a pandas DataFrame of shape {expected.shape}", describe(actual), _table_advice(actual))
    # The constructor takes only the data: methods overwritten on the learner's object stay behind.
    have, wanted = Grid.of_table(pd.DataFrame(actual), of), Grid.of_table(expected, of)
    rules = Rules(Tolerance(rtol, atol), check_order, check_index, _known(check_dtype), hide)
    cause = _authored(have, rules, of, {text: Grid.of_table(other, of) for text, other in (causes or {}).items()})
    compare(have, wanted, of, rules, cause)


@counted
def series(
    actual: Any,
    expected: Any,
    *,
    of: str,
    rtol: float = 1e-7,
    atol: float = 0.0,
    check_order: bool = True,
    check_index: bool = True,
    check_dtype: DtypeCheck = "kind",
    check_name: bool = False,
    causes: Mapping[str, Any] | None = None,
    hide: bool = False,
) -> None:
    """Check that ``actual`` is a Series equal to ``expected``: name, dtype, length, index, then values.

    Parameters
    ----------
    actual : object
        What the learner made; exactly ``pandas.Series`` is accepted.
    expected : Series
        The right answer.
    check_name : bool
        Whether the name must agree.
    of, rtol, atol, check_order, check_index, check_dtype, causes, hide
        As in `table`.

    Raises
    ------
    CheckFailed
        With the first thing that is wrong; for values, the index label.

    Examples
    --------
    >>> import pandas as pd
    >>> series(pd.Series([1.0, 2.0]), pd.Series([1.0, 2.0]), of="monthly mean")
    """
    import pandas as pd

    if type(actual) is not pd.Series:
        fail(of, f"a pandas Series of length {len(expected)}", describe(actual), _series_advice(actual))
    plain = pd.Series(actual)
    if check_name and plain.name != expected.name:
        fail(
            of,
            f"the name {short(expected.name)}",
            f"the name {short(plain.name)}",
            ".rename(...) gives a Series a name",
        )
    have, wanted = Grid.of_series(plain, of), Grid.of_series(expected, of)
    rules = Rules(Tolerance(rtol, atol), check_order, check_index, _known(check_dtype), hide)
    cause = _authored(have, rules, of, {text: Grid.of_series(other, of) for text, other in (causes or {}).items()})
    compare(have, wanted, of, rules, cause)


def _known(check_dtype: str) -> str:
    if check_dtype not in ("kind", "real", "exact", "ignore"):
        raise ValueError(f"check_dtype={check_dtype!r} is not known; use 'kind', 'real', 'exact' or 'ignore'")
    return check_dtype


def _authored(have: Grid, rules: Rules, of: str, causes: Mapping[str, Grid]) -> Callable[[], str]:
    """Return a function that finds the author's sentence whose table the learner's table equals."""
    loose = rules._replace(tolerance=Tolerance(max(rules.tolerance.rtol, 1e-6), rules.tolerance.atol), dtypes="ignore")

    def cause() -> str:
        for sentence, other in causes.items():
            try:
                compare(have, other, of, loose, lambda: "")
            except CheckFailed:
                continue
            return sentence
        return ""

    return cause


def _table_advice(value: Any) -> str:
    kind = type(value)
    if value is None:
        return "does the function end without a return, or was inplace=True used?"
    if is_a(value, "pandas", "Series"):
        return ".to_frame() or .reset_index() makes a table of it"
    if is_a(value, "pandas", "DataFrameGroupBy", "SeriesGroupBy", "Resampler", "DatetimeIndexResampler"):
        return "groups are not a table yet: aggregate them"
    if kind in ARRAYS or kind in SEQUENCES or kind in MAPPINGS:
        return "pd.DataFrame(...) makes a table of it"
    return "return a plain pandas.DataFrame"


def _series_advice(value: Any) -> str:
    kind = type(value)
    if value is None:
        return "does the function end without a return, or was inplace=True used?"
    if is_a(value, "pandas", "DataFrame"):
        return 'select one column with df["name"]'
    if is_a(value, "pandas", "DataFrameGroupBy", "SeriesGroupBy", "Resampler", "DatetimeIndexResampler"):
        return "groups are not a Series yet: aggregate them"
    if kind in ARRAYS or kind in SEQUENCES or kind in MAPPINGS:
        return "pd.Series(...) makes one of it"
    return "return a plain pandas.Series"
