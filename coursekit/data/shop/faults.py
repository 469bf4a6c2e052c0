"""Faults, planted on purpose: which rows they hit is drawn, and every one is written down."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace

import numpy as np
from numpy.typing import NDArray

from coursekit.data.draws import Stream
from coursekit.data.shop import facts
from coursekit.data.shop.columns import Column, Table, text, whole

ORPHANS_FROM = 9_000_000_000  # ids from here on exist nowhere
COUNTRY_NAMES = {
    "DE": "Germany",
    "AT": "Austria",
    "CH": "Switzerland",
    "FR": "France",
    "NL": "Netherlands",
    "IT": "Italy",
}

# (kind, column) of each table, in a fixed order; a row gets at most one of them.
PLAN: dict[str, tuple[tuple[str, str], ...]] = {
    "customers": (
        ("duplicate", ""),
        ("missing", "birth_year"),
        ("missing", "country"),
        ("category", "country"),
        ("category", "segment"),
    ),
    "orders": (
        ("duplicate", ""),
        ("near_duplicate", ""),
        ("missing", "payment"),
        ("late", "loaded_at"),
        ("category", "channel"),
        ("orphan", "customer_id"),
        ("clock", "ordered_at"),
    ),
    "order_lines": (
        ("duplicate", ""),
        ("missing", "unit_price_eur"),
        ("outlier", "unit_price_eur"),
        ("orphan", "product_id"),
        ("orphan", "order_id"),
        ("negative", "quantity"),
    ),
    "sessions": (("duplicate", ""), ("missing", "device"), ("category", "device"), ("outlier", "page_views")),
    "returns": (("duplicate", ""), ("missing", "reason"), ("category", "reason"), ("orphan", "order_id")),
    "ratings": (("duplicate", ""), ("outlier", "stars")),
}
_FACTORS = {"unit_price_eur": 100, "page_views": 1_000, "stars": 10}


@dataclass(frozen=True)
class Faults:
    """How often each kind of fault is planted: the share of rows, for each column that it can hit, from 0 to 0.1.

    Parameters
    ----------
    duplicate
        The row stands there twice, the copy right behind.
    near_duplicate
        An order again, loaded one to three days later and cancelled.
    missing
        The value is not there.
    late
        An order reaches the warehouse 2 to 20 days after it was placed.
    outlier
        A wrong unit: prices ×100 (cents for euros), page views ×1000, stars ×10.
    category
        Blanks, capitals, a long form, ``???``.
    orphan
        An id from 9,000,000,000 on that exists nowhere.
    negative
        A quantity with its sign turned.
    clock
        An order's time is one hour ahead: local time written as if it were UTC.
    money_text, id_text, date_format, offset
        Only in `Shop.raw` and csv files: ``€12.50`` or ``1.234,50 €``; ids with blanks or ``#``; ``31.12.2023
        23:59:59`` (UTC); ``2023-12-31 23:59:59+01:00``.
    """

    duplicate: float = 0.004
    near_duplicate: float = 0.003
    missing: float = 0.01
    late: float = 0.01
    outlier: float = 0.002
    category: float = 0.01
    orphan: float = 0.002
    negative: float = 0.002
    clock: float = 0.003
    money_text: float = 0.02
    id_text: float = 0.01
    date_format: float = 0.03
    offset: float = 0.02

    def __post_init__(self) -> None:
        for entry in fields(self):
            rate = getattr(self, entry.name)
            if not 0 <= rate <= 0.1:
                raise ValueError(f"Faults' {entry.name} is a share of rows from 0 to 0.1, got {rate}.")

    @classmethod
    def none(cls) -> Faults:
        """Return faults that never happen."""
        return cls(**{entry.name: 0.0 for entry in fields(cls)})

    @classmethod
    def of(cls, faults: bool | Faults) -> Faults:
        """Return Faults as they are; True are the usual ones and False none."""
        if isinstance(faults, cls):
            return faults
        return cls() if faults else cls.none()


@dataclass(frozen=True)
class Keys:
    """What a row is called: the id of its first column and, where there are several, its line; 0 where not."""

    id: NDArray[np.int64]
    line: NDArray[np.int64]

    @classmethod
    def of(cls, table: Table) -> Keys:
        """Return the keys of a table without faults."""
        ids = next(iter(table.values())).numbers
        line = table["line_no"].numbers if "line_no" in table else np.zeros(len(ids), dtype=np.int64)
        return cls(ids, line)

    @property
    def number(self) -> NDArray[np.int64]:
        """A number for each row, unique in its table."""
        return self.id * 8 + self.line

    def take(self, rows: NDArray[np.int64]) -> Keys:
        """Return the keys of some rows."""
        return Keys(self.id[rows], self.line[rows])


@dataclass(frozen=True)
class Planted:
    """A table with its faults, the keys of its rows, and the log of what was done."""

    table: Table
    keys: Keys
    log: Table


def plant(name: str, table: Table, faults: Faults, seed: int) -> Planted:
    """Plant the faults of one table.

    Parameters
    ----------
    name
        The table's name.
    table
        Without faults; it is not changed.
    faults
        How often.
    seed
        The shop's seed: with it, which row gets what is fixed, whatever the pieces in which rows are made.

    Returns
    -------
    Planted
    """
    plan, keys = PLAN.get(name, ()), Keys.of(table)
    rates = [getattr(faults, kind) for kind, _ in plan]
    draw = Stream(seed, f"shop/faults/{name}").unit(keys.number)
    which = np.searchsorted(np.cumsum(rates), draw, side="right") if plan else np.zeros(len(draw), dtype=np.int64)
    how = Stream(seed, f"shop/faults/{name}/how").bits(keys.number) >> np.uint64(33)
    table = dict(table)
    for place, (kind, column) in enumerate(plan):
        hit = which == place
        if column == "stars":  # what was not answered cannot be mistyped
            hit &= ~table["stars"].absent()
            which = np.where((which == place) & ~hit, len(plan), which)
        if column and hit.any():
            table[column] = _spoilt(kind, table[column], hit, how.astype(np.int64), column)
    table, keys, which = _with_copies(plan, table, keys, which, how.astype(np.int64))
    return Planted(table, keys, _log(name, plan, keys, which))


def _spoilt(kind: str, column: Column, hit: NDArray[np.bool_], how: NDArray[np.int64], name: str) -> Column:
    if kind == "missing":
        return column.lose(hit)
    if kind == "category":
        return _misspelt(column, hit, how)
    values = column.numbers
    changed = {
        "late": lambda: values + (2 * facts.DAY + how % (18 * facts.DAY)),
        "outlier": lambda: values * _FACTORS.get(name, 1),
        "orphan": lambda: ORPHANS_FROM + how,
        "negative": lambda: -values,
        "clock": lambda: values + 3600,
    }[kind]()
    return replace(column, numbers=np.where(hit, changed, values))


def misspellings(label: str) -> list[str]:
    """Return the wrong forms of a text that `category` plants."""
    long = COUNTRY_NAMES.get(label, f"{label}.")
    other = label.lower() if label.isupper() else label.upper()
    return [f" {label}", f"{label} ", other, long, "???"]


def _misspelt(column: Column, hit: NDArray[np.bool_], how: NDArray[np.int64]) -> Column:
    wrong = [form for label in column.labels for form in misspellings(label)]
    codes = len(column.labels) + column.numbers * 5 + how % 5
    return replace(column, numbers=np.where(hit, codes, column.numbers), labels=(*column.labels, *wrong))


def _with_copies(
    plan: tuple[tuple[str, str], ...], table: Table, keys: Keys, which: NDArray[np.int64], how: NDArray[np.int64]
) -> tuple[Table, Keys, NDArray[np.int64]]:
    """Repeat the rows to be duplicated. In the returned `which` only the copy carries the fault."""
    doubles = [place for place, (kind, _) in enumerate(plan) if kind in ("duplicate", "near_duplicate")]
    twice = np.isin(which, doubles)
    if not twice.any():
        return table, keys, which
    rows = np.repeat(np.arange(len(which)), 1 + twice)
    copy = np.zeros(len(rows), dtype=bool)
    copy[1:] = rows[1:] == rows[:-1]
    table = {name: column.take(rows) for name, column in table.items()}
    which = np.where(twice[rows] & ~copy, len(plan), which[rows])
    if ("near_duplicate", "") in plan:
        again = which == plan.index(("near_duplicate", ""))
        loaded, status = table["loaded_at"], table["status"]
        later = loaded.numbers + facts.DAY + how[rows] % (2 * facts.DAY)
        table["loaded_at"] = replace(loaded, numbers=np.where(again, later, loaded.numbers))
        table["status"] = replace(status, numbers=np.where(again, 1, status.numbers))
    return table, keys.take(rows), which


def _log(name: str, plan: tuple[tuple[str, str], ...], keys: Keys, which: NDArray[np.int64]) -> Table:
    rows = np.flatnonzero(which < len(plan))
    chosen = which[rows]
    entries = plan or (("", ""),)
    return {
        "kind": text(chosen, [kind for kind, _ in entries]),
        "table": text(np.zeros(len(rows)), [name]),
        "column": text(chosen, [column for _, column in entries]),
        "key": whole(keys.id[rows]),
        "line_no": whole(keys.line[rows]),
    }
