"""Card transactions, a few of them fraudulent, with labels that come late."""

from __future__ import annotations

import numpy as np

from coursekit.data.shop import columns, facts
from coursekit.data.shop.sales import Sales
from coursekit.data.shop.world import Ints, World

_ATTEMPTS = (90, 7, 2, 1)  # percent of payments that needed 1 to 4 attempts


def card_transactions(world: World, sales: Sales) -> columns.Table:
    """Return one row for each order paid by card."""
    return transactions_and_risk(world, sales)[0]


def transactions_and_risk(world: World, sales: Sales) -> tuple[columns.Table, Ints]:
    """Return the card transactions and, for each, the probability of fraud in billionths."""
    rows = np.flatnonzero(sales.payment == 0)
    key, customer, amount = sales.order[rows], sales.customer[rows], sales.total[rows]

    def draw(name: str, n: int) -> Ints:
        return world.stream(f"cards/{name}").below(n, key)

    paid = sales.moment[rows] + 5 + draw("paid", 56)
    home = world.country(customer)
    card = np.where(draw("card abroad", 1_000) < 25, _another(home, draw("card country", 5)), home)
    ip = np.where(draw("ip abroad", 1_000) < 30, _another(card, draw("ip country", 5)), card)
    new_device = draw("new device", 100) < 15
    attempts = 1 + world.stream("cards/attempts").choice(_ATTEMPTS, key)
    age = (sales.moment[rows] - world.signed_up(customer)) // facts.DAY
    signs = [ip != card, new_device, attempts >= 3, age < 30, amount >= 30_000, (paid % facts.DAY) < 6 * 3600]
    risk = _risk(world, sales.moment[rows], signs)
    fraud = draw("fraud", 1_000_000_000) < risk
    # Most chargebacks come within weeks, some after three months: the product of two draws leans to the short side.
    wait = 5 * facts.DAY + draw("wait", 300) * draw("wait again", 300) * 90
    table = {
        "transaction_id": columns.whole(key * 2 + 1),
        "order_id": columns.whole(key + 1),
        "customer_id": columns.whole(customer + 1),
        "paid_at": columns.time(paid),
        "amount_eur": columns.money(amount),
        "card_country": columns.text(card, facts.COUNTRIES),
        "ip_country": columns.text(ip, facts.COUNTRIES),
        "new_device": columns.flag(new_device),
        "attempts": columns.whole(attempts),
        "account_age_days": columns.whole(age),
        "is_fraud": columns.flag(fraud),
        "chargeback_at": columns.time(paid + wait, ~fraud),
    }
    return table, risk


def _another(country: Ints, step: Ints) -> Ints:
    return (country + 1 + step) % len(facts.COUNTRIES)


def _risk(world: World, moment: Ints, signs: list[np.ndarray]) -> Ints:
    """Multiply the base probability by the factor of each sign that is there, in whole billionths."""
    risk = np.full(len(moment), facts.FRAUD_BASE, dtype=np.int64)
    for sign, factor in zip(signs, facts.FRAUD_FACTORS.values(), strict=True):
        risk = np.where(sign, risk * factor // 100, risk)
    drifted = risk * int(world.drift.fraud * 1_000) // 1_000
    risk = np.where(world.day(moment) >= world.drift.from_day, drifted, risk)
    return np.minimum(risk, facts.FRAUD_MOST)
