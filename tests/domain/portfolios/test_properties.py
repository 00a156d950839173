"""Whatever is recorded, in whatever order: after each step every invariant holds, and a replay from nothing agrees."""

import random
from datetime import timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.kernel.dates import session_close
from domain.kernel.errors import Refusal
from domain.kernel.ids import new_id
from domain.kernel.money import EXACT, ZERO, total
from domain.portfolios.errors import AlreadyReversed, InsufficientQuantity
from domain.portfolios.ledger import Ledger
from domain.portfolios.models import Portfolio, Posting
from domain.portfolios.movements import ONE, Movement
from domain.portfolios.postings import money_lines, reversed_lines, unit_lines
from domain.portfolios.records import Shortfall
from domain.portfolios.types import Book, FeeKind, TransactionKind
from tests.factories.portfolios import (
    SESSIONS,
    TODAY,
    buy,
    contribution,
    record,
    reverse,
    sell,
    value,
    withdrawal,
)
from tests.support.ledger import check_ledger, check_valuation

DAYS = (*SESSIONS, TODAY)
STEPS = 60


class Walk:
    """A random owner: buys, sells, pays in and out, comes late, and takes back."""

    def __init__(self, seed):
        self.dice = random.Random(seed)
        self.recorded = []

    def quantity(self):
        # Of 1 to 28 digits, most of them small.
        places = self.dice.choice((0, 0, 2, 10))
        digits = self.dice.choice((1, 2, 3, 28 - 10))
        return str(Decimal(self.dice.randint(1, 10**digits - 1)).scaleb(-places if digits < 10 else 0))

    def price(self):
        return str(Decimal(self.dice.randint(0, 10**6)).scaleb(-self.dice.choice((0, 2, 8))))

    def entry(self):
        day = self.dice.choice(DAYS)
        symbol = self.dice.choice(("AAA", "BBB"))
        fees = self.dice.choice((None, "0.01", "4.95000001"))
        return self.dice.choices(
            (
                lambda: buy(symbol, self.quantity(), self.price(), day, fees=fees),
                lambda: sell(symbol, self.quantity(), self.price(), day, fees=fees),
                lambda: contribution(self.quantity_of_money(), day),
                lambda: withdrawal(self.quantity_of_money(), day),
            ),
            (3, 4, 1, 1),
        )[0]()

    def quantity_of_money(self):
        return str(Decimal(self.dice.randint(1, 10**9)).scaleb(-self.dice.choice((0, 2, 8))))

    async def step(self, resources, owner, portfolio_id):
        """Do one thing; return whether it was accepted."""
        try:
            if self.recorded and self.dice.random() < 0.15:
                await reverse(resources, owner, self.dice.choice(self.recorded))
            else:
                self.recorded.append(await record(resources, owner, portfolio_id, self.entry()))
        except (InsufficientQuantity, AlreadyReversed):
            return False
        return True


@pytest.mark.parametrize("seed", [1, 2, 3])
async def test_a_random_walk_keeps_every_invariant(small_market, owner, portfolio, seed):
    walk = Walk(seed)
    accepted = 0
    for _ in range(STEPS):
        before = [(await Portfolio.get(id=portfolio.id)).version, await Posting.all().count()]
        try:
            did = await walk.step(small_market, owner, portfolio.id)
        except Refusal:
            did = False
        accepted += did
        if not did:
            assert [(await Portfolio.get(id=portfolio.id)).version, await Posting.all().count()] == before
        books = await check_ledger(portfolio.id)
        check_valuation(await value(owner, portfolio.id), books)

    assert STEPS // 3 < accepted < STEPS
    # At any instant of the past nothing was short, and the numbers fit together.
    instants = [session_close(day) + timedelta(hours=shift) for day in DAYS for shift in (-12, 0)]
    for at in instants:
        found = await value(owner, portfolio.id, at)
        assert all((position.quantity or 0) > 0 for position in found.positions)
        assert total(position.cost_basis or ZERO for position in found.positions) == found.cost_basis


UNITS = st.decimals(min_value=Decimal("1E-10"), max_value=Decimal(10) ** 17, places=10)
MONEY = st.decimals(min_value=Decimal(0), max_value=Decimal(10) ** 19, places=8)
TRADES = st.lists(st.tuples(st.booleans(), UNITS, MONEY), max_size=20)


@given(TRADES)
def test_lots_hold_exactly_what_was_bought_and_not_sold(trades):
    ledger, account, instrument = Ledger(), new_id(), new_id()
    held, invested = Decimal(0), Decimal(0)
    for sequence, (is_purchase, units, amount) in enumerate(trades, 1):
        kind = TransactionKind.BUY if is_purchase else TransactionKind.SELL
        signed = -amount if is_purchase else amount
        movement = Movement(kind, TODAY, sequence, account, instrument, None, units, signed, "USD", ONE)
        before = cost_of(ledger)
        try:
            ledger = ledger.grown(sequence, [movement])
        except Shortfall as shortfall:
            assert not is_purchase
            assert shortfall.held == held < units
            continue
        held = EXACT.add(held, units if is_purchase else -units)
        # What is left and what was taken are what was there.
        released = EXACT.subtract(before, cost_of(ledger))
        assert is_purchase or 0 <= released <= before
        invested = EXACT.add(invested, amount if is_purchase else -released)
        assert total(holding.quantity for holding in ledger.standing(TODAY).holdings) == held
        assert cost_of(ledger) == invested
    if held == 0:
        assert cost_of(ledger) == 0


def cost_of(ledger):
    return total(holding.cost_basis for holding in ledger.standing(TODAY).holdings)


@given(UNITS, MONEY, MONEY)
def test_the_lines_of_a_trade_and_of_its_reversal_balance(units, amount, fees):
    for sign in (1, -1):
        lines = [
            *money_lines(Book.TRADING, amount * sign, "USD", {FeeKind.COMMISSION: fees}),
            *unit_lines(Book.TRADING, units * -sign, new_id()),
        ]
        for own in (lines, reversed_lines(lines)):
            assert total(line.amount for line in own if line.amount is not None) == 0
            assert total(line.units for line in own if line.units is not None) == 0
