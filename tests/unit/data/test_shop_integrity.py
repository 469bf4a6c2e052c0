"""Without faults everything in the shop hangs together."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from coursekit.data import shop

SCHEMA = {
    "customers": "customer_id:int64 signed_up_at:time country:text segment:text channel:text birth_year:Int64"
    " newsletter:bool",
    "products": "product_id:int64 name:text category:text style:text list_price_eur:float64",
    "prices": "product_id:int64 valid_from:time price_eur:float64",
    "orders": "order_id:int64 customer_id:int64 ordered_at:time loaded_at:time channel:text payment:text status:text"
    " shipping_eur:float64 total_eur:float64",
    "order_lines": "order_id:int64 line_no:int64 product_id:int64 quantity:int64 unit_price_eur:float64",
    "sessions": "session_id:int64 customer_id:Int64 started_at:time device:text source:text page_views:int64"
    " added_to_cart:bool reached_checkout:bool order_id:Int64",
    "returns": "order_id:int64 line_no:int64 returned_at:time reason:text refund_eur:float64",
    "ratings": "order_id:int64 line_no:int64 product_id:int64 customer_id:int64 asked_at:time stars:Int64 title:text",
    "experiment": "visitor_id:int64 assigned_at:time variant:text segment:text device:text spend_before_eur:float64"
    " converted:bool spend_eur:float64",
    "card_transactions": "transaction_id:int64 order_id:int64 customer_id:int64 paid_at:time amount_eur:float64"
    " card_country:text ip_country:text new_device:bool attempts:int64 account_age_days:int64 is_fraud:bool"
    " chargeback_at:time",
}
CENT = 1e-6  # euros are whole cents, so any difference beyond rounding is at least 0.01


@pytest.fixture(scope="module")
def made() -> shop.Shop:
    return shop.simulate(12_000, seed=8, faults=False, drift=shop.Drift(price_sd=0.2))


@pytest.fixture(scope="module")
def lines(made: shop.Shop) -> pd.DataFrame:
    """Order lines with their orders."""
    return made.order_lines.merge(made.orders, on="order_id", validate="many_to_one")


@pytest.mark.parametrize("faults", [False, True])
def test_columns_and_types(faults: bool) -> None:
    """The same with and without faults, with and without rows that are missing."""
    tables = shop.simulate(3_000, faults=faults).tables
    assert list(tables) == list(shop.TABLES) == list(SCHEMA)
    text = pd.Series(["a"]).dtype
    names = {"time": "datetime64[us, UTC]", "text": str(text)}
    for name, table in tables.items():
        wanted = [entry.split(":") for entry in SCHEMA[name].split()]
        assert [[column, str(dtype)] for column, dtype in table.dtypes.items()] == [
            [column, names.get(kind, kind)] for column, kind in wanted
        ]
        assert table.index.equals(pd.RangeIndex(len(table)))


def test_sizes(made: shop.Shop) -> None:
    sizes = {name: len(table) for name, table in made.tables.items()}
    assert sizes["orders"] == 12_000
    assert sizes["experiment"] == 24_000
    assert sizes["products"] == 240
    assert abs(sizes["customers"] - 3_000) < 64
    assert 1.85 < sizes["order_lines"] / 12_000 < 2.0
    assert 5.2 < sizes["sessions"] / 12_000 < 5.6
    assert made.truth.rows == sizes


def test_primary_keys(made: shop.Shop) -> None:
    for name, keys in {
        "customers": ["customer_id"],
        "products": ["product_id"],
        "prices": ["product_id", "valid_from"],
        "orders": ["order_id"],
        "order_lines": ["order_id", "line_no"],
        "sessions": ["session_id"],
        "returns": ["order_id", "line_no"],
        "ratings": ["order_id", "line_no"],
        "experiment": ["visitor_id"],
        "card_transactions": ["transaction_id"],
    }.items():
        table = made.tables[name]
        assert not table.duplicated(keys).any(), name
        assert not table[keys].isna().any().any(), name


def test_foreign_keys(made: shop.Shop) -> None:
    lines = set(map(tuple, made.order_lines[["order_id", "line_no"]].to_numpy().tolist()))
    for name, table in made.tables.items():
        for column, target in {"customer_id": "customers", "product_id": "products", "order_id": "orders"}.items():
            if column in table:
                assert table[column].dropna().isin(made.tables[target][column]).all(), (name, column)
        if "line_no" in table and name != "order_lines":
            assert set(map(tuple, table[["order_id", "line_no"]].to_numpy().tolist())) <= lines
    assert set(made.order_lines["order_id"]) == set(made.orders["order_id"])


def test_orders_are_in_time_and_within_the_period(made: shop.Shop) -> None:
    moments = made.orders["ordered_at"]
    assert moments.is_monotonic_increasing
    assert moments.dt.tz_convert("UTC").between("2023-01-01", "2024-12-31 23:59:59").all()
    assert (moments.dt.microsecond == 0).all()
    wait = (made.orders["loaded_at"] - moments).dt.total_seconds()
    assert wait.between(60, 1_800).all()


def test_customers_sign_up_before_they_order(made: shop.Shop) -> None:
    assert made.customers["signed_up_at"].is_monotonic_increasing
    both = made.orders.merge(made.customers, on="customer_id")
    assert (both["signed_up_at"] <= both["ordered_at"]).all()


def test_totals_are_lines_and_shipping(made: shop.Shop) -> None:
    goods = (made.order_lines["quantity"] * made.order_lines["unit_price_eur"]).groupby(
        made.order_lines["order_id"]
    ).sum()  # fmt: skip
    orders = made.orders.set_index("order_id")
    assert np.allclose(goods + orders["shipping_eur"], orders["total_eur"], atol=CENT, rtol=0)
    assert ((orders["shipping_eur"] == 0) == (goods > 49.995)).all()


def test_a_line_has_the_price_in_force(made: shop.Shop, lines: pd.DataFrame) -> None:
    """As found by a point-in-time join with the history of prices."""
    joined = pd.merge_asof(
        lines.sort_values("ordered_at"),
        made.prices.sort_values("valid_from"),
        left_on="ordered_at",
        right_on="valid_from",
        by="product_id",
    )
    assert (joined["unit_price_eur"] - joined["price_eur"]).abs().max() < CENT
    changes = made.prices.groupby("product_id")["price_eur"].diff()
    assert (changes.dropna() != 0).all()
    assert made.prices.groupby("product_id").size().min() > 3


def test_line_numbers_count_from_one(made: shop.Shop) -> None:
    counted = made.order_lines.groupby("order_id").cumcount() + 1
    assert (counted == made.order_lines["line_no"]).all()
    assert made.order_lines["line_no"].max() == 5
    assert (made.order_lines["quantity"] >= 1).all()


def test_sessions_and_their_orders(made: shop.Shop) -> None:
    """Each order of web and app has one session, of the same customer and before the order; a funnel has no holes."""
    ended = made.sessions.dropna(subset=["order_id"]).merge(made.orders, on="order_id", suffixes=("", "_of_order"))
    assert len(ended) == made.orders["channel"].isin(["web", "app"]).sum() == ended["order_id"].nunique()
    assert (ended["customer_id"] == ended["customer_id_of_order"]).all()
    assert (ended["started_at"] < ended["ordered_at"]).all()
    sessions = made.sessions
    assert sessions["order_id"].notna().le(sessions["reached_checkout"]).all()
    assert sessions["reached_checkout"].le(sessions["added_to_cart"]).all()
    assert sessions["page_views"].between(1, 20).all()


def test_returns_come_after_delivery_with_the_price_paid(made: shop.Shop, lines: pd.DataFrame) -> None:
    returned = made.returns.merge(lines, on=["order_id", "line_no"], validate="one_to_one")
    assert set(returned["status"]) == {"delivered"}
    assert (returned["returned_at"] - returned["ordered_at"]).dt.days.between(4, 26).all()
    assert np.allclose(returned["refund_eur"], returned["quantity"] * returned["unit_price_eur"], atol=CENT, rtol=0)


def test_ratings_belong_to_delivered_lines(made: shop.Shop, lines: pd.DataFrame) -> None:
    rated = made.ratings.merge(lines, on=["order_id", "line_no"], suffixes=("", "_line"), validate="one_to_one")
    assert set(rated["status"]) == {"delivered"}
    assert (rated["product_id"] == rated["product_id_line"]).all()
    assert (rated["customer_id"] == rated["customer_id_line"]).all()
    assert rated["stars"].dropna().between(1, 5).all()
    assert (rated["stars"].isna() == rated["title"].isna()).all()


def test_card_transactions_are_the_card_orders(made: shop.Shop) -> None:
    paid = made.card_transactions.merge(made.orders, on="order_id", suffixes=("", "_of_order"), validate="one_to_one")
    assert len(paid) == (made.orders["payment"] == "card").sum()
    assert np.allclose(paid["amount_eur"], paid["total_eur"], atol=CENT, rtol=0)
    assert (paid["customer_id"] == paid["customer_id_of_order"]).all()
    assert (paid["is_fraud"] == paid["chargeback_at"].notna()).all()
    fraud = paid[paid["is_fraud"]]
    assert (fraud["chargeback_at"] - fraud["paid_at"]).dt.days.between(5, 99).all()
    signed = paid.merge(made.customers, on="customer_id")
    age = (signed["ordered_at"] - signed["signed_up_at"]).dt.days
    assert (age == signed["account_age_days"]).all()


def test_an_experiment_alone_is_that_of_the_shop(made: shop.Shop) -> None:
    alone = shop.experiment(24_000, seed=8)
    assert shop.digest(alone) == shop.digest(made.experiment)
    assert ((made.experiment["spend_eur"] > 0) == made.experiment["converted"]).all()
