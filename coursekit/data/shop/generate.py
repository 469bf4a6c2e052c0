"""All tables of a stretch of the shop, in pieces of any size."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

import numpy as np

from coursekit.data.shop import after, catalogue, payments, sales, trial, visits
from coursekit.data.shop.columns import Table
from coursekit.data.shop.drift import Drift
from coursekit.data.shop.faults import Faults, Planted, plant
from coursekit.data.shop.truth import Tally, Truth, tell
from coursekit.data.shop.world import World

_OF_SALES: dict[str, Callable[[World, sales.Sales], Table]] = {
    "orders": sales.orders,
    "order_lines": sales.order_lines,
    "sessions": visits.sessions,
    "returns": after.returns,
    "ratings": after.ratings,
    "card_transactions": payments.card_transactions,
}
# Tables that do not grow with the number of orders come whole, in the first piece.
FIXED: dict[str, Callable[[World], Table]] = {"products": catalogue.products, "prices": catalogue.prices}
TABLES = ("customers", "products", "prices", *list(_OF_SALES)[:5], "experiment", "card_transactions")
VISITORS_PER_ORDER = 2


@dataclass(frozen=True)
class Order:
    """What was asked for, checked.

    Parameters
    ----------
    n_orders, seed, faults, drift
        As in `simulate`.
    tables
        Names of the wanted tables, in the shop's order.
    """

    n_orders: int
    seed: int
    faults: Faults
    drift: Drift
    tables: tuple[str, ...]

    @classmethod
    def of(
        cls, n_orders: int, seed: int, faults: bool | Faults, drift: float | Drift, tables: Iterable[str] | None
    ) -> Order:
        """Check and complete what was asked for."""
        wanted = TABLES if tables is None else [tables] if isinstance(tables, str) else list(tables)
        for name in wanted:
            if name not in TABLES:
                raise ValueError(f"The shop has no table {name!r}; its tables are {', '.join(TABLES)}.")
        if int(n_orders) != n_orders or not 1 <= n_orders <= 100_000_000:
            raise ValueError(f"n_orders is a whole number from 1 to 100,000,000, got {n_orders}.")
        chosen = tuple(name for name in TABLES if name in wanted)
        return cls(int(n_orders), int(seed), Faults.of(faults), Drift.of(drift), chosen)

    def truth(self, tally: Tally) -> Truth:
        """Return the truth of what was made."""
        return tell(self.n_orders, self.seed, self.faults, self.drift, tally)


def pieces(order: Order, chunk_orders: int, tally: Tally) -> Iterator[dict[str, Planted]]:
    """Make the shop piece by piece; put one behind the other, the rows are the same for every `chunk_orders`.

    Parameters
    ----------
    order
        What is wanted.
    chunk_orders
        Orders in a piece, at least 1.
    tally
        Counts what goes by.

    Yields
    ------
    dict of str to Planted
        The wanted tables; those of fixed size are in the first piece only.
    """
    if chunk_orders < 1:
        raise ValueError(f"chunk_orders must be at least 1, got {chunk_orders}.")
    world = World(order.n_orders, order.seed, order.drift)
    for first in range(0, order.n_orders, chunk_orders):
        last = min(first + chunk_orders, order.n_orders)
        piece = {}
        for name, table in _tables(world, order, first, last, tally):
            planted = plant(name, table, order.faults, order.seed)
            _count(tally, name, planted)
            piece[name] = planted
        yield {name: piece[name] for name in order.tables if name in piece}


def _tables(world: World, order: Order, first: int, last: int, tally: Tally) -> Iterator[tuple[str, Table]]:
    """Make the wanted tables of the orders from `first` to `last` and of as large a part of the customers."""
    n = order.n_orders
    if "customers" in order.tables:
        ends = [number * world.n_customers // n for number in (first, last)]
        yield "customers", catalogue.customers(world, *ends)
    if "experiment" in order.tables:
        yield "experiment", trial.visitors(world, VISITORS_PER_ORDER * first, VISITORS_PER_ORDER * last)
    if first == 0:
        yield from ((name, make(world)) for name, make in FIXED.items() if name in order.tables)
    wanted = [name for name in _OF_SALES if name in order.tables]
    sold = sales.sell(world, first, last) if wanted else None
    for name in wanted:
        if name == "card_transactions":
            table, risk = payments.transactions_and_risk(world, sold)
            tally.transactions += len(risk)
            tally.frauds += int(table["is_fraud"].numbers.sum())
            tally.risk += int(risk.sum())
        else:
            table = _OF_SALES[name](world, sold)
        yield name, table


def _count(tally: Tally, name: str, planted: Planted) -> None:
    tally.rows[name] += len(planted.keys.id)
    log = planted.log
    codes, counts = np.unique(log["kind"].numbers, return_counts=True)
    for code, n in zip(codes.tolist(), counts.tolist(), strict=True):
        tally.faults[name, log["kind"].labels[code], log["column"].labels[code]] += n
