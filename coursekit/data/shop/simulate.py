"""`simulate`, `chunks` and `write`: the shop in memory, in pieces, and on disk."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from coursekit.data.shop.columns import to_arrow, to_frame
from coursekit.data.shop.drift import Drift
from coursekit.data.shop.facts import SEED
from coursekit.data.shop.faults import Faults, Planted
from coursekit.data.shop.generate import FIXED, TABLES, Order, pieces
from coursekit.data.shop.raw import as_text
from coursekit.data.shop.truth import Tally, Truth

if TYPE_CHECKING:
    import pandas as pd

CHUNK = 50_000  # orders


@dataclass(frozen=True, repr=False)
class Shop:
    """A simulated shop in memory.

    Parameters
    ----------
    tables
        DataFrames by name, `TABLES` in order; each is an attribute too (``shop.orders``).
    truth
        What is true, apart.
    """

    tables: dict[str, pd.DataFrame]
    truth: Truth
    _planted: dict[str, Planted]
    _order: Order

    def __repr__(self) -> str:
        sizes = ", ".join(f"{name} {len(table):,}" for name, table in self.tables.items())
        return f"Shop of {self._order.n_orders:,} orders, seed {self._order.seed} (rows: {sizes})"

    def __getattr__(self, name: str) -> pd.DataFrame:
        """Return a table by its name."""
        if name in TABLES and name in self.tables:
            return self.tables[name]
        raise AttributeError(f"A shop has no {name!r}; its tables are {', '.join(self.__dict__.get('tables', ()))}.")

    def raw(self, table: str) -> pd.DataFrame:
        """Return a table as text, as if read from a careless csv export: every column text, ``""`` where missing.

        Besides the row faults it has prices with currency signs, ids with blanks, and three forms of dates.
        """
        return self._as_text(table)[0]

    def raw_faults(self, table: str) -> pd.DataFrame:
        """Return which cells of `raw` are written otherwise: kind, table, column, key, line_no."""
        return self._as_text(table)[1]

    def write_csv(self, folder: Path | str) -> list[Path]:
        """Write every table as `raw` has it to ``<table>.csv``: UTF-8, commas, a header, lines that end in LF.

        Returns
        -------
        list of Path
            The files.
        """
        folder = Path(folder)
        folder.mkdir(parents=True, exist_ok=True)
        paths = []
        for name in self.tables:
            paths.append(folder / f"{name}.csv")
            self.raw(name).to_csv(paths[-1], index=False, lineterminator="\n", encoding="utf-8")
        return paths

    def _as_text(self, table: str) -> tuple[pd.DataFrame, pd.DataFrame]:
        if table not in self._planted:
            raise ValueError(f"This shop has no table {table!r}; its tables are {', '.join(self._planted)}.")
        return as_text(table, self._planted[table], self._order.faults, self._order.seed)


def simulate(
    n_orders: int = 10_000,
    *,
    seed: int = SEED,
    faults: bool | Faults = True,
    drift: float | Drift = 0.0,
    tables: Iterable[str] | None = None,
) -> Shop:
    """Simulate a shop's two years in memory.

    Parameters
    ----------
    n_orders
        Orders; customers are about a quarter, sessions 5.4 times, order lines 1.9 times as many. 1,000,000 orders take
        about 2 GiB; beyond that `write` them.
    seed
        Any whole number. The same seed gives the same rows, with or without faults, whichever tables are asked for.
    faults
        True plants the usual faults, False none; `Faults` says how many of each.
    drift
        `Drift`, or a number: prices drift by that many standard deviations from day 548 on.
    tables
        Names of the tables to make; None means all.

    Returns
    -------
    Shop

    Raises
    ------
    ValueError
        If a table is unknown or a number outside its range.
    """
    import pandas as pd

    order, tally = Order.of(n_orders, seed, faults, drift, tables), Tally()
    planted = next(pieces(order, order.n_orders, tally))
    truth = order.truth(tally)
    logs = [to_frame(one.log) for one in planted.values() if len(one.keys.id)]
    truth.faults = pd.concat(logs, ignore_index=True) if logs else None
    return Shop({name: to_frame(one.table) for name, one in planted.items()}, truth, planted, order)


def chunks(
    n_orders: int,
    *,
    seed: int = SEED,
    faults: bool | Faults = True,
    drift: float | Drift = 0.0,
    chunk_orders: int = CHUNK,
    tables: Iterable[str] | None = None,
) -> Iterator[dict[str, pd.DataFrame]]:
    """Simulate the shop piece by piece; memory stays bounded by the size of a piece.

    Parameters
    ----------
    n_orders, seed, faults, drift, tables
        As in `simulate`.
    chunk_orders
        Orders in a piece. The rows, put one behind the other, do not depend on it.

    Yields
    ------
    dict of str to DataFrame
        The pieces of the tables; products and prices are whole and in the first piece only.
    """
    order = Order.of(n_orders, seed, faults, drift, tables)
    for piece in pieces(order, chunk_orders, Tally()):
        yield {name: to_frame(one.table) for name, one in piece.items()}


def write(
    folder: Path | str,
    n_orders: int = 10_000_000,
    *,
    seed: int = SEED,
    faults: bool | Faults = True,
    drift: float | Drift = 0.0,
    chunk_orders: int = CHUNK,
    tables: Iterable[str] | None = None,
) -> Truth:
    """Write the shop to Parquet files with bounded memory.

    Each table is a folder of numbered files, ``orders/part-00000.parquet`` and so on, that DuckDB, Spark, Dask and
    pandas read as one. The truth lies apart in ``_truth``: ``truth.json`` and ``faults/part-….parquet``.

    Parameters
    ----------
    folder
        Where to; made if absent. It must not hold an earlier shop.
    n_orders, seed, faults, drift, chunk_orders, tables
        As in `simulate` and `chunks`; one file for each piece.

    Returns
    -------
    Truth
        Its `faults` are None: they are in ``_truth/faults``.

    Raises
    ------
    FileExistsError
        If the folder holds a shop: parts of two would be read as one.
    """
    order, tally, folder = Order.of(n_orders, seed, faults, drift, tables), Tally(), Path(folder)
    for name in (*order.tables, "_truth"):
        if (folder / name).exists():
            raise FileExistsError(f"{folder} holds the {name} of another shop; choose an empty folder.")
    for number, piece in enumerate(pieces(order, chunk_orders, tally)):
        for name, planted in piece.items():
            _write_part(folder / name, 0 if name in FIXED else number, planted)
        if piece:
            _write_log(folder / "_truth" / "faults", number, piece)
    truth = order.truth(tally)
    (folder / "_truth" / "truth.json").write_text(truth.to_json(), encoding="utf-8")
    return truth


def _write_part(folder: Path, number: int, planted: Planted) -> None:
    import pyarrow.parquet as pq

    folder.mkdir(parents=True, exist_ok=True)
    # Without Arrow's own schema beside it, a dictionary-encoded text is read back as plain text by everyone.
    pq.write_table(to_arrow(planted.table), folder / f"part-{number:05d}.parquet", store_schema=False)


def _write_log(folder: Path, number: int, piece: dict[str, Planted]) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    folder.mkdir(parents=True, exist_ok=True)
    logs = [to_arrow(planted.log) for planted in piece.values()]
    # Each log has its own dictionaries of kinds and columns; as plain texts they stack.
    plain = [pa.string() if pa.types.is_dictionary(kind) else kind for kind in logs[0].schema.types]
    schema = pa.schema(list(zip(logs[0].schema.names, plain, strict=True)))
    whole = pa.concat_tables([log.cast(schema) for log in logs])
    pq.write_table(whole, folder / f"part-{number:05d}.parquet", store_schema=False)
