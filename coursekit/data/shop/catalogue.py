"""Customers, products and the history of prices."""

from __future__ import annotations

import numpy as np

from coursekit.data.shop import columns, facts
from coursekit.data.shop.world import World

_ADJECTIVES = {
    "classic": ("Oak", "Heritage", "Plain", "Royal"),
    "modern": ("Nova", "Vector", "Mono", "Pulse"),
    "eco": ("Moss", "Linen", "Fern", "Reed"),
    "budget": ("Basic", "Smart", "Daily", "Simple"),
    "premium": ("Grand", "Velvet", "Atelier", "Prime"),
}
_NOUNS = {
    "books": "reader",
    "fashion": "jacket",
    "shoes": "trainer",
    "electronics": "speaker",
    "home": "lamp",
    "garden": "planter",
    "toys": "puzzle",
    "sports": "racket",
    "beauty": "lotion",
    "grocery": "tea box",
    "office": "folder",
    "pets": "basket",
}


def customers(world: World, first: int, last: int) -> columns.Table:
    """Return the customers from number `first` up to, not including, `last`."""
    number = np.arange(first, last, dtype=np.int64)
    return {
        "customer_id": columns.whole(number + 1),
        "signed_up_at": columns.time(world.signed_up(number)),
        "country": columns.text(world.country(number), facts.COUNTRIES),
        "segment": columns.text(world.segment(number), facts.SEGMENTS),
        "channel": columns.text(
            world.stream("customers/channel").choice(facts.ACQUISITION_WEIGHTS, number), facts.ACQUISITION
        ),
        "birth_year": columns.nullable(_birth_year(world, number)),
        "newsletter": columns.flag(world.stream("customers/newsletter").below(100, number) < 38),
    }


def _birth_year(world: World, number: np.ndarray) -> np.ndarray:
    # Two dice make a hump: 1945 to 2005, the middle most frequent.
    one, two = (world.stream(f"customers/birth {half}").below(31, number) for half in (1, 2))
    return 1945 + one + two


def products(world: World) -> columns.Table:
    """Return the 240 products."""
    number = np.arange(facts.N_PRODUCTS)
    category = number // (len(facts.STYLES) * facts.PER_STYLE)
    style = number // facts.PER_STYLE % len(facts.STYLES)
    names = [
        f"{_ADJECTIVES[facts.STYLES[s]][n % facts.PER_STYLE]} {_NOUNS[facts.CATEGORIES[c].name]}"
        for n, c, s in zip(number.tolist(), category.tolist(), style.tolist(), strict=True)
    ]
    return {
        "product_id": columns.whole(number + 1),
        "name": columns.text(number, names),
        "category": columns.text(category, [entry.name for entry in facts.CATEGORIES]),
        "style": columns.text(style, facts.STYLES),
        "list_price_eur": columns.money(world.list_prices),
    }


def prices(world: World) -> columns.Table:
    """Return every change of a price: one row for each product and day from which a new price holds."""
    history = world.prices
    changed = np.ones_like(history, dtype=bool)
    changed[:, 1:] = history[:, 1:] != history[:, :-1]
    product, day = np.nonzero(changed)
    return {
        "product_id": columns.whole(product + 1),
        "valid_from": columns.time(facts.START + day * facts.DAY),
        "price_eur": columns.money(history[product, day]),
    }
