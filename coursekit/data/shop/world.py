"""The shop's fixed surroundings for one seed: its calendar, its prices, and who its customers are."""

from __future__ import annotations

from functools import cache, cached_property

import numpy as np
from numpy.typing import NDArray

from coursekit.data.draws import Stream
from coursekit.data.shop import facts
from coursekit.data.shop.drift import Drift

Ints = NDArray[np.int64]


class World:
    """Everything that does not grow with the number of orders.

    Parameters
    ----------
    n_orders
        Orders in the whole period, at least 1.
    seed
        Any whole number.
    drift
        What changes, and when.
    """

    def __init__(self, n_orders: int, seed: int, drift: Drift) -> None:
        if n_orders < 1:
            raise ValueError(f"n_orders must be at least 1, got {n_orders}.")
        self.n_orders, self.seed, self.drift = int(n_orders), int(seed), drift
        self.n_customers = facts.GROUP * max(4, self.n_orders // (4 * facts.GROUP))
        noise = 53_510 * 1_000 + self.stream("calendar/noise").bell(range(facts.DAYS)) * facts.DAY_NOISE
        self._day_weights = np.array(facts.day_weights(), dtype=np.float64) * noise
        self._day_ends = np.cumsum(self._day_weights)
        self._hour_ends = np.cumsum(np.array(facts.HOURS, dtype=np.float64))

    def stream(self, name: str) -> Stream:
        """Return the stream of draws of that name."""
        return _stream(self.seed, name)

    def moments(self, index: Ints, stream: str, key: Ints) -> Ints:
        """Return a moment for each order number, in the seasons' rhythm and never before the order in front of it.

        Parameters
        ----------
        index
            Order numbers from 0, shape (n,); order i falls into the i-th of `n_orders` equal parts of the demand.
        stream, key
            Where in that part: a stream's name and the rows of the draws.

        Returns
        -------
        int64 array of shape (n,)
            Seconds since 1970, UTC.
        """
        # Only + − × / on float64: IEEE 754 prescribes every bit of these.
        place = (index + self.stream(stream).unit(key)) / self.n_orders * self._day_ends[-1]
        day = np.minimum(np.searchsorted(self._day_ends, place, side="right"), facts.DAYS - 1)
        within = (place - (self._day_ends[day] - self._day_weights[day])) / self._day_weights[day]
        within = np.clip(within, 0.0, 1.0 - 2.0**-40) * self._hour_ends[-1]
        hour = np.searchsorted(self._hour_ends, within, side="right")
        weights = np.array(facts.HOURS, dtype=np.float64)[hour]
        second = np.floor((within - (self._hour_ends[hour] - weights)) / weights * 3600.0).astype(np.int64)
        return facts.START + day * facts.DAY + hour * 3600 + np.clip(second, 0, 3599)

    def day(self, seconds: Ints) -> Ints:
        """Return the day's number, 0 to 730, of moments inside the period."""
        return (seconds - facts.START) // facts.DAY

    # ---- customers ------------------------------------------------------------------------------------------------

    def customers_at(self, seconds: Ints, stream: str, key: Ints) -> Ints:
        """Choose who acts at each moment, among those who have signed up: customer numbers from 0, shape (n,).

        Customers come in groups of 64 with the same mixture of eager and rare buyers, so that the choice needs no
        table as long as the list of customers.
        """
        past = (seconds - facts.START) / (facts.DAYS * facts.DAY)
        groups = np.floor(self.n_customers * (0.5 + 0.5 * past) / facts.GROUP).astype(np.int64)
        group = self.stream(f"{stream}/group").below(groups, key)
        rank = self.stream(f"{stream}/rank").choice(facts.RANK_WEIGHTS, key)
        return group * facts.GROUP + (rank * facts.RANK_STEP + self._turn(group)) % facts.GROUP

    def rank(self, customer: Ints) -> Ints:
        """Return the eagerness rank of customers, 0 (orders most) to 63."""
        group, slot = customer // facts.GROUP, customer % facts.GROUP
        return (slot - self._turn(group)) * facts.RANK_STEP_INVERSE % facts.GROUP

    def _turn(self, group: Ints) -> Ints:
        return self.stream("customers/turn").below(facts.GROUP, group)

    def segment(self, customer: Ints) -> Ints:
        """Return positions in `facts.SEGMENTS`."""
        rank = self.rank(customer)
        return np.where(rank < facts.BUSINESS_RANKS, 2, np.where(rank < facts.LOYAL_RANKS, 1, 0))

    def country(self, customer: Ints) -> Ints:
        """Return positions in `facts.COUNTRIES`."""
        return self.stream("customers/country").choice(facts.COUNTRY_WEIGHTS, customer)

    def signed_up(self, customer: Ints) -> Ints:
        """Return when customers signed up, seconds since 1970: half of them before the first day, in their order."""
        place = (customer + self.stream("customers/signed_up").unit(customer)) / self.n_customers * 2.0 - 1.0
        scale = np.where(place < 0, float(facts.EARLIER_DAYS * facts.DAY), float(facts.DAYS * facts.DAY))
        return facts.START + np.floor(place * scale).astype(np.int64)

    # ---- products -------------------------------------------------------------------------------------------------

    @cached_property
    def list_prices(self) -> Ints:
        """List prices in cents, shape (240,)."""
        return np.array([facts.list_price(product) for product in range(facts.N_PRODUCTS)], dtype=np.int64)

    @cached_property
    def price_levels(self) -> Ints:
        """Positions in `facts.PRICE_LEVELS`, shape (240, 731)."""
        product = np.arange(facts.N_PRODUCTS)[:, None]
        phase = self.stream("prices/phase").below(facts.PRICE_DAYS, product)
        period = (np.arange(facts.DAYS)[None, :] + phase) // facts.PRICE_DAYS
        return self.stream("prices/level").choice(facts.PRICE_LEVEL_WEIGHTS, product * 64 + period)

    @cached_property
    def prices(self) -> Ints:
        """Prices in force in cents, drift included, shape (240, 731)."""
        prices = (self.list_prices[:, None] * np.array(facts.PRICE_LEVELS)[self.price_levels] + 50) // 100
        drifted = (prices * self.drift.price_factor + 500_000) // 1_000_000
        return np.where(np.arange(facts.DAYS) >= self.drift.from_day, drifted, prices)

    @cached_property
    def extra_units(self) -> Ints:
        """Chance, of 65,536, of each of four extra units in a line, shape (12, 5): by category and price level."""
        levels = range(len(facts.PRICE_LEVELS))
        chances = [
            [facts.extra_unit_chance(category, level) for level in levels] for category in range(len(facts.CATEGORIES))
        ]
        return np.array(chances, dtype=np.int64)


@cache
def _stream(seed: int, name: str) -> Stream:
    return Stream(seed, f"shop/{name}")
