"""What is true in the shop: every rate, price and elasticity that the generator uses, as whole numbers.

The tables that learners get are drawn from these numbers; `Truth` hands them out apart.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Context, Decimal, localcontext
from functools import wraps
from typing import NamedTuple, ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")

# The default. Among the first sixty, the seed whose experiment strays least from its truth at every size, so that a
# sound 95 % interval covers it; for what chance does to an experiment, take other seeds.
SEED = 31
FIRST_DAY = date(2023, 1, 1)
DAYS = 731  # 2023 and 2024
START = 1_672_531_200  # 2023-01-01T00:00:00Z, in seconds since 1970
DAY = 86_400  # seconds

# Demand, in percent of an average day.
WEEKDAYS = (95, 92, 94, 100, 118, 112, 89)  # Monday to Sunday
MONTHS = (88, 84, 90, 94, 98, 96, 92, 90, 98, 104, 128, 138)  # January to December
GROWTH = 25  # percent more on the last day than on the first, linear
SALE_DAYS = {date(2023, 11, 24): 220, date(2023, 11, 27): 220, date(2024, 11, 29): 220, date(2024, 12, 2): 220}
DAY_NOISE = 80  # thousandths: standard deviation of what else moves the demand of a day
HOURS = (2, 1, 1, 1, 1, 2, 4, 7, 10, 12, 12, 12, 13, 12, 11, 11, 12, 14, 17, 20, 20, 16, 10, 5)  # of the day, UTC


class Category(NamedTuple):
    """A product category.

    Parameters
    ----------
    name, weight
        Its name, and its share of order lines in percent.
    low, high
        Cheapest and dearest list price, cents.
    elasticity
        Of the units in an order line with respect to the price, in tenths: −18 is −1.8.
    units
        Mean units in a line at list price, in hundredths (private customers; businesses buy twice as many).
    returned
        Share of delivered lines that are returned, in thousandths.
    stars
        How satisfied buyers are, one to five stars, in percent.
    """

    name: str
    weight: int
    low: int
    high: int
    elasticity: int
    units: int
    returned: int
    stars: tuple[int, int, int, int, int]


CATEGORIES = (
    Category("books", 12, 699, 4999, -9, 140, 40, (3, 5, 12, 30, 50)),
    Category("fashion", 17, 1499, 14999, -18, 150, 320, (8, 12, 20, 32, 28)),
    Category("shoes", 8, 2999, 17999, -16, 130, 280, (8, 11, 20, 33, 28)),
    Category("electronics", 13, 1999, 89999, -12, 130, 120, (9, 9, 14, 28, 40)),
    Category("home", 11, 999, 29999, -11, 140, 90, (5, 8, 17, 34, 36)),
    Category("garden", 5, 799, 24999, -13, 150, 70, (5, 8, 17, 34, 36)),
    Category("toys", 8, 899, 9999, -19, 150, 60, (4, 6, 14, 32, 44)),
    Category("sports", 7, 1299, 24999, -14, 140, 150, (6, 9, 18, 33, 34)),
    Category("beauty", 7, 499, 7999, -10, 160, 50, (5, 7, 15, 32, 41)),
    Category("grocery", 6, 199, 2999, -6, 240, 10, (3, 5, 12, 32, 48)),
    Category("office", 3, 299, 14999, -8, 200, 45, (4, 7, 18, 38, 33)),
    Category("pets", 3, 399, 6999, -7, 190, 30, (4, 6, 13, 30, 47)),
)
STYLES = ("classic", "modern", "eco", "budget", "premium")
PER_STYLE = 4  # products of one style in one category
POPULARITY = (8, 4, 3, 1)  # of the products of one style
N_PRODUCTS = len(CATEGORIES) * len(STYLES) * PER_STYLE
FAVOURITE = 50  # percent of lines from the customer's favourite category, else any category by its weight
OWN_STYLE = 60  # percent of lines in the customer's own style, else any style
PRICE_LEVELS = (70, 80, 90, 100, 110)  # percent of the list price
PRICE_LEVEL_WEIGHTS = (1, 2, 3, 8, 2)
PRICE_DAYS = 28  # a price holds this long
MAX_EXTRA_UNITS = 4

GROUP = 64  # customers; each group has the same mixture of ranks
RANK_WEIGHTS = tuple(1 + GROUP // (rank + 1) for rank in range(GROUP))  # how often a customer of that rank orders
RANK_STEP, RANK_STEP_INVERSE = 37, 45  # 37 · 45 = 1 modulo 64
SEGMENTS = ("casual", "loyal", "business")
BUSINESS_RANKS, LOYAL_RANKS = 6, 22  # ranks below 6 are businesses, below 22 loyal, the others casual
COUNTRIES = ("DE", "AT", "CH", "FR", "NL", "IT")
COUNTRY_WEIGHTS = (50, 12, 10, 12, 8, 8)
ACQUISITION = ("organic", "search", "social", "referral", "email")
ACQUISITION_WEIGHTS = (30, 28, 20, 14, 8)
EARLIER_DAYS = 1_095  # half of the customers signed up in the three years before the first day

LINES = (50, 25, 13, 7, 5)  # percent of orders with 1 to 5 lines
CHANNELS, CHANNEL_WEIGHTS = ("web", "app", "marketplace"), (60, 30, 10)
PAYMENTS, PAYMENT_WEIGHTS = ("card", "paypal", "invoice", "transfer"), (60, 22, 14, 4)
STATUSES, STATUS_WEIGHTS = ("delivered", "cancelled"), (96, 4)
SHIPPING, FREE_SHIPPING = 490, 5_000  # cents

SESSIONS_WITHOUT_ORDER = 5  # for each order of web or app, on average
DEVICES = ("mobile", "desktop", "tablet")
DEVICES_ORDER, DEVICES_NONE = (42, 50, 8), (64, 30, 6)  # percent of sessions with and without an order
SOURCES, SOURCE_WEIGHTS = ("direct", "search", "social", "email", "ads"), (28, 34, 14, 10, 14)
LOGGED_IN, CART, CHECKOUT = 45, 22, 30  # percent of sessions without an order; checkout: of those with a cart

REASONS, REASON_WEIGHTS = ("changed mind", "wrong size", "damaged", "not as described"), (40, 30, 14, 16)
ASKED = 33  # percent of delivered lines whose buyer is asked for a rating
ANSWERED = (50, 30, 12, 16, 40)  # percent who answer, by how many stars they would give
RETURN_COSTS_STARS = 2

FRAUD_BASE = 1_100_000  # of 10⁹, before the factors
FRAUD_FACTORS = {
    "ip_country differs from card_country": 1_200,
    "new_device": 350,
    "attempts at least 3": 600,
    "account younger than 30 days": 250,
    "amount at least 300 euros": 300,
    "paid from 0 to 5 o'clock UTC": 200,
}  # percent; they multiply
FRAUD_MOST = 600_000_000

LEVELS = (
    2,
    4,
    6,
    10,
    16,
    25,
    40,
    60,
)  # an experiment's visitor converts with this probability (percent) in the control
LEVEL_WEIGHTS = (26, 22, 17, 13, 9, 6, 4, 3)
LEVEL_BASKETS = (3_000, 3_400, 3_800, 4_400, 5_200, 6_400, 8_000, 10_000)  # mean order value, cents
LIFT = {"casual": 100, "loyal": 220, "business": 0}  # of 10,000, added to the probability in the treatment
EXPERIMENT_SEGMENTS = (60, 30, 10)
EXPERIMENT_DAY, EXPERIMENT_DAYS = 420, 28
BASKET_SPREAD = (60, 80, 100, 120, 140)  # percent of the mean order value, equally likely
WINDOWS_BEFORE = 3


def day_weights() -> list[int]:
    """Return the demand of each day, shape (DAYS,), in units that have no meaning but their ratio."""
    weights = []
    for number in range(DAYS):
        day = FIRST_DAY + timedelta(days=number)
        growth = 100 * (DAYS - 1) + GROWTH * number
        weights.append(WEEKDAYS[day.weekday()] * MONTHS[day.month - 1] * SALE_DAYS.get(day, 100) * growth)
    return weights


def list_price(product: int) -> int:
    """Return the list price of a product in cents; products count from 0."""
    category = CATEGORIES[product // (len(STYLES) * PER_STYLE)]
    place = product % (len(STYLES) * PER_STYLE) * 7 % 20  # a fixed shuffle: every style has cheap and dear products
    price = category.low + (category.high - category.low) * place * place // 361
    return price // 100 * 100 + 99 if price >= 2_000 else price // 10 * 10 + 9


def exactly(function: Callable[P, R]) -> Callable[P, R]:
    """Run a function in decimal arithmetic of 28 digits, whatever context its caller has set.

    Decimals have the same digits on every machine, which a C library's pow does not promise.
    """

    @wraps(function)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        with localcontext(Context(prec=28)):
            return function(*args, **kwargs)

    return run


@exactly
def extra_unit_chance(category: int, level: int) -> int:
    """Return the chance, of 65,536, of each of the extra units in a line at one of the `PRICE_LEVELS`."""
    entry = CATEGORIES[category]
    mean = Decimal(entry.units) / 100 * (Decimal(PRICE_LEVELS[level]) / 100) ** (Decimal(entry.elasticity) / 10)
    return int((mean - 1) / MAX_EXTRA_UNITS * 65_536)
