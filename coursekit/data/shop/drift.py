"""Drift of known size, switched on at a given day."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from coursekit.data.shop import facts

MIX_FROM, MIX_TO = "fashion", "electronics"


@dataclass(frozen=True)
class Drift:
    """What changes in the shop, from which day, and by how much. The default changes nothing.

    Parameters
    ----------
    from_day
        The first changed day; day 0 is 2023-01-01 and the last is 730.
    price_sd
        Every price is multiplied by one factor, chosen so that the mean unit price of order lines moves by this many
        standard deviations (of the undrifted unit price).
    category_mix
        This share of all order lines turns from fashion into electronics: the total-variation distance between the
        category mixes before and after, at most 0.15. It moves prices as well.
    conversion
        The share of sessions that end in an order is multiplied by this, from 0.5 to 1.5.
    fraud
        Every transaction's fraud probability is multiplied by this, from 0 to 20.

    Raises
    ------
    ValueError
        If a size is outside its range.
    """

    from_day: int = 548
    price_sd: float = 0.0
    category_mix: float = 0.0
    conversion: float = 1.0
    fraud: float = 1.0

    def __post_init__(self) -> None:
        ranges = {"from_day": (0, facts.DAYS - 1), "price_sd": (-0.7, 5), "category_mix": (0, 0.15)}
        ranges |= {"conversion": (0.5, 1.5), "fraud": (0, 20)}
        for name, (low, high) in ranges.items():
            value = getattr(self, name)
            if not low <= value <= high:
                raise ValueError(f"Drift's {name} must be from {low} to {high}, got {value}.")

    @classmethod
    def of(cls, drift: float | Drift) -> Drift:
        """Return a Drift as it is, and a number as a drift of prices by that many standard deviations."""
        return drift if isinstance(drift, cls) else cls(price_sd=float(drift))

    @property
    @facts.exactly
    def price_factor(self) -> int:
        """What prices are multiplied by, in millionths."""
        mean, sd = reference_price()
        return int((1 + Decimal(str(self.price_sd)) * sd / mean) * 1_000_000)


@facts.exactly
def reference_price() -> tuple[Decimal, Decimal]:
    """Return mean and standard deviation of the undrifted unit price over order lines, in cents."""
    total = first = second = Decimal(0)
    for product in range(facts.N_PRODUCTS):
        category = facts.CATEGORIES[product // (len(facts.STYLES) * facts.PER_STYLE)]
        for level, weight in zip(facts.PRICE_LEVELS, facts.PRICE_LEVEL_WEIGHTS, strict=True):
            share = Decimal(category.weight * facts.POPULARITY[product % facts.PER_STYLE] * weight)
            price = Decimal(facts.list_price(product) * level) / 100
            total, first, second = total + share, first + share * price, second + share * price * price
    mean = first / total
    return mean, (second / total - mean * mean).sqrt()
