"""The terms of a transaction are read as they were told."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from domain.portfolios.entries import LotChoice, SpinOff, TransferredLot
from domain.portfolios.movements import NO_TERMS, Terms, terms_of, terms_text
from domain.portfolios.types import Side
from tests.factories.portfolios import TUESDAY, buy, value
from tests.support.ledger import check_ledger

NUMBERS = st.none() | st.just(Decimal(0)) | st.decimals(-(10**9), 10**9, places=10)
TERMS = st.builds(
    Terms,
    numerator=st.none() | st.integers(1, 10**9),
    denominator=st.none() | st.integers(1, 10**9),
    cost_fraction=NUMBERS,
    cash=NUMBERS,
    new_price=NUMBERS,
    units=NUMBERS,
    side=st.none() | st.sampled_from(Side),
    choices=st.lists(st.builds(LotChoice, st.text(max_size=5), st.just(Decimal("0.1"))), max_size=3).map(tuple),
    lots=st.lists(st.builds(TransferredLot, st.dates(), NUMBERS.filter(bool), st.just(Decimal(0)))).map(tuple),
    bought=NUMBERS,
    bought_currency=st.none() | st.just("EUR"),
)


@given(TERMS)
def test_terms_are_read_as_they_were_told(terms):
    text = terms_text(terms)

    assert terms_of(text) == terms
    assert terms_text(terms_of(text)) == text


def test_no_terms_are_no_text():
    assert terms_text(NO_TERMS) is None
    assert terms_of(None) == NO_TERMS


def test_nothing_and_minus_nothing_are_one_text():
    assert terms_text(Terms(cash=Decimal("-0.00"))) == terms_text(Terms(cash=Decimal(0))) == '{"cash":"0"}'


async def test_a_spin_off_that_moves_no_cost_is_read_again(owner, portfolio, record_it):
    fraction = Decimal(0)
    await record_it(
        buy("AAA", "10", "10"),
        SpinOff(symbol="AAA", new_symbol="BBB", numerator=1, denominator=2, cost_fraction=fraction, trade_date=TUESDAY),
    )

    found = await value(owner, portfolio.id)

    await check_ledger(portfolio.id)
    costs = {position.instrument.symbol: (position.quantity, position.cost_basis) for position in found.positions}
    assert costs == {"AAA": (Decimal(10), Decimal(100)), "BBB": (Decimal(5), Decimal(0))}
