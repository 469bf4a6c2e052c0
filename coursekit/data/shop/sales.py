"""Orders and order lines."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from coursekit.data.shop import columns, facts
from coursekit.data.shop.drift import MIX_FROM, MIX_TO
from coursekit.data.shop.world import Ints, World

_NAMES = [category.name for category in facts.CATEGORIES]
_WEIGHTS = [category.weight for category in facts.CATEGORIES]


@dataclass(frozen=True)
class Sales:
    """What happened in a stretch of orders, as whole numbers; ids count from 0.

    Parameters
    ----------
    order, customer, moment, channel, payment, delivered, shipping, total
        One entry for each order.
    of_order
        For each line the position of its order in the arrays above.
    line, product, units, price
        For each line its number (from 0), its product, its units and the unit price in cents.
    """

    order: Ints
    customer: Ints
    moment: Ints
    channel: Ints
    payment: Ints
    delivered: NDArray[np.bool_]
    shipping: Ints
    total: Ints
    of_order: Ints
    line: Ints
    product: Ints
    units: Ints
    price: Ints

    @property
    def line_key(self) -> Ints:
        """A number for each line, unique in the shop."""
        return self.order[self.of_order] * 8 + self.line

    @property
    def category(self) -> Ints:
        """Positions in `facts.CATEGORIES`, for each line."""
        return self.product // (len(facts.STYLES) * facts.PER_STYLE)


def sell(world: World, first: int, last: int) -> Sales:
    """Make the orders from number `first` up to, not including, `last`."""
    order = np.arange(first, last, dtype=np.int64)
    moment = world.moments(order, "orders/moment", order)
    customer = world.customers_at(moment, "orders/customer", order)
    counts = world.stream("orders/lines").choice(facts.LINES, order) + 1
    of_order = np.repeat(np.arange(len(order)), counts)
    starts = np.cumsum(counts) - counts
    line = np.arange(len(of_order)) - starts[of_order]
    product, units, price = _basket(world, order[of_order] * 8 + line, customer[of_order], moment[of_order])
    goods = np.add.reduceat(units * price, starts)
    shipping = np.where(goods >= facts.FREE_SHIPPING, 0, facts.SHIPPING)
    return Sales(
        order=order,
        customer=customer,
        moment=moment,
        channel=world.stream("orders/channel").choice(facts.CHANNEL_WEIGHTS, order),
        payment=world.stream("orders/payment").choice(facts.PAYMENT_WEIGHTS, order),
        delivered=world.stream("orders/status").choice(facts.STATUS_WEIGHTS, order) == 0,
        shipping=shipping,
        total=goods + shipping,
        of_order=of_order,
        line=line,
        product=product,
        units=units,
        price=price,
    )


def _basket(world: World, key: Ints, customer: Ints, moment: Ints) -> tuple[Ints, Ints, Ints]:
    """Choose product, units and price of lines: by taste first, then the units by the day's price."""
    day = world.day(moment)
    category = _category(world, key, customer, day)
    own = world.stream("lines/own style").below(100, key) < facts.OWN_STYLE
    style = np.where(
        own,
        world.stream("customers/style").below(len(facts.STYLES), customer),
        world.stream("lines/style").below(len(facts.STYLES), key),
    )
    place = world.stream("lines/product").choice(facts.POPULARITY, key)
    product = (category * len(facts.STYLES) + style) * facts.PER_STYLE + place
    chance = world.extra_units[category, world.price_levels[product, day]]
    bits = world.stream("lines/units").bits(key)
    units = np.ones(len(key), dtype=np.int64)
    for shift in range(0, 16 * facts.MAX_EXTRA_UNITS, 16):
        units += ((bits >> np.uint64(shift)) & np.uint64(0xFFFF)).astype(np.int64) < chance
    units *= np.where(world.segment(customer) == 2, 2, 1)
    return product, units, world.prices[product, day]


def _category(world: World, key: Ints, customer: Ints, day: Ints) -> Ints:
    favourite = world.stream("lines/favourite").below(100, key) < facts.FAVOURITE
    category = np.where(
        favourite,
        world.stream("customers/favourite").choice(_WEIGHTS, customer),
        world.stream("lines/category").choice(_WEIGHTS, key),
    )
    share = world.drift.category_mix
    if share:
        before = _NAMES.index(MIX_FROM)
        turned = world.stream("drift/mix").unit(key) < share * 100 / _WEIGHTS[before]
        turned &= (category == before) & (day >= world.drift.from_day)
        category = np.where(turned, _NAMES.index(MIX_TO), category)
    return category


def orders(world: World, sales: Sales) -> columns.Table:
    """Return the table of orders."""
    arrival = 60 + world.stream("orders/loaded").below(1_741, sales.order)
    return {
        "order_id": columns.whole(sales.order + 1),
        "customer_id": columns.whole(sales.customer + 1),
        "ordered_at": columns.time(sales.moment),
        "loaded_at": columns.time(sales.moment + arrival),
        "channel": columns.text(sales.channel, facts.CHANNELS),
        "payment": columns.text(sales.payment, facts.PAYMENTS),
        "status": columns.text(~sales.delivered, facts.STATUSES),
        "shipping_eur": columns.money(sales.shipping),
        "total_eur": columns.money(sales.total),
    }


def order_lines(world: World, sales: Sales) -> columns.Table:
    """Return the table of order lines."""
    return {
        "order_id": columns.whole(sales.order[sales.of_order] + 1),
        "line_no": columns.whole(sales.line + 1),
        "product_id": columns.whole(sales.product + 1),
        "quantity": columns.whole(sales.units),
        "unit_price_eur": columns.money(sales.price),
    }
