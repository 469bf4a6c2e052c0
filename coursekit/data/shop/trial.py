"""The A/B experiment: a log whose lift is known."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

import numpy as np

from coursekit.data.shop import columns, facts
from coursekit.data.shop.drift import Drift
from coursekit.data.shop.world import Ints, World

if TYPE_CHECKING:
    import pandas as pd

VARIANTS = ("control", "treatment")


def experiment(
    n_visitors: int, *, seed: int = facts.SEED, effect: float = 1.0, lost_treatment: float = 0.0
) -> pd.DataFrame:
    """Return the log of an A/B experiment with a known effect, one row for each visitor.

    Parameters
    ----------
    n_visitors
        Visitors assigned; half of them, by the toss of a coin each, to the treatment.
    seed
        Any whole number; another seed is another experiment with the same truth.
    effect
        The true lift is multiplied by this, from −0.9 to 3; 0 makes an A/A test.
    lost_treatment
        This share of the treatment's visitors who did not convert is missing from the log: a broken experiment with a
        sample-ratio mismatch.

    Returns
    -------
    pandas.DataFrame
        visitor_id, assigned_at, variant, segment, device, spend_before_eur (90 days before), converted, spend_eur (28
        days after).

    Raises
    ------
    ValueError
        If a number is outside its range.
    """
    if n_visitors < 1:
        raise ValueError(f"n_visitors must be at least 1, got {n_visitors}.")
    if not 0 <= lost_treatment < 1:
        raise ValueError(f"lost_treatment must be from 0 to less than 1, got {lost_treatment}.")
    world = World(n_visitors, seed, Drift())
    table = visitors(world, 0, int(n_visitors), effect)
    number = table["visitor_id"].numbers - 1
    lost = (table["variant"].numbers == 1) & ~table["converted"].numbers
    lost &= world.stream("trial/lost").unit(number) < lost_treatment
    kept = np.flatnonzero(~lost)
    return columns.to_frame({name: column.take(kept) for name, column in table.items()})


def visitors(world: World, first: int, last: int, effect: float = 1.0) -> columns.Table:
    """Return the experiment's visitors from number `first` up to, not including, `last`."""
    number = np.arange(first, last, dtype=np.int64)
    stream = world.stream
    segment = stream("trial/segment").choice(facts.EXPERIMENT_SEGMENTS, number)
    treated = stream("trial/variant").below(2, number)
    level = stream("trial/level").choice(facts.LEVEL_WEIGHTS, number)
    chance = np.array(facts.LEVELS)[level] * 100
    chance_here = chance + treated * _lifts(effect)[segment]
    converted = stream("trial/converted").below(10_000, number) < chance_here
    before = np.zeros(len(number), dtype=np.int64)
    for window in range(facts.WINDOWS_BEFORE):
        bought = stream(f"trial/before {window}").below(10_000, number) < chance
        before += bought * _basket(world, f"trial/basket before {window}", level, number)
    at = facts.START + facts.EXPERIMENT_DAY * facts.DAY
    return {
        "visitor_id": columns.whole(number + 1),
        "assigned_at": columns.time(at + stream("trial/assigned").below(facts.EXPERIMENT_DAYS * facts.DAY, number)),
        "variant": columns.text(treated, VARIANTS),
        "segment": columns.text(segment, facts.SEGMENTS),
        "device": columns.text(stream("trial/device").choice(facts.DEVICES_NONE, number), facts.DEVICES),
        "spend_before_eur": columns.money(before),
        "converted": columns.flag(converted),
        "spend_eur": columns.money(converted * _basket(world, "trial/basket", level, number)),
    }


def _lifts(effect: float) -> Ints:
    if not -0.9 <= effect <= 3:
        raise ValueError(f"effect must be from -0.9 to 3, got {effect}.")
    return np.array([int(facts.LIFT[name] * effect) for name in facts.SEGMENTS], dtype=np.int64)


def _basket(world: World, name: str, level: Ints, number: Ints) -> Ints:
    spread = np.array(facts.BASKET_SPREAD)[world.stream(name).below(len(facts.BASKET_SPREAD), number)]
    return np.array(facts.LEVEL_BASKETS)[level] * spread // 100


@facts.exactly
def experiment_truth(effect: float = 1.0) -> dict[str, Any]:
    """Return what is true of the experiment: probabilities and means over all possible visitors, not over a log.

    Parameters
    ----------
    effect
        As given to `experiment`.

    Returns
    -------
    dict
        ``baseline_conversion`` and ``treatment_conversion``; ``lift`` (their difference) and ``relative_lift``;
        ``lift_by_segment``; ``baseline_spend_eur`` and ``spend_lift_eur`` (means a visitor);
        ``spend_correlation`` of spend_before_eur and spend_eur in the control; ``share_of_treatment``.
    """
    shares = [Decimal(weight) / sum(facts.LEVEL_WEIGHTS) for weight in facts.LEVEL_WEIGHTS]
    chances = [Decimal(chance) / 100 for chance in facts.LEVELS]
    baskets = [Decimal(basket) / 100 for basket in facts.LEVEL_BASKETS]
    lifts = dict(zip(facts.SEGMENTS, (Decimal(int(lift)) / 10_000 for lift in _lifts(effect)), strict=True))
    segments = zip(lifts.values(), facts.EXPERIMENT_SEGMENTS, strict=True)
    lift = sum(value * weight for value, weight in segments) / sum(facts.EXPERIMENT_SEGMENTS)
    baseline = sum(share * chance for share, chance in zip(shares, chances, strict=True))
    spend = sum(share * c * b for share, c, b in zip(shares, chances, baskets, strict=True))
    basket = sum(share * b for share, b in zip(shares, baskets, strict=True))
    return {
        "baseline_conversion": float(baseline),
        "treatment_conversion": float(baseline + lift),
        "lift": float(lift),
        "relative_lift": float(lift / baseline),
        "lift_by_segment": {name: float(value) for name, value in lifts.items()},
        "baseline_spend_eur": float(spend),
        "spend_lift_eur": float(lift * basket),
        "spend_correlation": float(_correlation(shares, chances, baskets, spend)),
        "share_of_treatment": 0.5,
    }


@facts.exactly
def _correlation(shares: list[Decimal], chances: list[Decimal], baskets: list[Decimal], mean: Decimal) -> Decimal:
    """Correlate spend before (several windows) and after (one), given what one window's mean is."""
    squares = [Decimal(spread * spread) / 10_000 for spread in facts.BASKET_SPREAD]
    square = sum(squares) / len(squares)
    rows = list(zip(shares, chances, baskets, strict=True))
    second = sum(share * c * b * b * square for share, c, b in rows)  # of one window
    shared = sum(share * (c * b) ** 2 for share, c, b in rows) - mean * mean  # between two windows
    variance, windows = second - mean * mean, facts.WINDOWS_BEFORE
    return windows * shared / (variance * (windows * variance + windows * (windows - 1) * shared)).sqrt()
