"""Contracts of options as a split of their underlying leaves them: worth, lots, gains, exercise and expiry then."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from domain.kernel.actor import SYSTEM
from domain.kernel.errors import InvalidInput
from domain.market.action_corrections import Correction, correct_action, withdraw_action
from domain.market.adjusted_contracts import ensure_adjusted
from domain.market.contracts import contracts_by_id
from domain.market.models import OptionContract
from domain.market.queries import instruments_by_symbol
from domain.portfolios.attribution import Grouping
from domain.portfolios.attributions import attribution, gains_of_measured
from domain.portfolios.entries import OptionEvent, OptionTrade, SymbolChange
from domain.portfolios.errors import UnknownInstrument
from domain.portfolios.examination import examination
from domain.portfolios.exposures import exposures_of
from domain.portfolios.models import ContractAdjustment, Transaction
from domain.portfolios.types import Side, TransactionKind, TransactionSource
from domain.storage.readings import as_uuid
from tests.factories.corporate_actions import book, follow, tell
from tests.factories.performance import measured
from tests.factories.portfolios import (
    FRIDAY,
    MONDAY,
    THURSDAY,
    TUESDAY,
    WEDNESDAY,
    add_underlying,
    buy,
    contribution,
    option,
    value,
)
from tests.support.compute import ComputeHere
from tests.support.ledger import check_ledger

CALL, PUT = "UND221216C00140000", "UND221216P00130000"
CLOSES = tuple(100.0 + (3.0 if number % 2 else 0.0) for number in range(300))


@pytest.fixture
async def und(small_market):
    return await add_underlying()


@pytest.fixture
def booked(small_market):
    async def run():
        return await book(small_market)

    return run


def split(market, numerator, denominator=1, day=WEDNESDAY):
    return tell(market, symbol="UND", ex_date=day, numerator=numerator, denominator=denominator)


async def positions(owner, portfolio):
    found = await value(owner, portfolio.id)
    return {each.instrument.symbol: (each.quantity, each.cost_basis) for each in found.positions}


async def terms(symbol):
    row = (await instruments_by_symbol([symbol]))[symbol]
    found = (await contracts_by_id([row.id]))[row.id]
    return found.strike, found.multiplier, found.deliverable


async def is_whole(owner, portfolio):
    await check_ledger(portfolio.id)
    found = await examination(owner, portfolio.id)
    assert found is not None
    assert [check for check in found.checks if not check.holds] == []


async def test_whole_units_make_more_contracts_of_a_lower_strike(
    small_market, owner, portfolio, und, record_it, booked
):
    await record_it(option(CALL, "2", "3", TUESDAY), option(PUT, "1", "4", TUESDAY, side=Side.SELL))
    await split(small_market, 2)

    assert [await booked() for _ in range(2)] == [(2, 0, 0), (0, 0, 0)]

    assert await positions(owner, portfolio) == {
        "UND221216C00070000": (Decimal(4), Decimal(600)),
        "UND221216P00065000": (Decimal(-2), Decimal(-400)),
    }
    assert await terms("UND221216C00070000") == (70, 100, 100)
    found = await value(owner, portfolio.id)
    assert found.cash_balance == Decimal(-200)
    entry = await Transaction.get(kind="SYMBOL_CHANGE", sequence=4)
    assert (entry.source, entry.trade_date, entry.amount) == (TransactionSource.CORPORATE_ACTION, WEDNESDAY, 0)
    assert await ContractAdjustment.all().count() == 2
    await is_whole(owner, portfolio)


@pytest.mark.parametrize(
    ("ratio", "units"), [((3, 2), "150"), ((1, 10), "10"), ((1, 8), "12.5"), ((4, 3), "133.3333333333")]
)
async def test_other_ratios_change_what_is_delivered(
    small_market, owner, portfolio, und, record_it, booked, ratio, units
):
    await record_it(option(CALL, "2", "3", TUESDAY))
    await split(small_market, *ratio)

    assert [await booked() for _ in range(2)] == [(1, 0, 0), (0, 0, 0)]

    assert await positions(owner, portfolio) == {"UND1221216C00140000": (Decimal(2), Decimal(600))}
    assert await terms("UND1221216C00140000") == (140, 100, Decimal(units))
    await is_whole(owner, portfolio)


@pytest.mark.parametrize(("strike", "expected"), [("00100000", "00033330"), ("00050000", "00016670")])
async def test_a_strike_is_divided_to_the_cent(
    small_market, owner, portfolio, und, record_it, booked, strike, expected
):
    await record_it(option(f"UND221216C{strike}", "1", "3", TUESDAY))
    await split(small_market, 3)

    await booked()

    assert await positions(owner, portfolio) == {f"UND221216C{expected}": (Decimal(3), Decimal(300))}


async def test_lots_keep_their_days_and_no_gain_is_realized(small_market, owner, portfolio, und, record_it, booked):
    await record_it(option(CALL, "1", "3", MONDAY), option(CALL, "1", "5", TUESDAY))
    await split(small_market, 2)
    await booked()

    close = OptionTrade(
        kind=TransactionKind.OPTION_CLOSE,
        symbol="UND221216C00070000",
        quantity=Decimal(3),
        price=Decimal(4),
        side=Side.SELL,
        trade_date=FRIDAY,
    )
    await record_it(close)

    # Two contracts of the first lot, for 300, and one of the second, for 250.
    assert await positions(owner, portfolio) == {"UND221216C00070000": (Decimal(1), Decimal(250))}
    assert (await value(owner, portfolio.id)).cash_balance == Decimal(-800 + 1200)
    await is_whole(owner, portfolio)


async def test_exercise_delivers_what_the_adjusted_contract_says(
    small_market, owner, portfolio, und, record_it, booked
):
    await record_it(option(CALL, "2", "3", TUESDAY))
    await split(small_market, 3, 2)
    await booked()

    event = OptionEvent(
        kind=TransactionKind.OPTION_EXERCISE, symbol="UND1221216C00140000", quantity=Decimal(1), trade_date=FRIDAY
    )
    await record_it(event)

    # 150 units for 140 times 100, and the premium of one contract.
    assert await positions(owner, portfolio) == {
        "UND1221216C00140000": (Decimal(1), Decimal(300)),
        "UND": (Decimal(150), Decimal(14_300)),
    }
    assert (await value(owner, portfolio.id)).cash_balance == Decimal(-600 - 14_000)
    await is_whole(owner, portfolio)


async def test_a_written_put_is_assigned_and_expires_as_adjusted(
    small_market, owner, portfolio, und, record_it, booked
):
    await record_it(option(PUT, "2", "4", TUESDAY, side=Side.SELL))
    await split(small_market, 1, 10)
    await booked()
    told: dict[str, Any] = {"symbol": "UND1221216P00130000", "quantity": Decimal(1), "trade_date": FRIDAY}

    await record_it(OptionEvent(kind=TransactionKind.OPTION_ASSIGNMENT, **told))
    await record_it(OptionEvent(kind=TransactionKind.OPTION_EXPIRY, **told))

    # Ten units for 13,000 less the premium of one contract; the other's is a gain.
    assert await positions(owner, portfolio) == {"UND": (Decimal(10), Decimal(12_600))}
    await is_whole(owner, portfolio)


@pytest.mark.parametrize(("numerator", "denominator"), [(2, 1), (3, 2), (1, 4)])
async def test_worth_and_exposure_are_those_of_as_many_units_before(
    small_market, owner, portfolio, record_it, booked, numerator, denominator
):
    # Two underlyings of which one is split: prices in the ratio, and the same returns.
    ratio = numerator / denominator
    await add_underlying("UND", tuple(close / ratio for close in CLOSES), str(Decimal(120) * denominator / numerator))
    await add_underlying("REF", CLOSES, "120")
    await record_it(option("UND221216C00120000", "2", "3", TUESDAY), option("REF221216C00120000", "2", "3", TUESDAY))
    await split(small_market, numerator, denominator)
    await booked()

    found = await value(owner, portfolio.id)

    one, other = sorted(found.positions, key=lambda each: each.instrument.symbol)
    assert one.market_value is not None
    assert other.market_value is not None
    assert float(other.market_value) == pytest.approx(float(one.market_value), rel=1e-7)
    assert exposures_of(found).notional == Decimal(2 * 24_000)
    one_alone = exposures_of(replace(found, positions=(one,))).delta_adjusted
    assert one_alone is not None
    assert exposures_of(found).delta_adjusted == pytest.approx(2 * one_alone, rel=1e-7)


async def test_a_contract_that_is_split_twice_is_adjusted_twice(small_market, owner, portfolio, und, record_it, booked):
    await record_it(option(CALL, "1", "3", MONDAY))
    await split(small_market, 3, 2, TUESDAY)
    await split(small_market, 2, 1, WEDNESDAY)
    await split(small_market, 2, 3, THURSDAY)

    assert await booked() == (3, 0, 0)

    assert await positions(owner, portfolio) == {"UND2221216C00070000": (Decimal(2), Decimal(300))}
    assert await terms("UND2221216C00070000") == (70, 100, 100)
    await is_whole(owner, portfolio)


async def test_a_strike_that_becomes_another_that_is_held_is_not_adjusted_twice(
    small_market, owner, portfolio, und, record_it, booked
):
    await record_it(option("UND221216C00140000", "1", "3", MONDAY), option("UND221216C00070000", "1", "70", MONDAY))
    await split(small_market, 2)

    assert [await booked() for _ in range(2)] == [(2, 0, 0), (0, 0, 0)]

    assert await positions(owner, portfolio) == {
        "UND221216C00070000": (Decimal(2), Decimal(300)),
        "UND221216C00035000": (Decimal(2), Decimal(7_000)),
    }
    await is_whole(owner, portfolio)


async def test_one_of_a_lower_strike_that_is_recorded_late_is_adjusted_alone(
    small_market, owner, portfolio, und, record_it, booked
):
    await record_it(option("UND221216C00140000", "1", "3", MONDAY))
    await split(small_market, 2)
    await booked()
    await record_it(option("UND221216C00070000", "1", "70", MONDAY))

    assert [await booked() for _ in range(2)] == [(2, 0, 0), (0, 0, 0)]

    assert await positions(owner, portfolio) == {
        "UND221216C00070000": (Decimal(2), Decimal(300)),
        "UND221216C00035000": (Decimal(2), Decimal(7_000)),
    }
    await is_whole(owner, portfolio)


async def test_what_was_opened_on_the_day_or_is_over_is_left_alone(
    small_market, owner, portfolio, und, record_it, booked
):
    over = "UND221115C00140000"
    await record_it(option(CALL, "1", "3", WEDNESDAY), option(over, "1", "3", MONDAY))
    await split(small_market, 2)

    assert await booked() == (0, 0, 0)
    assert (await positions(owner, portfolio)).keys() == {CALL, over}


async def test_shares_and_contracts_are_each_booked(small_market, owner, portfolio, und, record_it, booked):
    await record_it(buy("UND", "10", "140", MONDAY), option(CALL, "1", "3", MONDAY))
    await split(small_market, 2)

    assert await booked() == (2, 0, 0)
    assert await positions(owner, portfolio) == {
        "UND": (Decimal(20), Decimal(1_400)),
        "UND221216C00070000": (Decimal(2), Decimal(300)),
    }


async def test_a_corrected_split_adjusts_anew_and_a_withdrawn_one_not_at_all(
    small_market, owner, portfolio, und, record_it, booked
):
    await record_it(option(CALL, "1", "3", MONDAY))
    action = await split(small_market, 2)
    await booked()

    async with small_market.unit_of_work(SYSTEM) as work:
        await correct_action(work, as_uuid(action.id), Correction(source="x", numerator=3, denominator=2))
    assert [(await follow(small_market)).corrected for _ in range(2)] == [1, 0]
    assert await positions(owner, portfolio) == {"UND1221216C00140000": (Decimal(1), Decimal(300))}

    async with small_market.unit_of_work(SYSTEM) as work:
        await withdraw_action(work, as_uuid(action.id))
    assert [(await follow(small_market)).corrected for _ in range(2)] == [1, 0]
    assert await positions(owner, portfolio) == {CALL: (Decimal(1), Decimal(300))}
    await is_whole(owner, portfolio)


async def test_an_adjustment_by_hand_is_joined_and_one_after_the_job_answered(
    small_market, owner, portfolio, und, record_it, booked
):
    told: dict[str, Any] = {"symbol": CALL, "new_symbol": "UND221216C00070000", "numerator": 2, "denominator": 1}
    await record_it(option(CALL, "1", "3", MONDAY))
    await record_it(SymbolChange(**told, trade_date=THURSDAY))
    await split(small_market, 2)

    assert await booked() == (0, 1, 0)
    again = await record_it(option(PUT, "1", "3", MONDAY))
    assert await booked() == (1, 0, 0)
    answered = await record_it(
        SymbolChange(**{**told, "symbol": PUT, "new_symbol": "UND221216P00065000"}, trade_date=THURSDAY)
    )

    assert (answered.source, answered.sequence) == (TransactionSource.CORPORATE_ACTION, again.sequence + 1)
    await is_whole(owner, portfolio)


async def test_the_same_adjusted_contract_is_made_once(small_market, und, record_it, booked):
    await record_it(option(CALL, "1", "3", MONDAY))
    row = (await instruments_by_symbol([CALL]))[CALL]
    contract = (await contracts_by_id([row.id]))[row.id]

    async with small_market.unit_of_work(SYSTEM) as work:
        made = [(await ensure_adjusted(work, contract, *ratio)).symbol for ratio in ((3, 2), (6, 4), (1, 10), (3, 2))]

    assert made == [f"UND{digit}221216C00140000" for digit in (1, 1, 2, 1)]
    assert await OptionContract.all().count() == 3


@pytest.mark.parametrize(("numerator", "denominator"), [(2, 1), (3, 2)])
async def test_gains_by_position_still_add_up_over_a_split(
    small_market, owner, portfolio, record_it, booked, numerator, denominator
):
    ratio = numerator / denominator
    # The three last closes, of Wednesday to Friday, are of new units.
    closes = tuple(close / (ratio if place >= len(CLOSES) - 3 else 1) for place, close in enumerate(CLOSES))
    await add_underlying("UND", closes, str(Decimal(120) * denominator / numerator))
    await record_it(contribution("5000", MONDAY), option("UND221216C00100000", "2", "3", MONDAY))
    await split(small_market, numerator, denominator)
    await booked()

    found = await measured(small_market, owner, portfolio.id, MONDAY, FRIDAY)
    gains = await gains_of_measured(found, ComputeHere())
    whole = await attribution(owner, found, gains, Grouping.POSITION, ComputeHere())

    assert sum(each.gain for each in whole.segments) == pytest.approx(whole.gain, abs=1e-6)
    made = sum(each.contribution for each in whole.segments)
    assert made == pytest.approx(found.performance.time_weighted_return, abs=1e-9)
    # The underlying moves by 3 a day; a jump of the split would be thousands.
    assert abs(whole.gain) < 1_500


async def test_an_adjustment_that_says_another_contract_is_refused(small_market, und, record_it, refused):
    await record_it(option(CALL, "1", "3", MONDAY))
    told: dict[str, Any] = {"symbol": CALL, "numerator": 3, "denominator": 1, "trade_date": WEDNESDAY}

    other = await refused(InvalidInput, SymbolChange(**told, new_symbol="UND221216C00070000"))
    unknown = await refused(UnknownInstrument, SymbolChange(**{**told, "symbol": "AAA"}, new_symbol="BBB"))

    assert (other.field, unknown.field) == (
        ("transaction", "symbol_change", "new_symbol"),
        ("transaction", "symbol_change", "symbol"),
    )
    assert other.message.startswith("expected UND221216C00046670, which UND221216C00140000 becomes by a split of 3:1")
