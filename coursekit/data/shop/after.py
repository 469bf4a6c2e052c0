"""What comes after a delivery: returns and ratings."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from coursekit.data.shop import columns, facts
from coursekit.data.shop.sales import Sales
from coursekit.data.shop.world import Ints, World

_PRAISE = {
    1: ("Never again", "Broken on arrival", "Waste of money", "Very disappointed"),
    2: ("Not what I hoped for", "Poor quality", "Would not buy again", "Below expectation"),
    3: ("It is all right", "Does the job", "Neither good nor bad", "Average"),
    4: ("Good value", "Happy with it", "Solid choice", "Would recommend"),
    5: ("Perfect", "Love it", "Better than expected", "Best I have had"),
}
_TITLES = tuple(title for stars in range(1, 6) for title in _PRAISE[stars])


def _returned(world: World, sales: Sales) -> NDArray[np.bool_]:
    rate = np.array([category.returned for category in facts.CATEGORIES])[sales.category]
    sent_back = world.stream("returns/returned").below(1_000, sales.line_key) < rate
    return sent_back & sales.delivered[sales.of_order]


def returns(world: World, sales: Sales) -> columns.Table:
    """Return one row for each line that was sent back, with all its units."""
    rows = np.flatnonzero(_returned(world, sales))
    key, of_order = sales.line_key[rows], sales.of_order[rows]
    wait = 4 * facts.DAY + world.stream("returns/wait").below(22 * facts.DAY, key)
    return {
        "order_id": columns.whole(sales.order[of_order] + 1),
        "line_no": columns.whole(sales.line[rows] + 1),
        "returned_at": columns.time(sales.moment[of_order] + wait),
        "reason": columns.text(world.stream("returns/reason").choice(facts.REASON_WEIGHTS, key), facts.REASONS),
        "refund_eur": columns.money(sales.units[rows] * sales.price[rows]),
    }


def ratings(world: World, sales: Sales) -> columns.Table:
    """Return one row for each buyer who was asked; stars are missing where no answer came, mostly from the lukewarm."""
    asked = world.stream("ratings/asked").below(100, sales.line_key) < facts.ASKED
    rows = np.flatnonzero(asked & sales.delivered[sales.of_order])
    key, of_order = sales.line_key[rows], sales.of_order[rows]
    stars = _stars(world, sales.category[rows], key, _returned(world, sales)[rows])
    answered = world.stream("ratings/answered").below(100, key) < np.array(facts.ANSWERED)[stars - 1]
    title = (stars - 1) * 4 + world.stream("ratings/title").below(4, key)
    return {
        "order_id": columns.whole(sales.order[of_order] + 1),
        "line_no": columns.whole(sales.line[rows] + 1),
        "product_id": columns.whole(sales.product[rows] + 1),
        "customer_id": columns.whole(sales.customer[of_order] + 1),
        "asked_at": columns.time(sales.moment[of_order] + 10 * facts.DAY),
        "stars": columns.nullable(stars, ~answered),
        "title": columns.text(title, _TITLES, ~answered),
    }


def _stars(world: World, category: Ints, key: Ints, returned: NDArray[np.bool_]) -> Ints:
    """How many stars the buyer would give, 1 to 5, whether they say so or not."""
    ends = np.cumsum([entry.stars for entry in facts.CATEGORIES], axis=1)
    draw = world.stream("ratings/stars").below(100, key)
    stars = 1 + (draw[:, None] >= ends[category]).sum(axis=1)
    return np.where(returned, np.maximum(stars - facts.RETURN_COSTS_STARS, 1), stars)
