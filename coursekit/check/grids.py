"""A table as plain columns, and the comparison of two such tables."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Any, NamedTuple, NoReturn

import numpy as np
from numpy.typing import NDArray

from coursekit.check.causes import array_cause
from coursekit.check.closeness import Tolerance, widened
from coursekit.check.columns import Column, column, columns_differ, sort_codes
from coursekit.check.failure import fail
from coursekit.check.kinds import LABELS
from coursekit.check.plain import describe, listing, module_name, plural, short, two_numbers

_NUMERIC = ("int", "float")

_CONVERSIONS = {
    "datetime": "pd.to_datetime(...) makes dates",
    "timedelta": "pd.to_timedelta(...) makes durations",
    "category": '.astype("category") makes categories',
    "float": ".astype(float) or pd.to_numeric(...) makes floats",
    "int": ".astype(int) makes integers, once nothing is missing",
    "bool": "a comparison or .astype(bool) makes booleans",
    "text": '.astype("str") makes text',
    "datetime with time zone": ".dt.tz_localize(...) gives dates a time zone",
}


class Rules(NamedTuple):
    """What counts as equal."""

    tolerance: Tolerance
    order: bool
    index: bool
    dtypes: str
    hide: bool


class Grid(NamedTuple):
    """A table or series as plain columns."""

    labels: list[Hashable]
    columns: list[Column]
    index: list[Column]
    index_names: list[Hashable]
    rows: int
    default_index: bool
    is_series: bool

    @classmethod
    def of_table(cls, frame: Any, of: str) -> Grid:
        """Read a DataFrame."""
        labels = [_label(one, of) for one in frame.columns]
        columns = [column(frame.iloc[:, place]) for place in range(len(labels))]
        return cls(labels, columns, *_index(frame.index), len(frame), _is_default(frame.index), False)

    @classmethod
    def of_series(cls, data: Any, of: str) -> Grid:
        """Read a Series as a table of one column."""
        return cls([of], [column(data)], *_index(data.index), len(data), _is_default(data.index), True)

    def take(self, order: NDArray[np.intp]) -> Grid:
        """Return the grid with its rows in another order."""
        return self._replace(columns=[c.take(order) for c in self.columns], index=[c.take(order) for c in self.index])

    def place(self, number: int, row: int) -> str:
        """Say where a cell stands."""
        at = f"row {row}" if self.default_index else f"index {self.index_text(row)}"
        return f"at {at}" if self.is_series else f"in column {short(self.labels[number], 30)}, {at}"

    def index_text(self, row: int) -> str:
        """Return the index label of a row for a message."""
        parts = [level.text(row) for level in self.index]
        return parts[0] if len(parts) == 1 else f"({', '.join(parts)})"


def _label(label: Any, of: str) -> Hashable:
    kind = type(label)
    if kind is tuple:
        return tuple(_label(part, of) for part in label)
    if kind in LABELS:
        return label.item() if hasattr(label, "item") else label
    if module_name(kind) in ("pandas", "datetime", "numpy"):
        return str(label)
    return fail(of, "columns named by text or numbers", f"a column named by {describe(label)}")


def _index(index: Any) -> tuple[list[Column], list[Hashable]]:
    levels = [index.get_level_values(level) for level in range(index.nlevels)]
    return [column(level) for level in levels], list(index.names)


def _is_default(index: Any) -> bool:
    import pandas as pd

    return isinstance(index, pd.RangeIndex) and index.start == 0 and index.step == 1 and index.name is None


def compare(have: Grid, wanted: Grid, of: str, rules: Rules, cause: Callable[[], str]) -> None:
    """Raise `CheckFailed` with the first difference: columns, dtypes, number of rows, index, values.

    Parameters
    ----------
    have, wanted : Grid
        The learner's table and the expected one.
    of : str
        What is checked.
    rules : Rules
        What counts as equal.
    cause : callable
        Gives the author's likely cause, or ''.
    """
    have = _check_columns(have, wanted, of, rules, cause)
    if rules.dtypes != "ignore":
        _check_dtypes(have, wanted, of, rules)
    if have.rows != wanted.rows:
        fail(of, plural(wanted.rows, "row"), plural(have.rows, "row"), cause=cause() or _rows_cause(have, wanted))
    if rules.index:
        _check_index_kind(have, wanted, of, rules, cause)
    if not rules.order:
        have, wanted = _sorted_alike(have, wanted, rules)
    if rules.index:
        _check_index_values(have, wanted, of, rules, cause)
    _check_cells(have, wanted, of, rules, cause)


def _check_columns(have: Grid, wanted: Grid, of: str, rules: Rules, cause: Callable[[], str]) -> Grid:
    lacking = [label for label in wanted.labels if label not in have.labels]
    extra = [label for label in have.labels if label not in wanted.labels]
    if have.is_series or have.labels == wanted.labels:
        return have
    if lacking:
        in_index = [label for label in lacking if label in have.index_names]
        advice = ".reset_index() turns the index into a column" if in_index else ""
        got = _columns_text(extra) if extra else f"only {listing(have.labels)}" if have.labels else "none"
        fail(of, _columns_text(lacking), got, advice=advice, cause=cause())
    if extra:
        fail(of, plural(len(wanted.labels), "column"), f"{_columns_text(extra)} as well", cause=cause())
    if len(have.labels) != len(wanted.labels):
        fail(of, plural(len(wanted.labels), "column"), f"{len(have.labels)}, some under one name twice", cause=cause())
    if rules.order:
        fail(of, f"the columns in the order {listing(wanted.labels)}", f"the order {listing(have.labels)}")
    places = [have.labels.index(label) for label in wanted.labels]
    return have._replace(labels=list(wanted.labels), columns=[have.columns[place] for place in places])


def _columns_text(labels: list[Hashable]) -> str:
    return f"the column{'s' if len(labels) > 1 else ''} {listing(labels)}"


def _check_dtypes(have: Grid, wanted: Grid, of: str, rules: Rules) -> None:
    for label, mine, theirs in zip(wanted.labels, have.columns, wanted.columns, strict=True):
        where = "" if wanted.is_series else f" in column {short(label, 30)}"
        if rules.dtypes == "exact":
            if mine.dtype != theirs.dtype:
                fail(of, f"dtype {theirs.dtype}{where}", f"dtype {mine.dtype}")
        elif not _same_kind(mine, theirs, rules.dtypes):
            fail(of, f"{theirs.kind} values{where}", f"dtype {mine.dtype}", _dtype_advice(mine, theirs))


def _same_kind(mine: Column, theirs: Column, rule: str) -> bool:
    if rule == "real" and mine.kind in _NUMERIC and theirs.kind in _NUMERIC:
        return True
    # A column without one present value has no kind to be wrong about.
    empty = "object" in (mine.kind, theirs.kind) and bool(mine.gaps.all() and theirs.gaps.all())
    return mine.kind == theirs.kind or empty


def _dtype_advice(mine: Column, theirs: Column) -> str:
    if theirs.kind == "int" and mine.kind == "float" and mine.gaps.any():
        return "missing values turn integers into floats"
    return _CONVERSIONS.get(theirs.kind, "")


def _rows_cause(have: Grid, wanted: Grid) -> str:
    if have.rows > wanted.rows:
        codes = [sort_codes(one, one)[0] for one in have.columns]
        distinct = len(np.unique(np.stack(codes), axis=1).T) if codes and have.rows else 0
        if distinct == wanted.rows:
            return "some rows are there more than once: did a join multiply them?"
        if wanted.rows and have.rows % wanted.rows == 0:
            return f"{have.rows // wanted.rows} times too many: did a join multiply the rows?"
    gaps = (
        sum(int(np.any([c.gaps[row] for c in wanted.columns])) for row in range(wanted.rows)) if wanted.columns else 0
    )
    if gaps and have.rows == wanted.rows - gaps:
        return "the rows with missing values were dropped"
    return ""


def _check_index_kind(have: Grid, wanted: Grid, of: str, rules: Rules, cause: Callable[[], str]) -> None:
    if len(have.index) != len(wanted.index):
        fail(of, f"an index of {plural(len(wanted.index), 'level')}", plural(len(have.index), "level"), cause=cause())
    for name, mine in zip(wanted.index_names, have.index_names, strict=True):
        if name is not None and name != mine:
            got = "an index without a name" if mine is None else f"an index named {short(mine)}"
            advice = f".set_index({name!r}) makes it the index" if name in have.labels else ""
            fail(of, f"an index named {short(name)}", got, advice)
    if rules.dtypes != "ignore":
        _check_time_zones(have, wanted, of)


def _check_time_zones(have: Grid, wanted: Grid, of: str) -> None:
    """Tell a moment from a reading of some clock: as plain numbers the two are alike."""
    spoken = {"datetime": "an index without a time zone", "datetime with time zone": "an index with a time zone"}
    for mine, theirs in zip(have.index, wanted.index, strict=True):
        if {mine.kind, theirs.kind} == set(spoken):
            advice = ".tz_localize(None) drops it" if theirs.kind == "datetime" else ".tz_localize(...) gives it one"
            fail(of, spoken[theirs.kind], f"dtype {mine.dtype}", advice)


def _check_index_values(have: Grid, wanted: Grid, of: str, rules: Rules, cause: Callable[[], str]) -> None:
    wrong = np.zeros(have.rows, dtype=bool)
    for mine, theirs in zip(have.index, wanted.index, strict=True):
        wrong |= columns_differ(mine, theirs, Tolerance(1e-9, 0.0))
    if not wrong.any():
        return
    row = int(np.argmax(wrong))
    guess = cause() or _index_cause(have, wanted)
    expected = "another label" if rules.hide else wanted.index_text(row)
    fail(of, f"index {expected} in row {row}", f"{have.index_text(row)} ({_rows_differ(wrong)})", cause=guess)


def _index_cause(have: Grid, wanted: Grid) -> str:
    sides = [sorted(zip(*(level.entries.astype(str) for level in grid.index), strict=True)) for grid in (have, wanted)]
    if sides[0] == sides[1]:
        return "the right rows in another order: sort them"
    if have.default_index:
        return "the index was reset, or never set"
    return ""


def _sorted_alike(have: Grid, wanted: Grid, rules: Rules) -> tuple[Grid, Grid]:
    """Return both grids with their rows sorted by the same keys: index, exact columns, then floats."""
    exact = [i for i, one in enumerate(wanted.columns) if one.kind != "float"]
    floats = [i for i in range(len(wanted.columns)) if i not in exact]
    pairs = list(zip(have.index, wanted.index, strict=True)) if rules.index else []
    pairs += [(have.columns[i], wanted.columns[i]) for i in exact + floats]
    if not pairs:
        return have, wanted
    codes = [sort_codes(mine, theirs) for mine, theirs in pairs]
    # lexsort takes its most important key last.
    orders = [np.lexsort([pair[side] for pair in reversed(codes)]) for side in (0, 1)]
    return have.take(orders[0]), wanted.take(orders[1])


def _check_cells(have: Grid, wanted: Grid, of: str, rules: Rules, cause: Callable[[], str]) -> None:
    pairs = list(zip(have.columns, wanted.columns, strict=True))
    if not pairs:
        return
    wrong = np.stack([columns_differ(mine, theirs, _room(mine, theirs, rules.tolerance)) for mine, theirs in pairs])
    if not wrong.any():
        return
    row = int(np.argmax(wrong.any(axis=0)))
    number = int(np.argmax(wrong[:, row]))
    _fail_at(have, wanted, number, row, wrong, of, rules, cause)


def _fail_at(
    have: Grid,
    wanted: Grid,
    number: int,
    row: int,
    wrong: NDArray[np.bool_],
    of: str,
    rules: Rules,
    cause: Callable[[], str],
) -> NoReturn:
    mine, theirs = have.columns[number], wanted.columns[number]
    expected, got = theirs.text(row), mine.text(row)
    if expected == got and {mine.entries.dtype.kind, theirs.entries.dtype.kind} <= set("fiu"):
        expected, got = two_numbers(theirs.entries[row], mine.entries[row])
    expected = "another value" if rules.hide else expected
    guess = cause() or _column_cause(mine, theirs, rules.tolerance)
    fail(of, f"{expected} {wanted.place(number, row)}", f"{got} ({_rows_differ(wrong.any(axis=0))})", cause=guess)


def _room(mine: Column, theirs: Column, tolerance: Tolerance) -> Tolerance:
    return widened(mine.entries.dtype, theirs.entries, tolerance)


def _column_cause(mine: Column, theirs: Column, tolerance: Tolerance) -> str:
    if mine.gaps.sum() > theirs.gaps.sum():
        return "values went missing: did a join, a merge or an index fail to match?"
    if (mine.gaps != theirs.gaps).any():
        return "missing values were filled"
    both = mine.entries[~mine.gaps], theirs.entries[~theirs.gaps]
    if {one.dtype.kind for one in both} <= set("fiub"):
        return array_cause(*both, {}, tolerance)
    return ""


def _rows_differ(wrong: NDArray[np.bool_]) -> str:
    return f"{int(wrong.sum()):,} of {plural(wrong.size, 'row')} {'differs' if wrong.sum() == 1 else 'differ'}"
