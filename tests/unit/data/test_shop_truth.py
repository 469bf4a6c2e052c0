"""Simple estimators recover what the truth says, within their own standard errors."""

from __future__ import annotations

import json

import numpy as np
import pandas as pd
import pytest

from coursekit.data import shop

FAR = 4.0  # standard errors; some sixty estimates of fixed seeds are compared here
N = 60_000


@pytest.fixture(scope="module")
def made() -> shop.Shop:
    names = [name for name in shop.TABLES if name != "experiment"]
    return shop.simulate(N, faults=False, tables=names)


@pytest.fixture(scope="module")
def lines(made: shop.Shop) -> pd.DataFrame:
    """Order lines with product, order and customer."""
    return (
        made.order_lines.merge(made.products, on="product_id")
        .merge(made.orders, on="order_id")
        .merge(made.customers[["customer_id", "segment"]], on="customer_id")
    )


@pytest.fixture(scope="module")
def log() -> pd.DataFrame:
    return shop.experiment(200_000)


def covers(estimate: float, truth: float, error: float) -> bool:
    return bool(abs(estimate - truth) < FAR * error)


def difference(values: pd.Series, variant: pd.Series) -> tuple[float, float]:
    """The treatment's mean less the control's, and the standard error of that."""
    groups = values.astype(float).groupby(variant)
    error = np.sqrt((groups.var() / groups.size()).sum())
    return groups.mean()["treatment"] - groups.mean()["control"], error


def test_the_lift_and_the_baseline(log: pd.DataFrame) -> None:
    truth = shop.experiment_truth()
    lift, error = difference(log["converted"], log["variant"])
    assert covers(lift, truth["lift"], error)
    assert lift > 5 * error
    assert covers(log.loc[log["variant"] == "control", "converted"].mean(), truth["baseline_conversion"], 0.001)
    assert truth["treatment_conversion"] - truth["baseline_conversion"] == pytest.approx(truth["lift"])
    assert truth["relative_lift"] == pytest.approx(truth["lift"] / truth["baseline_conversion"])


def test_the_lift_of_spending(log: pd.DataFrame) -> None:
    truth = shop.experiment_truth()
    lift, error = difference(log["spend_eur"], log["variant"])
    assert covers(lift, truth["spend_lift_eur"], error)
    control = log.loc[log["variant"] == "control", "spend_eur"]
    assert covers(control.mean(), truth["baseline_spend_eur"], control.std() / np.sqrt(len(control)))


@pytest.mark.parametrize("segment", ["casual", "loyal", "business"])
def test_the_lift_differs_by_segment(log: pd.DataFrame, segment: str) -> None:
    own = log[log["segment"] == segment]
    lift, error = difference(own["converted"], own["variant"])
    assert covers(lift, shop.experiment_truth()["lift_by_segment"][segment], error)


def test_spending_before_foretells_spending(log: pd.DataFrame) -> None:
    """So CUPED cuts the variance by the square of the stated correlation, and leaves the estimate unbiased."""
    truth = shop.experiment_truth()
    control = log[log["variant"] == "control"]
    found = np.corrcoef(control["spend_before_eur"], control["spend_eur"])[0, 1]
    assert abs(found - truth["spend_correlation"]) < 0.015
    assert truth["spend_correlation"] ** 2 > 0.15
    slope = np.polyfit(log["spend_before_eur"], log["spend_eur"], 1)[0]
    adjusted = log["spend_eur"] - slope * (log["spend_before_eur"] - log["spend_before_eur"].mean())
    lift, error = difference(adjusted, log["variant"])
    assert covers(lift, truth["spend_lift_eur"], error)
    assert error < 0.93 * difference(log["spend_eur"], log["variant"])[1]
    gap, error = difference(log["spend_before_eur"], log["variant"])
    assert covers(gap, 0.0, error)


def test_the_coin_is_fair_unless_the_log_is_broken(log: pd.DataFrame) -> None:
    def strays(table: pd.DataFrame) -> float:
        return abs((table["variant"] == "treatment").mean() - 0.5) / np.sqrt(0.25 / len(table))

    assert strays(log) < FAR
    broken = shop.experiment(200_000, lost_treatment=0.05)
    assert strays(broken) > 10
    assert len(broken) < len(log)
    assert (broken["variant"] == "control").sum() == (log["variant"] == "control").sum()


def test_an_experiment_without_effect_has_none() -> None:
    log = shop.experiment(100_000, effect=0.0)
    truth = shop.experiment_truth(0.0)
    assert truth["lift"] == truth["spend_lift_eur"] == 0
    lift, error = difference(log["converted"], log["variant"])
    assert covers(lift, 0.0, error)


def test_conclusions_cover_as_often_as_they_should() -> None:
    """Over 60 experiments, 95 % intervals of the lift miss as rarely as chance allows."""
    truth = shop.experiment_truth()["lift"]
    far = []
    for seed in range(1, 61):
        log = shop.experiment(4_000, seed=seed)
        lift, error = difference(log["converted"], log["variant"])
        far.append((lift - truth) / error)
    assert abs(np.mean(far)) < 4 / np.sqrt(60)
    assert 0.7 < np.std(far) < 1.35
    assert np.mean(np.abs(far) > 1.96) < 0.17


def test_elasticities(made: shop.Shop, lines: pd.DataFrame) -> None:
    """Log mean units against log price, over the price levels of a category, weighted by precision."""
    units = lines["quantity"] / np.where(lines["segment"] == "business", 2, 1)
    level = (lines["unit_price_eur"] / lines["list_price_eur"]).round(1)
    for category, truth in made.truth.elasticity.items():
        own = lines["category"] == category
        groups = units[own].groupby(level[own]).agg(["mean", "std", "size"]).dropna()
        x, y = np.log(groups.index.to_numpy()), np.log(groups["mean"].to_numpy())
        weight = (groups["mean"] ** 2 / groups["std"] ** 2 * groups["size"]).to_numpy()
        centre = np.average(x, weights=weight)
        spread = (weight * (x - centre) ** 2).sum()
        slope = (weight * (x - centre) * y).sum() / spread
        assert covers(slope, truth, 1 / np.sqrt(spread)), (category, slope, truth)
        at_list = groups.loc[1.0]
        assert covers(
            at_list["mean"], made.truth.units_at_list_price[category], at_list["std"] / np.sqrt(at_list["size"])
        )


def test_return_rates(made: shop.Shop, lines: pd.DataFrame) -> None:
    delivered = lines[lines["status"] == "delivered"]
    back = delivered.merge(made.returns, on=["order_id", "line_no"], how="left")["returned_at"].notna()
    found = back.groupby(delivered["category"].to_numpy()).agg(["mean", "size"])
    for category, truth in made.truth.return_rate.items():
        rate, n = found.loc[category]
        assert covers(rate, truth, np.sqrt(truth * (1 - truth) / n)), category


def test_conversion(made: shop.Shop) -> None:
    bought = made.sessions["order_id"].notna()
    truth = made.truth.conversion
    assert covers(bought.mean(), truth["rate"], np.sqrt(0.14 / len(bought)))
    for device, rate in truth["by_device"].items():
        own = bought[made.sessions["device"] == device]
        assert covers(own.mean(), rate, np.sqrt(rate * (1 - rate) / len(own))), device


def test_fraud_is_rare_known_and_learnable(made: shop.Shop) -> None:
    table, truth = made.card_transactions, made.truth.fraud
    assert truth["n"] == len(table)
    assert truth["n_fraud"] == table["is_fraud"].sum()
    assert 0.002 < truth["expected_rate"] < 0.005
    assert covers(table["is_fraud"].mean(), truth["expected_rate"], np.sqrt(truth["expected_rate"] / len(table)))
    signs = [
        table["ip_country"] != table["card_country"],
        table["new_device"],
        table["attempts"] >= 3,
        table["account_age_days"] < 30,
        table["amount_eur"] >= 300,
        table["paid_at"].dt.hour < 6,
    ]
    risk = np.full(len(table), truth["base"])
    for sign, factor in zip(signs, truth["factors"].values(), strict=True):
        risk = np.where(sign, risk * factor, risk)
    assert np.minimum(risk, 0.6).mean() == pytest.approx(truth["expected_rate"], rel=1e-4)
    top = np.argsort(-risk)[: len(table) // 50]
    caught = table["is_fraud"].to_numpy()[top].sum() / truth["n_fraud"]
    assert caught > 0.2  # ten times as many as 2 % of alerts at random


def test_labels_come_late(made: shop.Shop) -> None:
    fraud = made.card_transactions[made.card_transactions["is_fraud"]]
    wait = (fraud["chargeback_at"] - fraud["paid_at"]).dt.days
    assert 15 < wait.median() < 35
    assert (wait > 60).mean() > 0.03


def test_ratings_are_missing_not_at_random(made: shop.Shop) -> None:
    """The stars that came in agree with the truth about them, and mislead about those that did not."""
    table = made.ratings.merge(made.products, on="product_id")
    truth = made.truth.ratings
    given = table.dropna(subset=["stars"])
    stars = given["stars"].astype(float).groupby(given["category"]).agg(["mean", "std", "size"])
    for category, row in stars.iterrows():
        assert covers(row["mean"], truth["mean_answered"][category], row["std"] / np.sqrt(row["size"])), category
    gaps = [abs(truth["mean_answered"][name] - truth["mean_stars"][name]) for name in truth["mean_stars"]]
    assert max(gaps) > 0.15
    assert given["title"].groupby(given["stars"]).nunique().tolist() == [4, 4, 4, 4, 4]


def test_seasons(made: shop.Shop) -> None:
    """Weekday and month factors, sale days apart; each day has noise of its own."""
    truth = made.truth.seasonality
    daily = made.orders.groupby(made.orders["ordered_at"].dt.floor("D")).size()
    assert len(daily) == 731
    usual = daily[~daily.index.strftime("%Y-%m-%d").isin(list(truth["sale_days"]))]
    season = np.array(truth["month"])[usual.index.month - 1]
    by_weekday = (usual / season).groupby(usual.index.day_of_week).mean()
    assert np.abs(by_weekday / by_weekday.mean() - np.array(truth["weekday"])).max() < 0.06
    week = np.array(truth["weekday"])[usual.index.day_of_week]
    by_month = (usual / week).groupby(usual.index.month).mean()
    assert np.abs(by_month / by_month.mean() - np.array(truth["month"])).max() < 0.08
    trend = 1 + (truth["growth"] - 1) * (usual.index - daily.index[0]).days / 730
    rest = usual / (season * week * trend)
    assert 0.06 < rest.std() / rest.mean() < 0.1
    first, last = rest.iloc[:200].mean(), rest.iloc[-200:].mean()
    assert abs(last / first - 1) < 0.03
    sale = daily.loc["2024-11-29"] / daily.loc[["2024-11-22", "2024-12-06"]].mean()
    assert 1.6 < sale < 2.9


def test_buying_again_is_skewed(made: shop.Shop) -> None:
    orders = made.orders["customer_id"].value_counts()
    assert 0.6 < (orders > 1).mean() < 0.9
    top = orders.sort_values(ascending=False).iloc[: len(made.customers) // 10].sum() / len(made.orders)
    assert 0.4 < top < 0.7
    shares = made.customers["segment"].value_counts(normalize=True)
    assert shares["business"] == pytest.approx(6 / 64, abs=0.001)
    assert shares["loyal"] == pytest.approx(16 / 64, abs=0.001)


def test_customers_have_tastes(lines: pd.DataFrame) -> None:
    """The most frequent category of a customer with many lines takes far more than its general share."""
    counts = pd.crosstab(lines["customer_id"], lines["category"])
    many = counts[counts.sum(axis=1) >= 30]
    assert (many.max(axis=1) / many.sum(axis=1)).mean() > 0.45


@pytest.fixture(scope="module")
def drifted() -> shop.Shop:
    drift = shop.Drift(from_day=366, conversion=0.7, fraud=5, price_sd=0.5)
    return shop.simulate(
        N, faults=False, drift=drift, tables=["orders", "order_lines", "sessions", "card_transactions"]
    )


def _after(moments: pd.Series, day: int) -> pd.Series:
    return (moments - pd.Timestamp("2023-01-01", tz="UTC")).dt.days >= day


def test_prices_drift_by_so_many_standard_deviations(drifted: shop.Shop) -> None:
    lines = drifted.order_lines.merge(drifted.orders, on="order_id")
    after = _after(lines["ordered_at"], 366)
    before, later = lines.loc[~after, "unit_price_eur"], lines.loc[after, "unit_price_eur"]
    size = (later.mean() - before.mean()) / before.std()
    error = np.sqrt(before.var() / len(before) + later.var() / len(later)) / before.std()
    # Popular products have their own price levels in each month, which adds to the sampling error.
    assert covers(size, 0.5, 2 * error)
    truth = drifted.truth.drift
    assert truth["price_sd"] == 0.5
    assert truth["price_factor"] == pytest.approx(1 + 0.5 * truth["price_sd_eur"] / truth["price_mean_eur"], rel=1e-4)
    assert before.mean() == pytest.approx(truth["price_mean_eur"], rel=0.02)
    assert before.std() == pytest.approx(truth["price_sd_eur"], rel=0.03)


def test_conversion_drifts(drifted: shop.Shop) -> None:
    after = _after(drifted.sessions["started_at"], 366)
    bought = drifted.sessions["order_id"].notna()
    assert drifted.truth.conversion["after_drift"] == pytest.approx(0.7 / 6)
    for rows, rate in ((~after, 1 / 6), (after, 0.7 / 6)):
        assert covers(bought[rows].mean(), rate, np.sqrt(rate * (1 - rate) / rows.sum()))


def test_fraud_drifts(drifted: shop.Shop) -> None:
    after = _after(drifted.card_transactions["paid_at"], 366)
    rates = drifted.card_transactions["is_fraud"].groupby(after).mean()
    assert 3.2 < rates[True] / rates[False] < 8  # five times; dearer orders add a little


def test_the_mix_of_categories_drifts_by_so_much() -> None:
    made = shop.simulate(N, faults=False, drift=shop.Drift(category_mix=0.1, from_day=366),
                         tables=["orders", "order_lines", "products"])  # fmt: skip
    lines = made.order_lines.merge(made.products, on="product_id").merge(made.orders, on="order_id")
    after = _after(lines["ordered_at"], 366)
    mix = pd.crosstab(lines["category"], after, normalize="columns")
    change = mix[True] - mix[False]
    error = np.sqrt(2 * 0.13 * 0.87 / (len(lines) / 2)) * 2.5  # favourites of a few eager buyers tie lines together
    assert covers(change["electronics"], 0.1, error)
    assert covers(change["fashion"], -0.1, error)
    assert change.drop(["electronics", "fashion"]).abs().max() < 0.01
    for category, share in made.truth.category_share.items():
        assert abs(mix.loc[category, False] - share) < 0.015


def test_nothing_drifts_before_its_day_nor_without_drift(drifted: shop.Shop, made: shop.Shop) -> None:
    """Up to the day the shop is the same, row for row."""
    n = int((~_after(made.orders["ordered_at"], 366)).sum())
    assert shop.digest(drifted.orders.iloc[:n]) == shop.digest(made.orders.iloc[:n])
    assert shop.simulate(500, drift=0.4).truth.drift["price_sd"] == 0.4
    assert shop.Drift().price_factor == 1_000_000


def test_the_truth_is_json(made: shop.Shop) -> None:
    plain = json.loads(made.truth.to_json())
    assert plain["elasticity"]["fashion"] == -1.8
    assert plain["seed"] == made.truth.seed
    assert "faults" not in plain
