"""Web sessions: those that ended in an order, and those that did not."""

from __future__ import annotations

import numpy as np

from coursekit.data.shop import columns, facts
from coursekit.data.shop.sales import Sales
from coursekit.data.shop.world import Ints, World

SLOTS = 16  # session numbers kept for each order; the first belongs to the session that led to it
_PAGES = (38, 22, 13, 8, 6, 4, 3, 2, 2, 2)  # percent of sessions without an order that see 1 to 10 pages


def sessions(world: World, sales: Sales) -> columns.Table:
    """Return the sessions around a stretch of orders. Orders of the marketplace have none."""
    online = sales.channel != 2
    idle = np.where(online, _idle(world, sales), 0)
    counts = np.where(online, idle + 1, 0)
    of_order = np.repeat(np.arange(len(counts)), counts)
    slot = np.arange(len(of_order)) - (np.cumsum(counts) - counts)[of_order]
    key = sales.order[of_order] * SLOTS + slot
    buys = slot == 0

    def draw(name: str) -> Ints:
        return world.stream(f"sessions/{name}").below(100, key)

    moment = world.moments(sales.order[of_order], "sessions/moment", key)
    before = 120 + world.stream("sessions/before").below(2_400, key)
    visitor = world.customers_at(moment, "sessions/customer", key)
    cart = buys | (draw("cart") < facts.CART)
    device = np.where(
        buys,
        world.stream("sessions/device").choice(facts.DEVICES_ORDER, key),
        world.stream("sessions/device").choice(facts.DEVICES_NONE, key),
    )
    pages = np.where(
        buys,
        5 + world.stream("sessions/pages").below(16, key),
        1 + world.stream("sessions/pages").choice(_PAGES, key) + 2 * cart,
    )
    return {
        "session_id": columns.whole(key + 1),
        "customer_id": columns.nullable(
            np.where(buys, sales.customer[of_order], visitor) + 1, ~buys & (draw("logged in") >= facts.LOGGED_IN)
        ),
        "started_at": columns.time(np.where(buys, sales.moment[of_order] - before, moment)),
        "device": columns.text(device, facts.DEVICES),
        "source": columns.text(world.stream("sessions/source").choice(facts.SOURCE_WEIGHTS, key), facts.SOURCES),
        "page_views": columns.whole(pages),
        "added_to_cart": columns.flag(cart),
        "reached_checkout": columns.flag(buys | (cart & (draw("checkout") < facts.CHECKOUT))),
        "order_id": columns.nullable(sales.order[of_order] + 1, ~buys),
    }


def _idle(world: World, sales: Sales) -> Ints:
    """How many sessions around each order end without one: 5 on average, or as many as the drift demands."""
    spread = world.stream("sessions/idle").below(5, sales.order) - 2
    drifted = idle_sessions(world.drift.conversion)
    whole = int(drifted)
    more = world.stream("sessions/one more").unit(sales.order) < drifted - whole
    after = world.day(sales.moment) >= world.drift.from_day
    return spread + np.where(after, whole + more, facts.SESSIONS_WITHOUT_ORDER)


def idle_sessions(conversion: float) -> float:
    """Return the mean number of sessions without an order, for one with, at a multiple of the usual conversion."""
    return (facts.SESSIONS_WITHOUT_ORDER + 1) / conversion - 1
