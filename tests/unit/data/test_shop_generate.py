"""The shop's rows depend on the seed alone: not on machine, process, pieces, or which tables are asked for."""

from __future__ import annotations

import subprocess
import sys
from itertools import islice

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coursekit.data import shop

DRIFT = shop.Drift(from_day=400, price_sd=0.3, category_mix=0.1, conversion=0.9, fraud=2)
# The rows of 2,000 orders with the usual faults and the drift above. They are the same on every machine; a change of
# these digests changes every number that learners got from the shop: do it on purpose only.
DIGESTS = {
    "customers": "88824c36153c353e",
    "products": "f386281c017872df",
    "prices": "609d2bb21f72f5a0",
    "orders": "91434693aed04ba7",
    "order_lines": "e49c2a5e311f6436",
    "sessions": "81a26eaf0f68f21c",
    "returns": "6e367e673df05617",
    "ratings": "0aef044463d31805",
    "experiment": "7c4bbf5b07d281cc",
    "card_transactions": "93ae52da6e2845d7",
}


@pytest.fixture(scope="module")
def small() -> shop.Shop:
    return shop.simulate(700, seed=3, drift=DRIFT)


def test_the_rows_are_the_pinned_ones() -> None:
    made = shop.simulate(2_000, drift=DRIFT)
    assert {name: shop.digest(table)[:16] for name, table in made.tables.items()} == DIGESTS


def test_another_process_makes_the_same_rows() -> None:
    """Whatever its hash seed and its decimal precision are."""
    code = (
        "import decimal; decimal.getcontext().prec = 4\n"
        "from coursekit.data import shop\n"
        "drift = shop.Drift(from_day=400, price_sd=0.3, category_mix=0.1, conversion=0.9, fraud=2)\n"
        "made = shop.simulate(2_000, drift=drift)\n"
        "print(*(shop.digest(table)[:16] for table in made.tables.values()))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env={"PYTHONHASHSEED": "5"}
    )
    assert done.stdout.split() == list(DIGESTS.values())


def _joined(pieces: list[dict[str, pd.DataFrame]]) -> dict[str, pd.DataFrame]:
    names = {name: None for piece in pieces for name in piece}
    return {name: pd.concat([p[name] for p in pieces if name in p], ignore_index=True) for name in names}


@settings(max_examples=5, deadline=None)
@given(st.integers(120, 800))
def test_pieces_of_any_size_make_the_same_rows(small: shop.Shop, chunk: int) -> None:
    joined = _joined(list(shop.chunks(700, seed=3, drift=DRIFT, chunk_orders=chunk)))
    assert list(joined) == list(small.tables)
    for name, table in small.tables.items():
        assert shop.digest(joined[name]) == shop.digest(table), name


def test_even_pieces_of_one_order(small: shop.Shop) -> None:
    """Every table that grows, from its first rows."""
    joined = _joined(list(islice(shop.chunks(700, seed=3, drift=DRIFT, chunk_orders=1), 25)))
    for name, table in joined.items():
        assert len(table) > 0
        assert shop.digest(table) == shop.digest(small.tables[name].iloc[: len(table)]), name


@pytest.mark.parametrize("name", shop.TABLES)
def test_a_table_alone_is_the_same_table(small: shop.Shop, name: str) -> None:
    alone = shop.simulate(700, seed=3, drift=DRIFT, tables=[name])
    assert list(alone.tables) == [name]
    assert shop.digest(alone.tables[name]) == shop.digest(small.tables[name])


def test_another_seed_makes_other_rows(small: shop.Shop) -> None:
    other = shop.simulate(700, seed=4, drift=DRIFT)
    for name, table in small.tables.items():
        assert (shop.digest(other.tables[name]) == shop.digest(table)) == (name == "products"), name


def test_the_digest_sees_every_change(small: shop.Shop) -> None:
    """A value, a gap, a name and the order of rows."""
    table = small.ratings
    first = shop.digest(table)
    assert shop.digest(table.copy()) == first
    answered = table["stars"].notna().idxmax()
    for change in (
        table.assign(stars=table["stars"].where(table.index != answered)),
        table.assign(title=table["title"].str.lower()),
        table.rename(columns={"stars": "star"}),
        table.iloc[::-1],
        table.assign(asked_at=table["asked_at"] + pd.Timedelta("1s")),
    ):
        assert shop.digest(change) != first
    prices = small.order_lines
    assert shop.digest(prices.assign(unit_price_eur=prices["unit_price_eur"] * 1.0000001)) != shop.digest(prices)


def test_a_shop_of_one_order() -> None:
    made = shop.simulate(1, seed=1, faults=False)
    assert len(made.orders) == 1
    assert len(made.customers) == 256
    assert len(made.order_lines) >= 1


def test_attributes_and_unknown_names(small: shop.Shop) -> None:
    assert small.orders is small.tables["orders"]
    assert repr(small).startswith("Shop of 700 orders, seed 3 (rows: customers 2")
    with pytest.raises(AttributeError, match="no 'order'; its tables are customers"):
        _ = small.order
    with pytest.raises(ValueError, match="no table 'order'; its tables are"):
        small.raw("order")
    with pytest.raises(AttributeError):
        _ = shop.simulate(10, tables=["orders"]).sessions


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"n_orders": 0}, "n_orders is a whole number"),
        ({"n_orders": 10.5}, "n_orders is a whole number"),
        ({"n_orders": 10, "tables": ["order"]}, "no table 'order'"),
        ({"n_orders": 10, "chunk_orders": 0}, "chunk_orders must be at least 1"),
    ],
)
def test_wrong_requests_are_refused(options: dict, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        list(shop.chunks(**options))


@pytest.mark.parametrize(
    "wrong",
    [{"from_day": 731}, {"price_sd": -1}, {"category_mix": 0.2}, {"conversion": 0.4}, {"fraud": -1}],
)
def test_a_drift_out_of_range_is_refused(wrong: dict) -> None:
    with pytest.raises(ValueError, match=f"Drift's {next(iter(wrong))} must be from"):
        shop.Drift(**wrong)


def test_faults_out_of_range_are_refused() -> None:
    with pytest.raises(ValueError, match="missing is a share of rows"):
        shop.Faults(missing=0.2)


@pytest.mark.parametrize(
    "wrong", [{"n_visitors": 0}, {"n_visitors": 5, "effect": 4}, {"n_visitors": 5, "lost_treatment": 1}]
)
def test_a_wrong_experiment_is_refused(wrong: dict) -> None:
    with pytest.raises(ValueError, match=f"{list(wrong)[-1]} must be"):
        shop.experiment(**wrong)


def test_importing_the_shop_is_light() -> None:
    code = (
        "import sys; from coursekit.data import shop\n"
        "print([name for name in ('pandas', 'pyarrow', 'scipy', 'sklearn') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
