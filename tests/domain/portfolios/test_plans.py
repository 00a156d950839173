"""Plans worked out by hand, and carried out.  Quotes: AAA 15.5, BBB 94, NEW 60; EEE 21 euros, without a rate."""

from datetime import date
from decimal import Decimal

import pytest

from domain.kernel.absence import AbsenceReason
from domain.kernel.errors import BadUserInput
from domain.market import queries as market
from domain.market.models import Instrument
from domain.portfolios.entries import LotChoice, Trade
from domain.portfolios.lot_choice import SaleMethod
from domain.portfolios.models import Account
from domain.portfolios.plans import Wish, rebalance_plan
from domain.portfolios.types import AccountKind, Side, TargetKind, TransactionKind
from tests.factories.portfolios import NOW, TODAY, TUESDAY, WEDNESDAY, buy, contribution, open_portfolio, record, value
from tests.factories.targets import aim, of, put_in_sector

LONG_AGO = date(2020, 6, 1)


@pytest.fixture
def aiming(small_market, owner, portfolio):
    async def run(*targets, **more):
        return await aim(small_market, owner, portfolio.id, *targets, **more)

    return run


@pytest.fixture
def planned(owner, portfolio):
    async def run(*, actor=None, as_of=None, **more):
        return await rebalance_plan(actor or owner, Wish(portfolio_id=portfolio.id, as_of=as_of, **more), NOW)

    return run


@pytest.fixture
async def old_listing(small_market):
    await Instrument.filter(symbol__in=["AAA", "BBB"]).update(first_session=LONG_AGO)


def shown(plan):
    return [(each.side.value, each.instrument.symbol, each.quantity, each.amount) for each in plan.trades]


def lots(plan):
    return [(lot.key, lot.quantity, lot.term.value, lot.gain) for each in plan.trades for lot in each.lots]


def entry_of(trade):
    """The trade as it is recorded."""
    return Trade(
        kind=TransactionKind.BUY if trade.side is Side.BUY else TransactionKind.SELL,
        symbol=trade.instrument.symbol,
        quantity=trade.quantity,
        price=trade.price,
        trade_date=trade.day,
        lots=tuple(LotChoice(lot.key, lot.quantity) for lot in trade.lots),
    )


async def test_a_plan_comes_to_its_targets(record_it, aiming, planned):
    # 1,000 in all: 155 of AAA, 188 of BBB, 657 in cash.
    await record_it(contribution("1000"), buy("AAA", "10", "15.5", TODAY), buy("BBB", "2", "94", TODAY))
    await aiming(of("AAA", "0.31"), of("NEW", "0.3"))

    plan = await planned()

    assert shown(plan) == [
        ("SELL", "BBB", Decimal(2), Decimal(188)),
        ("BUY", "AAA", Decimal(10), Decimal(155)),
        ("BUY", "NEW", Decimal(5), Decimal(300)),
    ]
    assert (plan.cash, plan.cash_by_currency) == (Decimal(390), (("USD", Decimal(390)),))
    assert [(each.before.target.name, each.after) for each in plan.outcomes] == [
        ("AAA", Decimal("0.31")),
        ("NEW", Decimal("0.3")),
        ("BBB", Decimal(0)),
        ("", Decimal("0.39")),
    ]
    assert (plan.absences, plan.unreached, plan.version) == ((), (), 3)


@pytest.mark.parametrize("whole", [True, False])
@pytest.mark.parametrize("smallest", ["0", "40"])
async def test_once_carried_out_nothing_is_left_to_do(
    small_market, owner, portfolio, record_it, aiming, planned, whole, smallest
):
    await put_in_sector("Energy", "AAA", "BBB")
    await record_it(contribution("1000"), buy("AAA", "17.5", "10"), buy("BBB", "3", "94"), buy("NEW", "2", "60", TODAY))
    await aiming(of("Energy", "0.333", TargetKind.SECTOR), of("NEW", "0.5"))
    wanted = {"whole_units": whole, "smallest": Decimal(smallest)}
    plan = await planned(**wanted)
    assert plan.trades

    await record_it(*map(entry_of, plan.trades))

    again = await planned(**wanted)
    assert again.trades == ()
    assert (await value(owner, portfolio.id)).cash_balance == plan.cash == again.cash
    weights = {each.before.target.name: round(each.before.exact, 9) for each in again.outcomes}
    assert weights == {each.before.target.name: round(each.after, 9) for each in plan.outcomes}


async def test_money_comes_beside_or_is_taken_out(record_it, aiming, planned):
    await record_it(contribution("940"), buy("NEW", "10", "60", TODAY))
    await aiming(of("NEW", "0.5"))

    assert shown(await planned(cash=Decimal(260))) == []
    assert shown(await planned(cash=Decimal(860))) == [("BUY", "NEW", Decimal(5), Decimal(300))]
    plan = await planned(cash=Decimal(-700))
    assert shown(plan) == [("SELL", "NEW", Decimal(8), Decimal(480))]
    # What is to be taken out counts as gone.
    assert plan.cash == Decimal(120)


async def test_least_tax_takes_losses_first_then_small_gains(old_listing, record_it, aiming, planned):
    await record_it(contribution("5000", LONG_AGO))
    for cost, day in (
        ("16", WEDNESDAY),
        ("17", LONG_AGO),
        ("20", WEDNESDAY),
        ("10", LONG_AGO),
        ("15", WEDNESDAY),
        ("14", LONG_AGO),
    ):
        await record_it(buy("AAA", "1", cost, day))
    await aiming(of("", "1", TargetKind.CASH))

    plan = await planned()

    # Short-term losses of 4.5 and 0.5, a long-term one of 1.5, long-term gains of 1.5 and 5.5, a short-term one of 0.5.
    gains = [
        ("4", Decimal(1), "SHORT", Decimal("-4.5")),
        ("2", Decimal(1), "SHORT", Decimal("-0.5")),
        ("3", Decimal(1), "LONG", Decimal("-1.5")),
        ("7", Decimal(1), "LONG", Decimal("1.5")),
        ("5", Decimal(1), "LONG", Decimal("5.5")),
        ("6", Decimal(1), "SHORT", Decimal("0.5")),
    ]
    assert lots(plan) == gains
    assert (plan.short_term_gain, plan.long_term_gain) == (Decimal("-4.5"), Decimal("5.5"))
    # Purchases of Wednesday take the place of each other's units, and of the old ones.
    assert [(each.lot, each.loss, each.bought_on) for each in plan.washes] == [
        ("4", Decimal("4.5"), WEDNESDAY),
        ("2", Decimal("0.5"), WEDNESDAY),
        ("3", Decimal("1.5"), WEDNESDAY),
    ]


@pytest.mark.parametrize(
    ("method", "keys"),
    [
        (SaleMethod.FIFO, ["3", "5"]),
        (SaleMethod.LIFO, ["4", "2"]),
        (SaleMethod.HIFO, ["4", "3"]),
        (SaleMethod.LOWEST_COST, ["5", "2"]),
    ],
)
async def test_other_methods_take_what_they_say(old_listing, record_it, aiming, planned, method, keys):
    await record_it(contribution("76"))
    for cost, day in (("16", TUESDAY), ("17", LONG_AGO), ("20", WEDNESDAY), ("10", LONG_AGO)):
        await record_it(buy("AAA", "1", cost, day))
    # 13 and 62: two of the four are sold.
    await aiming(of("AAA", "0.414"))

    plan = await planned(whole_units=True, method=method)

    assert [key for key, *_ in lots(plan)] == keys


async def test_a_lot_that_was_bought_alone_is_no_wash_sale(record_it, aiming, planned):
    await record_it(contribution("100"), buy("AAA", "2", "20", WEDNESDAY))
    await aiming(of("", "1", TargetKind.CASH))

    assert (await planned()).washes == ()


async def test_a_retirement_account_has_no_gains_and_its_own_trades(portfolio, record_it, aiming, planned):
    ira = await Account.create(
        tenant_id=portfolio.tenant_id,
        portfolio_id=portfolio.id,
        name="IRA",
        kind=AccountKind.ROTH_IRA,
        created_at=portfolio.created_at,
    )
    await record_it(contribution("400"), buy("AAA", "10", "10"))
    await record_it(buy("AAA", "30", "10"), account_id=ira.id)
    await aiming(of("AAA", "0.5"))

    plan = await planned()

    # Half of 620 is to be sold, a quarter of it in the taxable account.
    assert {(each.account_id == ira.id, each.quantity) for each in plan.trades} == {
        (False, Decimal(5)),
        (True, Decimal(15)),
    }
    assert (plan.short_term_gain, plan.long_term_gain) == (Decimal("27.5"), Decimal(0))


async def test_what_cannot_be_bought_is_said(record_it, aiming, planned):
    await put_in_sector("Energy", "BBB")
    await record_it(contribution("100"))
    await aiming(of("Energy", "0.5", TargetKind.SECTOR))

    plan = await planned()

    assert [each.target.name for each in plan.unreached] == ["Energy"]
    assert (plan.trades, plan.cash) == ((), Decimal(100))


@pytest.mark.parametrize(
    ("targets", "reason", "words"),
    [
        ([], AbsenceReason.NOT_APPLICABLE, "no targets"),
        ([of("EEE", "0.5")], AbsenceReason.NO_PRICE, "no price in USD is known of EEE"),
    ],
)
async def test_without_targets_or_prices_there_is_no_plan(record_it, aiming, planned, targets, reason, words):
    await record_it(contribution("100"))
    await aiming(*targets)

    plan = await planned()

    assert (plan.trades, plan.cash, plan.short_term_gain) == ((), None, None)
    assert (plan.absences[0].field, plan.absences[0].reason) == ("trades", reason)
    assert words in plan.absences[0].message


async def test_more_taken_out_than_there_is_leaves_nothing_to_plan(record_it, aiming, planned):
    await record_it(contribution("100"))
    await aiming(of("AAA", "0.5"))

    plan = await planned(cash=Decimal(-100))

    assert (plan.trades, plan.absences[0].reason) == ((), AbsenceReason.UNDEFINED)


async def test_the_past_is_planned_with_its_prices_and_lots(record_it, aiming, planned):
    await record_it(contribution("100"), buy("AAA", "5", "10"), buy("AAA", "1", "12", WEDNESDAY))
    await aiming(of("", "1", TargetKind.CASH))

    plan = await planned(as_of=NOW.replace(day=15, hour=23))

    assert shown(plan) == [("SELL", "AAA", Decimal(5), Decimal(55))]
    assert {each.day for each in plan.trades} == {TUESDAY}


async def test_short_units_are_left_as_they_are(record_it, aiming, planned):
    short = Trade(
        kind=TransactionKind.SHORT_SALE,
        symbol="BBB",
        quantity=Decimal(1),
        price=Decimal(94),
        trade_date=TODAY,
    )
    await record_it(contribution("1000"), short)
    await aiming(of("AAA", "0.31"))

    assert shown(await planned()) == [("BUY", "AAA", Decimal(20), Decimal(310))]


@pytest.mark.parametrize(
    "wanted",
    [
        {"cash": Decimal("1e20")},
        {"cash": Decimal("NaN")},
        {"cash": Decimal("0.000000001")},
        {"smallest": Decimal(-1)},
        {"smallest": Decimal("Infinity")},
    ],
)
async def test_amounts_that_cannot_be_are_refused(record_it, planned, wanted):
    with pytest.raises(BadUserInput):
        await planned(**wanted)


async def test_a_stranger_gets_no_plan(stranger, planned):
    assert await planned(actor=stranger) is None


async def test_euros_are_bought_where_a_rate_is_known(small_market, owner):
    opened = await open_portfolio(small_market, owner, "Europe", base_currency="EUR")
    await record(small_market, owner, opened.id, contribution("420"))
    await aim(small_market, owner, opened.id, of("EEE", "0.5"))

    plan = await rebalance_plan(
        owner, Wish(portfolio_id=opened.id, as_of=None), await market.market_now(small_market.clock)
    )

    assert shown(plan) == [("BUY", "EEE", Decimal(10), Decimal(210))]
