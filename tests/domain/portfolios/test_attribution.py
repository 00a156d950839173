"""Which part has gained how much: worked out by hand."""

from datetime import date
from decimal import Decimal
from uuid import UUID

import numpy as np
import pytest

from domain.market.types import InstrumentKind
from domain.portfolios.attribution import Grouping, attribute
from domain.portfolios.attributions import attribution, gains_of_measured
from domain.portfolios.entries import CurrencyExchange, Income, Merger, SpinOff, SymbolChange
from domain.portfolios.gains_by_session import CashPart, gains_of
from domain.portfolios.history import Prices, history_of
from domain.portfolios.ledger import ledger_of
from domain.portfolios.models import Account, PositionTag, Tag
from domain.portfolios.movements import ONE, Movement, Terms
from domain.portfolios.types import PositionKind, TransactionKind
from tests.factories.performance import (
    ACCOUNT,
    START,
    add_rate,
    entry,
    instrument,
    line,
    market_of,
    measure_days,
    measured,
)
from tests.factories.portfolios import (
    FRIDAY,
    MONDAY,
    THURSDAY,
    TUESDAY,
    WEDNESDAY,
    buy,
    contribution,
    open_portfolio,
    record,
    sell,
    withdrawal,
)
from tests.support.compute import ComputeHere
from tests.support.statements import counted_statements


@pytest.fixture
def attributed(small_market, owner, portfolio):
    """Attribute the portfolio's gains as its owner; check that they sum."""

    async def run(by=Grouping.POSITION, first=MONDAY, last=FRIDAY, portfolio_id=None):
        found = await measured(small_market, owner, portfolio_id or portfolio.id, first, last)
        gains = await gains_of_measured(found, ComputeHere())
        whole = await attribution(owner, found, gains, by, ComputeHere())
        assert sum(each.gain for each in whole.segments) == pytest.approx(whole.gain, abs=1e-6)
        made = sum(each.contribution for each in whole.segments)
        assert made == pytest.approx(found.performance.time_weighted_return, abs=1e-9)
        return {each.name: each for each in whole.segments}

    return run


def gained(segments):
    return {name: round(each.gain, 8) for name, each in segments.items()}


# AAA closes at 10, 11, 12, 13, 14; BBB at 100, 90, 80, 85, 95.
HISTORY = (
    contribution("2000", MONDAY),
    buy("AAA", "50", "9.5", MONDAY, fees="5"),
    buy("BBB", "5", "90", TUESDAY),
    Income(kind=TransactionKind.DIVIDEND, symbol="AAA", amount=Decimal(12), trade_date=WEDNESDAY),
    sell("AAA", "20", "13.5", THURSDAY, fees="1"),
    withdrawal("300", FRIDAY),
)


async def test_by_position(record_it, attributed):
    await record_it(*HISTORY)

    found = await attributed()

    # 30 x 14 - 480 + 12 + 269, and 5 x 95 - 450.
    assert gained(found) == {"AAA": 221, "BBB": 25}
    assert (found["AAA"].income, found["AAA"].fees) == (12, 0)
    assert (found["AAA"].kind, found["AAA"].instrument.symbol) == (PositionKind.LONG, "AAA")
    # Of 2000, 2020, 2020 + ... the capital of each day, linked.
    first = 20 / 2000
    assert found["AAA"].contribution == pytest.approx(
        first + 1.01 * 50 / 2020 + 1.01 * 2070 / 2020 * 62 / 2070 + _rest_of_aaa(), abs=1e-12
    )


def _rest_of_aaa():
    # Worth: 2020, 2070, 2082, then Thursday's and Friday's of the same units at their closes.
    thursday = 30 * 13 + 5 * 85 + (1070 + 12 + 269)
    grown = 1.01 * (2070 / 2020) * (2082 / 2070)
    return grown * (30 * 13 - 50 * 12 + 269) / 2082 + grown * thursday / 2082 * (30 * 14 - 30 * 13) / thursday


async def test_part_of_a_range(record_it, attributed):
    await record_it(*HISTORY)

    assert gained(await attributed(first=THURSDAY, last=THURSDAY)) == {"AAA": 30 * 13 - 50 * 12 + 269, "BBB": 25}
    assert gained(await attributed(first=MONDAY, last=MONDAY)) == {"AAA": 20}


async def test_by_tag_kind_and_sector(owner, portfolio, record_it, attributed):
    await record_it(*HISTORY)
    account = await Account.get(portfolio_id=portfolio.id)
    found = await attributed()
    for name, symbols in (("growth", ("AAA",)), ("home", ("AAA", "BBB"))):
        tag = await Tag.create(
            tenant_id=owner.tenant_id, owner_id=owner.user_id, name=name, created_at=portfolio.created_at
        )
        for symbol in symbols:
            await PositionTag.create(
                tenant_id=owner.tenant_id,
                portfolio_id=portfolio.id,
                account_id=account.id,
                instrument_id=found[symbol].instrument.id,
                tag=tag,
            )

    assert gained(await attributed(Grouping.TAG)) == {"growth": 110.5, "home": 110.5 + 25}
    assert gained(await attributed(Grouping.KIND)) == {"LONG": 246}
    assert gained(await attributed(Grouping.SECTOR)) == {"": 246}


async def test_tags_are_one_statement(small_market, owner, portfolio, record_it):
    await record_it(*HISTORY)
    found = await measured(small_market, owner, portfolio.id, MONDAY, FRIDAY)
    gains = await gains_of_measured(found, ComputeHere())

    for by, count in ((Grouping.TAG, 1), (Grouping.POSITION, 0), (Grouping.KIND, 0)):
        with counted_statements() as sent:
            await attribution(owner, found, gains, by, ComputeHere())
        assert len(sent) == count


async def test_interest_fees_and_currencies_are_parts_of_their_own(small_market, owner, attributed):
    await add_rate("EURUSD", ("1.1", "1.2", "1.25", "1.3", "1.5"))
    portfolio = await open_portfolio(small_market, owner)
    exchange = CurrencyExchange(
        sold=Decimal(125), sold_currency="USD", bought=Decimal(110), bought_currency="EUR", trade_date=WEDNESDAY
    )
    interest = type(contribution("1"))(kind=TransactionKind.INTEREST, amount=Decimal(7), trade_date=TUESDAY)
    fee = type(contribution("1"))(kind=TransactionKind.FEE, amount=Decimal(3), trade_date=TUESDAY)
    await record(
        small_market,
        owner,
        portfolio.id,
        contribution("1000", MONDAY),
        contribution("100", MONDAY, currency="EUR"),
        interest,
        fee,
        exchange,
        buy("EEE", "10", "20", THURSDAY),
    )

    found = await attributed(portfolio_id=portfolio.id)

    assert gained(found) == {
        "INTEREST": 7,
        "FEES": -3,
        # 100 EUR from 1.1 to 1.25, 110 x 1.25 - 125 on Wednesday, 210 EUR from 1.25 to 1.3, 10 from 1.3 to 1.5.
        "CURRENCIES": 15 + 12.5 + 10.5 + 2,
        # 200 EUR that went from 1.3 to 1.5.
        "EEE": 40,
    }
    assert (found["INTEREST"].income, found["FEES"].fees) == (7, -3)
    assert found["FEES"].cash is CashPart.FEES


async def test_what_becomes_of_an_instrument_is_paid_for_at_the_close(record_it, attributed):
    await record_it(
        contribution("10000", MONDAY),
        buy("AAA", "10", "10", MONDAY),
        # One BBB at 90 for two AAA at 11.
        Merger(symbol="AAA", new_symbol="BBB", numerator=1, denominator=2, trade_date=TUESDAY),
        # One AAA at 12 for each BBB at 80.
        SpinOff(
            symbol="BBB",
            new_symbol="AAA",
            numerator=1,
            denominator=1,
            cost_fraction=Decimal("0.1"),
            trade_date=WEDNESDAY,
        ),
        SymbolChange(symbol="BBB", new_symbol="NEW", trade_date=FRIDAY),
        buy("NEW", "1", "55", FRIDAY),
    )

    tuesday, wednesday = await attributed(last=TUESDAY), await attributed(first=WEDNESDAY, last=WEDNESDAY)
    friday = await attributed(first=FRIDAY, last=FRIDAY)

    # 5 x 90 for what had cost 100; BBB has gained nothing yet.
    assert gained(tuesday) == {"AAA": 350, "BBB": 0}
    assert gained(wednesday) == {"AAA": 0, "BBB": 5 * 80 - 5 * 90 + 5 * 12}
    # 5 NEW at 55 for 5 BBB at 85; AAA from 13 to 14.
    assert gained(friday) == {"AAA": 5, "BBB": 5 * 55 - 5 * 85, "NEW": 0}


def test_an_exercise_is_paid_for_by_the_option():
    call, share = instrument(1), instrument(0)
    assert share.kind is InstrumentKind.STOCK
    made = [
        entry(TransactionKind.CONTRIBUTION, 0, 1, "100000"),
        entry(TransactionKind.OPTION_OPEN, 1, 2, "-300", 1, "100"),
        Movement(
            TransactionKind.OPTION_EXERCISE,
            date.fromordinal(START + 3),
            3,
            ACCOUNT,
            call.id,
            share.id,
            Decimal(100),
            Decimal(-5000),
            "USD",
            ONE,
            Terms(units=Decimal(100)),
        ),
    ]
    closes = {0: [50.0, 51.0, 54.0, 57.0, 60.0], 1: [2.5, 3.5, 4.5, 6.5, 9.0]}
    ledger = ledger_of(3, made)
    found = history_of(
        UUID(int=7), "USD", ledger, market_of(closes, 5), date.fromordinal(START + 1), date.fromordinal(START + 4)
    )

    whole = attribute(measure_days(found, 1, 4), gains_of(found, ledger), Grouping.POSITION, {})

    # 100 shares at 57 for 5000 and an option that had cost 300; the shares gained 3 each since.
    assert {each.name: each.gain for each in whole.segments} == {"S0": 300, "S1": 5700 - 5000 - 300}


def test_what_has_no_price_spoils_its_own_part_alone():
    made = [
        entry(TransactionKind.CONTRIBUTION, 0, 1, "1000"),
        entry(TransactionKind.BUY, 1, 2, "-50", 0, "1"),
        entry(TransactionKind.BUY, 1, 3, "-50", 1, "1"),
    ]
    ledger = ledger_of(3, made)
    market = market_of({0: [50.0, 51.0, 54.0], 1: [1.0] * 3}, 3)
    lines = {**market.lines, instrument(1).id: line([])}
    market = Prices(
        instruments=market.instruments, contracts={}, lines=lines, rates=market.rates, calendar=market.calendar
    )
    found = history_of(UUID(int=7), "USD", ledger, market, date.fromordinal(START + 1), date.fromordinal(START + 2))

    whole = attribute(measure_days(found, 1, 2), gains_of(found, ledger), Grouping.POSITION, {})

    first, second = whole.segments
    assert (first.gain, np.isnan(first.contribution)) == (4, True)
    assert np.isnan(second.gain)
    assert np.isnan(whole.gain)
