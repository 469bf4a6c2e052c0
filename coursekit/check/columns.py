"""A pandas column or index as a plain array: what kind it is, its values, and where it is missing."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from coursekit.check.closeness import Tolerance, differs, kind_name
from coursekit.check.kinds import BOOLEANS, TEXTS
from coursekit.check.plain import module_name, number_text, short

_PLAIN_OBJECTS = frozenset({int, float, complex, bytes})


class Column(NamedTuple):
    """One column.

    Attributes
    ----------
    kind : str
        "float", "int", "bool", "text", "category", "datetime", "datetime with time zone", "timedelta", "object", …
    dtype : str
        The pandas dtype as text.
    entries : ndarray of shape (n_rows,)
        With any filler where ``gaps`` is true.
    gaps : ndarray of bool, shape (n_rows,)
        Where the value is missing.
    """

    kind: str
    dtype: str
    entries: NDArray[Any]
    gaps: NDArray[np.bool_]

    def text(self, row: int) -> str:
        """Return one entry for a message."""
        if self.gaps[row]:
            return "a missing value"
        entry = self.entries[row]
        return short(entry, 40)

    def take(self, order: NDArray[np.intp]) -> Column:
        """Return the column with its rows in another order."""
        return self._replace(entries=self.entries[order], gaps=self.gaps[order])


def column(data: Any) -> Column:
    """Return a plain `Column` from a pandas Series or Index.

    Parameters
    ----------
    data : Series or Index
        With a dtype of NumPy or of pandas.

    Examples
    --------
    >>> import pandas as pd
    >>> column(pd.Series([1.5, None])).gaps
    array([False,  True])
    """
    import pandas as pd

    dtype = data.dtype
    name = str(dtype)
    if isinstance(dtype, pd.CategoricalDtype):
        inner = column(pd.Series(data.astype(dtype.categories.dtype) if not data.isna().any() else data.astype(object)))
        return inner._replace(kind="category", dtype=name)
    gaps = np.asarray(data.isna(), dtype=bool)
    kind = _kind(dtype)
    if kind == "datetime with time zone":
        plain = (data.dt if isinstance(data, pd.Series) else data).tz_convert("UTC")
        naive = (plain.dt if isinstance(plain, pd.Series) else plain).tz_localize(None)
        return Column(kind, name, naive.to_numpy(), gaps)
    if kind in ("datetime", "timedelta") and isinstance(dtype, np.dtype):
        return Column(kind, name, data.to_numpy(), gaps)
    if kind in ("int", "float", "bool", "complex"):
        return Column(kind, name, _numbers(data, dtype, kind, gaps), gaps)
    return _objects(data, name, kind, gaps)


def _kind(dtype: Any) -> str:
    import pandas as pd

    if isinstance(dtype, pd.DatetimeTZDtype):
        return "datetime with time zone"
    if isinstance(dtype, pd.StringDtype):
        return "text"
    if isinstance(dtype, pd.PeriodDtype):
        return "period"
    if isinstance(dtype, pd.IntervalDtype):
        return "interval"
    if isinstance(dtype, np.dtype):
        return kind_name(dtype)
    if module_name(type(dtype)) != "pandas":
        return "object"
    # Nullable, Arrow-backed and sparse columns name their kind as NumPy does.
    return {"b": "bool", "i": "int", "u": "int", "f": "float", "M": "datetime", "m": "timedelta"}.get(
        dtype.kind, "object"
    )


def _numbers(data: Any, dtype: Any, kind: str, gaps: NDArray[np.bool_]) -> NDArray[Any]:
    if isinstance(dtype, np.dtype):
        return data.to_numpy()
    single = kind == "float" and "32" in str(dtype)
    target = {"float": "float32" if single else "float64", "bool": "bool", "int": "int64", "complex": "complex128"}[
        kind
    ]
    if kind == "int" and dtype.kind == "u":
        target = "uint64"
    filler = {"float": np.nan, "bool": False}.get(kind, 0)
    return data.to_numpy(dtype=target, na_value=filler) if gaps.any() else data.to_numpy(dtype=target)


def _objects(data: Any, name: str, kind: str, gaps: NDArray[np.bool_]) -> Column:
    items = data.to_numpy(dtype=object)
    present = [item for item, gap in zip(items, gaps, strict=True) if not gap]
    if kind in ("period", "interval", "datetime", "timedelta"):
        return Column(kind, name, _filled([str(item) for item in items], gaps), gaps)
    if kind == "text" or (present and all(type(item) in TEXTS for item in present)):
        return Column("text", name, _filled([str.__str__(x) if type(x) in TEXTS else "" for x in items], gaps), gaps)
    if present and all(type(item) in BOOLEANS for item in present):
        return Column(
            "object of booleans", name, np.array([bool(x) if type(x) in BOOLEANS else False for x in items]), gaps
        )
    if not present:
        return Column("object", name, np.full(len(items), ""), gaps)
    return Column("object", name, items, gaps)


def _filled(texts: list[str], gaps: NDArray[np.bool_]) -> NDArray[Any]:
    return np.array(["" if gap else one for one, gap in zip(texts, gaps, strict=True)], dtype=str)


def columns_differ(have: Column, wanted: Column, tolerance: Tolerance) -> NDArray[np.bool_]:
    """Return the rows where two columns of one length differ; missing equals missing.

    Entries that are neither text nor numbers nor dates are compared one by one as plain values.
    """
    gap = have.gaps != wanted.gaps
    if have.entries.dtype.kind == "O" or wanted.entries.dtype.kind == "O":
        wrong = np.array(
            [not _same_object(a, b) for a, b in zip(have.entries, wanted.entries, strict=True)], dtype=bool
        )
    elif not _comparable(have.entries, wanted.entries):
        wrong = np.ones(len(gap), dtype=bool)
    else:
        wrong = differs(have.entries, wanted.entries, tolerance)
    return gap | (wrong & ~have.gaps & ~wanted.gaps)


def _comparable(have: NDArray[Any], wanted: NDArray[Any]) -> bool:
    numeric = set("fciub")
    kinds = {have.dtype.kind, wanted.dtype.kind}
    return kinds <= numeric or len(kinds) == 1


def _same_object(have: Any, wanted: Any) -> bool:
    from coursekit.check.values import difference

    return difference(have, wanted) is None


def sort_codes(have: Column, wanted: Column) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Return integers that sort the rows of both columns alike; floats are rounded to six digits first.

    Returns
    -------
    tuple of two arrays of shape (n_rows,)
        Equal entries have equal codes across both columns.
    """
    both = [_sortable(one) for one in (have, wanted)]
    if both[0].dtype.kind in "US" or both[1].dtype.kind in "US":
        both = [one.astype(str) for one in both]
    codes = np.unique(np.concatenate(both), return_inverse=True)[1]
    gaps = np.concatenate([have.gaps, wanted.gaps])
    codes = np.where(gaps, -1, codes)
    return codes[: len(have.gaps)], codes[len(have.gaps) :]


def _sortable(one: Column) -> NDArray[Any]:
    values = one.entries
    if values.dtype.kind == "O":
        return np.array([short(item) for item in values], dtype=str)
    if values.dtype.kind in "mM":
        return values.astype(f"{values.dtype.kind}8[ns]").astype(np.int64)
    if values.dtype.kind != "f":
        return values
    return np.array([float(number_text(float(value))) for value in values])
