"""A column on its way to pandas or Parquet: whole numbers, and what they stand for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa


@dataclass(frozen=True)
class Column:
    """One column of `n` rows.

    Parameters
    ----------
    kind
        ``int``; ``nullable`` (a whole number or missing); ``money`` (cents, handed out in euros); ``bool``; ``time``
        (seconds since 1970 in UTC); ``text`` (positions in `labels`).
    numbers
        int64 array (bool array for ``bool``), shape (n,).
    labels
        The texts that the values of a ``text`` column stand for.
    missing
        bool array, shape (n,), or None if nothing is missing.
    """

    kind: str
    numbers: NDArray[Any]
    labels: tuple[str, ...] = ()
    missing: NDArray[np.bool_] | None = None

    def take(self, rows: NDArray[Any]) -> Column:
        """Return the chosen rows."""
        return replace(self, numbers=self.numbers[rows], missing=None if self.missing is None else self.missing[rows])

    def absent(self) -> NDArray[np.bool_]:
        """Return where the column is missing."""
        return np.zeros(len(self.numbers), dtype=bool) if self.missing is None else self.missing

    def lose(self, rows: NDArray[np.bool_]) -> Column:
        """Return the column with more rows missing."""
        return replace(self, missing=self.absent() | rows)

    def to_pandas(self) -> Any:
        """Return a pandas array or a NumPy array that a DataFrame takes as it is."""
        import pandas as pd

        absent = self.missing
        if self.kind == "nullable":
            return pd.arrays.IntegerArray(self.numbers.copy(), self.absent().copy())
        if self.kind == "money":
            euros = self.numbers / 100.0
            return euros if absent is None else np.where(absent, np.nan, euros)
        if self.kind == "time":
            moments = (self.numbers * 1_000_000).astype("datetime64[us]")
            if absent is not None:
                moments[absent] = np.datetime64("NaT")
            return pd.DatetimeIndex(moments).tz_localize("UTC")
        if self.kind == "text":
            return _texts(self.labels).take(self._codes(), allow_fill=True)
        return self.numbers

    def to_arrow(self) -> pa.Array:
        """Return a pyarrow array; texts are dictionary-encoded."""
        import pyarrow as pa

        if self.kind == "text":
            codes = pa.array(self.numbers.astype(np.int32), mask=self.missing)
            return pa.DictionaryArray.from_arrays(codes, pa.array(self.labels, type=pa.string()))
        if self.kind == "time":
            return pa.array(self.numbers * 1_000_000, mask=self.missing).cast(pa.timestamp("us", tz="UTC"))
        values = self.numbers / 100.0 if self.kind == "money" else self.numbers
        return pa.array(values, mask=self.missing)

    def _codes(self) -> NDArray[np.int64]:
        return self.numbers if self.missing is None else np.where(self.missing, -1, self.numbers)


Table = dict[str, Column]


def whole(values: NDArray[Any]) -> Column:
    """Make a column of whole numbers."""
    return Column("int", values.astype(np.int64))


def nullable(values: NDArray[Any], missing: NDArray[np.bool_] | None = None) -> Column:
    """Make a column of whole numbers, some of them missing."""
    return Column("nullable", values.astype(np.int64), missing=missing)


def money(cents: NDArray[Any]) -> Column:
    """Make a column of euros from cents."""
    return Column("money", cents.astype(np.int64))


def flag(values: NDArray[Any]) -> Column:
    """Make a column of booleans."""
    return Column("bool", values.astype(bool))


def time(seconds: NDArray[Any], missing: NDArray[np.bool_] | None = None) -> Column:
    """Make a column of moments from seconds since 1970, UTC."""
    return Column("time", seconds.astype(np.int64), missing=missing)


def text(codes: NDArray[Any], labels: Sequence[str], missing: NDArray[np.bool_] | None = None) -> Column:
    """Make a column of texts from positions in a list of labels."""
    return Column("text", codes.astype(np.int64), tuple(labels), missing)


def to_frame(table: Mapping[str, Column]) -> pd.DataFrame:
    """Return a table as a DataFrame with row numbers from 0."""
    import pandas as pd

    return pd.DataFrame({name: column.to_pandas() for name, column in table.items()})


def to_arrow(table: Mapping[str, Column]) -> pa.Table:
    """Return a table as a pyarrow Table."""
    import pyarrow as pa

    return pa.table({name: column.to_arrow() for name, column in table.items()})


def _texts(labels: tuple[str, ...]) -> Any:
    import pandas as pd

    # inferred, so that it is object in pandas 2 and str in pandas 3, as everywhere else in the course
    return pd.array(pd.Series(list(labels) or [""]).array)


def digest(frame: pd.DataFrame) -> str:
    """Return a sha256 of a table's names and values: the same wherever the values are the same.

    Parameters
    ----------
    frame
        A table of the shop.

    Returns
    -------
    str
        64 hexadecimal digits.
    """
    import hashlib

    total = hashlib.sha256(",".join(frame.columns).encode())
    for name in frame.columns:
        values = frame[name]
        gaps = values.isna().to_numpy()
        total.update(np.packbits(gaps).tobytes())
        kind = values.dtype.kind
        if kind in "iub":
            total.update(values.to_numpy(dtype="<i8", na_value=0).tobytes() if gaps.any() else _plain(values))
        elif kind == "f":
            total.update(np.where(gaps, 0.0, values.to_numpy()).astype("<f8").tobytes())
        elif kind == "M":
            moments = values.dt.tz_localize(None).to_numpy().astype("datetime64[us]").astype("<i8")
            total.update(np.where(gaps, 0, moments).astype("<i8").tobytes())
        else:
            total.update("\n".join(values.where(~gaps, "").tolist()).encode())
    return total.hexdigest()


def _plain(values: pd.Series) -> bytes:
    return values.to_numpy().astype("<i8").tobytes()
