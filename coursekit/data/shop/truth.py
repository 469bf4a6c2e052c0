"""What is true in a simulated shop, apart from its tables."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass, field, fields
from typing import TYPE_CHECKING, Any

import numpy as np

from coursekit.data.shop import facts
from coursekit.data.shop.drift import Drift, reference_price
from coursekit.data.shop.faults import Faults
from coursekit.data.shop.trial import experiment_truth
from coursekit.data.shop.visits import idle_sessions

if TYPE_CHECKING:
    import pandas as pd


@dataclass
class Truth:
    """The facts behind the tables, for graders: what a good estimate should cover.

    Parameters
    ----------
    n_orders, seed
        As asked for.
    period
        First and last day.
    rows
        Rows of each table, duplicates included.
    elasticity
        By category: d log(units in a line) / d log(price).
    units_at_list_price
        By category: mean units in a line of a private customer; businesses buy twice as many.
    return_rate
        By category: share of delivered lines.
    conversion
        ``rate`` (sessions that end in an order), ``by_device``, and ``after_drift``.
    experiment
        See `experiment_truth`.
    fraud
        ``base``, ``factors`` (they multiply), and of this shop's transactions ``n``, ``n_fraud`` and
        ``expected_rate``, the mean of the probabilities from which the labels were drawn.
    ratings
        ``answered_by_stars``, and by category ``mean_stars`` (of all who were asked) and ``mean_answered``.
    seasonality
        Factors of demand: ``weekday`` (Monday first), ``month``, ``growth`` (last day to first), ``sale_days``,
        and ``day_noise_sd``, the spread of a further factor drawn for each day.
    category_share
        Of order lines, before drift.
    drift
        The sizes asked for, and ``price_factor``, ``price_mean_eur`` and ``price_sd_eur`` (before).
    fault_rates
        As asked for.
    fault_counts
        ``{(table, kind, column): rows}`` of the planted row faults.
    faults
        One row for each: kind, table, column, key (the id in the table's first column before the fault), line_no (0
        where there are no lines). None after `write`, which puts it into ``_truth/faults``.
    """

    n_orders: int
    seed: int
    period: tuple[str, str]
    rows: dict[str, int]
    elasticity: dict[str, float]
    units_at_list_price: dict[str, float]
    return_rate: dict[str, float]
    conversion: dict[str, Any]
    experiment: dict[str, Any]
    fraud: dict[str, Any]
    ratings: dict[str, Any]
    seasonality: dict[str, Any]
    category_share: dict[str, float]
    drift: dict[str, Any]
    fault_rates: dict[str, float]
    fault_counts: dict[tuple[str, str, str], int]
    faults: pd.DataFrame | None = field(default=None, repr=False)

    def to_json(self) -> str:
        """Return everything but `faults` as JSON."""
        plain = {entry.name: getattr(self, entry.name) for entry in fields(self) if entry.name != "faults"}
        plain["fault_counts"] = [[*key, n] for key, n in self.fault_counts.items()]
        return json.dumps(plain, indent=1, ensure_ascii=False) + "\n"


@dataclass
class Tally:
    """What is counted while the rows go by."""

    rows: Counter[str] = field(default_factory=Counter)
    faults: Counter[tuple[str, str, str]] = field(default_factory=Counter)
    transactions: int = 0
    frauds: int = 0
    risk: int = 0  # billionths


def tell(n_orders: int, seed: int, faults: Faults, drift: Drift, tally: Tally) -> Truth:
    """Put the truth together."""
    by_name = {category.name: category for category in facts.CATEGORIES}
    return Truth(
        n_orders=n_orders,
        seed=seed,
        period=("2023-01-01", "2024-12-31"),
        rows=dict(tally.rows),
        elasticity={name: entry.elasticity / 10 for name, entry in by_name.items()},
        units_at_list_price={name: entry.units / 100 for name, entry in by_name.items()},
        return_rate={name: entry.returned / 1_000 for name, entry in by_name.items()},
        conversion=_conversion(drift),
        experiment=experiment_truth(),
        fraud=_fraud(tally),
        ratings=_ratings(),
        seasonality=_seasonality(),
        category_share={name: entry.weight / 100 for name, entry in by_name.items()},
        drift=_drift(drift),
        fault_rates={entry.name: getattr(faults, entry.name) for entry in fields(faults)},
        fault_counts=dict(tally.faults),
    )


def _conversion(drift: Drift) -> dict[str, Any]:
    rate = 1 / (1 + facts.SESSIONS_WITHOUT_ORDER)
    devices = zip(facts.DEVICES, facts.DEVICES_ORDER, facts.DEVICES_NONE, strict=True)
    return {
        "rate": rate,
        "by_device": {name: rate * yes / (rate * yes + (1 - rate) * no) for name, yes, no in devices},
        "after_drift": 1 / (1 + idle_sessions(drift.conversion)),
    }


def _fraud(tally: Tally) -> dict[str, Any]:
    return {
        "base": facts.FRAUD_BASE / 1e9,
        "factors": {name: factor / 100 for name, factor in facts.FRAUD_FACTORS.items()},
        "n": tally.transactions,
        "n_fraud": tally.frauds,
        "expected_rate": tally.risk / 1e9 / tally.transactions if tally.transactions else None,
    }


def _ratings() -> dict[str, Any]:
    answered = np.array(facts.ANSWERED) / 100
    stars = np.arange(1, 6)
    lower = np.maximum(stars - facts.RETURN_COSTS_STARS, 1)
    mean_stars, mean_answered = {}, {}
    for entry in facts.CATEGORIES:
        shares, back = np.array(entry.stars) / 100, entry.returned / 1_000
        mixed = (1 - back) * shares + back * np.array([shares[lower == star].sum() for star in stars])
        mean_stars[entry.name] = round(float(mixed @ stars), 6)
        mean_answered[entry.name] = round(float((mixed * answered) @ stars / (mixed @ answered)), 6)
    return {
        "answered_by_stars": dict(zip(map(str, stars.tolist()), answered.tolist(), strict=True)),
        "mean_stars": mean_stars,
        "mean_answered": mean_answered,
    }


def _seasonality() -> dict[str, Any]:
    return {
        "weekday": [weight / 100 for weight in facts.WEEKDAYS],
        "month": [weight / 100 for weight in facts.MONTHS],
        "growth": 1 + facts.GROWTH / 100,
        "day_noise_sd": facts.DAY_NOISE / 1_000,
        "sale_days": {day.isoformat(): factor / 100 for day, factor in facts.SALE_DAYS.items()},
    }


def _drift(drift: Drift) -> dict[str, Any]:
    mean, sd = reference_price()
    return {entry.name: getattr(drift, entry.name) for entry in fields(drift)} | {
        "price_factor": drift.price_factor / 1_000_000,
        "price_mean_eur": round(float(mean) / 100, 6),
        "price_sd_eur": round(float(sd) / 100, 6),
    }
