"""Recording transactions: what is booked, and what is refused and then changes nothing."""

from datetime import date
from decimal import Decimal

import pytest

from domain.audit.models import AuditEntry
from domain.kernel.actor import NOBODY
from domain.kernel.errors import InvalidInput, NotFound
from domain.kernel.ids import new_id
from domain.market import queries as market
from domain.portfolios import commands
from domain.portfolios.errors import (
    DateInFuture,
    DateOutOfRange,
    InsufficientQuantity,
    UnknownCurrency,
    UnknownInstrument,
)
from domain.portfolios.events import PortfolioChanged
from domain.portfolios.models import Account, Portfolio, Posting, Transaction
from domain.portfolios.types import Book
from tests.factories.portfolios import (
    FRIDAY,
    MONDAY,
    SATURDAY,
    THURSDAY,
    TODAY,
    TUESDAY,
    WEDNESDAY,
    buy,
    contribution,
    open_portfolio,
    record,
    sell,
    value,
    withdrawal,
)
from tests.support.ledger import check_ledger, check_valuation

LARGEST = "999999999999999999.9999999999"


async def nothing_was_heard(resources, listener, portfolio):
    """What is announced now is the first that the listener hears."""
    last = PortfolioChanged(portfolio_id=portfolio.id, sequence=99)
    await resources.bus.publish([last])
    assert await listener.next() == last


async def lines(transaction):
    rows = await Posting.filter(transaction_id=transaction.id)
    return sorted(
        (each.book, each.currency, each.amount, each.units) for each in rows if each.amount is not None
    ), sorted((each.book, each.units) for each in rows if each.units is not None)


async def test_a_purchase_exchanges_money_for_units(record_it, portfolio, owner, clock):
    bought = await record_it(buy("AAA", "3.5", "10.25", TUESDAY, fees="1.5"))

    assert bought.sequence == 1
    assert (bought.quantity, bought.price, bought.fees, bought.amount) == (
        Decimal("3.5"),
        Decimal("10.25"),
        Decimal("1.5"),
        Decimal("-37.375"),
    )
    assert (bought.trade_date, bought.settlement_date, bought.currency) == (TUESDAY, THURSDAY, "USD")
    assert (bought.recorded_at, bought.recorded_by) == (clock.now(), owner.user_id)
    money, units = await lines(bought)
    assert money == [
        (Book.CASH, "USD", Decimal("-37.375"), None),
        (Book.FEES, "USD", Decimal("1.5"), None),
        (Book.TRADING, "USD", Decimal("35.875"), None),
    ]
    assert units == [(Book.HOLDINGS, Decimal("3.5")), (Book.TRADING, Decimal("-3.5"))]
    assert (await Portfolio.get(id=portfolio.id)).version == 1


async def test_a_sale_exchanges_units_for_money(record_it):
    await record_it(buy("AAA", "3", "10"))
    sold = await record_it(sell("AAA", "2", "12.3", TUESDAY, fees="0.6"))

    money, units = await lines(sold)
    assert money == [
        (Book.CASH, "USD", Decimal(24), None),
        (Book.FEES, "USD", Decimal("0.6"), None),
        (Book.TRADING, "USD", Decimal("-24.6"), None),
    ]
    assert units == [(Book.HOLDINGS, Decimal(-2)), (Book.TRADING, Decimal(2))]


async def test_money_comes_from_outside_and_goes_there(record_it, portfolio):
    came = await record_it(contribution("1000.12345678", note="für später\r\nzweite Zeile"))
    went = await record_it(withdrawal("0.12345678", TUESDAY, currency="EUR"))

    assert (await lines(came))[0] == [
        (Book.CAPITAL, "USD", Decimal("-1000.12345678"), None),
        (Book.CASH, "USD", Decimal("1000.12345678"), None),
    ]
    assert (await lines(went))[0] == [
        (Book.CAPITAL, "EUR", Decimal("0.12345678"), None),
        (Book.CASH, "EUR", Decimal("-0.12345678"), None),
    ]
    assert came.note == "für später\nzweite Zeile"
    assert (came.instrument_id, came.quantity, came.price, came.fees) == (None, None, None, None)
    assert (await check_ledger(portfolio.id)).cash == {"USD": Decimal("1000.12345678"), "EUR": Decimal("-0.12345678")}


async def test_all_that_follows_from_one_transaction_is_announced_after_it(small_market, record_it, portfolio):
    async with small_market.bus.listen(PortfolioChanged.channel(portfolio_id=portfolio.id)) as listener:
        await record_it(contribution("5"), contribution("6"))

        assert [await listener.next(), await listener.next()] == [
            PortfolioChanged(portfolio_id=portfolio.id, sequence=1),
            PortfolioChanged(portfolio_id=portfolio.id, sequence=2),
        ]


async def test_a_refusal_announces_nothing(small_market, refused, portfolio):
    async with small_market.bus.listen(PortfolioChanged.channel(portfolio_id=portfolio.id)) as listener:
        await refused(InsufficientQuantity, sell("AAA", "1", "1"))

        await nothing_was_heard(small_market, listener, portfolio)


async def test_the_audit_says_who_did_what(record_it, portfolio, owner):
    bought = await record_it(buy("AAA", "1", "10"))

    entry = await AuditEntry.get(subject_id=bought.id)
    assert (entry.action, entry.actor_id, entry.tenant_id) == ("transaction.buy", owner.user_id, owner.tenant_id)
    assert [entry.before] == [None]
    assert entry.after == '{"sequence":1}'


async def test_every_row_carries_the_tenant(record_it, owner):
    await record_it(buy("AAA", "1", "10"))

    for model in (Portfolio, Account, Transaction, Posting, AuditEntry):
        assert {row.tenant_id for row in await model.all()} == {owner.tenant_id}


@pytest.mark.parametrize(
    ("entry", "expected", "field"),
    [
        (buy("AAA", "0", "1"), InvalidInput, "buy.quantity"),
        (buy("AAA", "-1", "1"), InvalidInput, "buy.quantity"),
        (buy("AAA", "NaN", "1"), InvalidInput, "buy.quantity"),
        (buy("AAA", "sNaN", "1"), InvalidInput, "buy.quantity"),
        (buy("AAA", "Infinity", "1"), InvalidInput, "buy.quantity"),
        (buy("AAA", "-Infinity", "1"), InvalidInput, "buy.quantity"),
        (buy("AAA", "0.00000000001", "1"), InvalidInput, "buy.quantity"),
        (buy("AAA", "1000000000000000000", "1"), InvalidInput, "buy.quantity"),
        (buy("AAA", f"1.{'0' * 70}1", "1"), InvalidInput, "buy.quantity"),
        (buy("AAA", "1", "-0.01"), InvalidInput, "buy.price"),
        (buy("AAA", "1", "NaN"), InvalidInput, "buy.price"),
        (buy("AAA", "1", "1", fees="-1"), InvalidInput, "buy.fees"),
        (buy("AAA", "1", "1", fees="NaN"), InvalidInput, "buy.fees"),
        (buy("AAA", "1", "1", fees="0.000000001"), InvalidInput, "buy.fees"),
        # A product, or one with fees, that no column holds.
        (buy("AAA", LARGEST, LARGEST), InvalidInput, "buy.quantity"),
        (buy("AAA", "100000000000", "1000000000"), InvalidInput, "buy.quantity"),
        (buy("AAA", "10000000000", "9999999999", fees="99999999999999999999"), InvalidInput, "buy.quantity"),
        (buy("NONE", "1", "1"), UnknownInstrument, "buy.symbol"),
        (buy("aaa", "1", "1"), UnknownInstrument, "buy.symbol"),
        (buy("", "1", "1"), UnknownInstrument, "buy.symbol"),
        (buy("A\0A", "1", "1"), UnknownInstrument, "buy.symbol"),
        (buy("A" * 5000, "1", "1"), UnknownInstrument, "buy.symbol"),
        (buy("SP500", "1", "1"), UnknownInstrument, "buy.symbol"),
        (buy("AAA", "1", "1", date(2022, 11, 22)), DateInFuture, "buy.trade_date"),
        (sell("AAA", "1", "1", date(2022, 11, 22)), DateInFuture, "sell.trade_date"),
        (contribution("1", date(2022, 11, 22)), DateInFuture, "contribution.trade_date"),
        (contribution("1", date(1899, 12, 31)), DateOutOfRange, "contribution.trade_date"),
        (buy("NEW", "1", "1", WEDNESDAY), DateOutOfRange, "buy.trade_date"),
        (buy("AAA", "1", "1", TUESDAY, settlement_date=MONDAY), DateOutOfRange, "buy.settlement_date"),
        (contribution("0"), InvalidInput, "contribution.amount"),
        (withdrawal("-5"), InvalidInput, "withdrawal.amount"),
        (contribution("NaN"), InvalidInput, "contribution.amount"),
        (contribution("0.000000001"), InvalidInput, "contribution.amount"),
        (contribution("100000000000000000000"), InvalidInput, "contribution.amount"),
        (contribution("1", currency="XXX"), UnknownCurrency, "contribution.currency"),
        (contribution("1", currency="usd"), UnknownCurrency, "contribution.currency"),
        (contribution("1", note="x" * 2001), InvalidInput, "contribution.note"),
        (contribution("1", note="a\0b"), InvalidInput, "contribution.note"),
        (contribution("1", note="a\ud800b"), InvalidInput, "contribution.note"),
        (contribution("1", note="a\u202eb"), InvalidInput, "contribution.note"),
        (contribution("1", note="a\u2066b"), InvalidInput, "contribution.note"),
        (sell("AAA", "1", "1"), InsufficientQuantity, "sell.quantity"),
    ],
)
async def test_what_cannot_be_booked_changes_nothing(refused, entry, expected, field):
    refusal = await refused(expected, entry)

    assert ".".join(refusal.field) == f"transaction.{field}"
    assert len(refusal.message) < 300
    assert "expected" in refusal.message


@pytest.mark.parametrize(
    "entry",
    [
        buy("AAA", LARGEST, "0"),
        buy("AAA", "0.0000000001", LARGEST),
        buy("AAA", "1", "0.0000000001"),
        buy("AAA", "10000000000", "9999999999.99", fees="0.00000001"),
        contribution("99999999999999999999.99999999"),
        buy("NEW", "1", "50", THURSDAY),
        buy("AAA", "1", "14", SATURDAY),
        buy("AAA", "1", "14", TODAY),
        buy("AAA", "1", "14", FRIDAY, settlement_date=FRIDAY),
        contribution("1", date(1900, 1, 1)),
        contribution("1", note=""),
    ],
)
async def test_the_widest_that_can_be_booked_is_exact(record_it, portfolio, entry):
    stored = await Transaction.get(id=(await record_it(entry)).id)

    for name in ("quantity", "price", "amount"):
        if hasattr(entry, name):
            assert getattr(stored, name) == getattr(entry, name)
    await check_ledger(portfolio.id)


async def test_the_only_rounding_is_half_even_at_the_posting(record_it):
    # 0.5 x 0.00000001 and 1.5 x 0.00000001 are exactly between two amounts.
    down = await record_it(buy("AAA", "0.5", "0.00000001"))
    up = await record_it(buy("AAA", "1.5", "0.00000001"))

    assert (down.amount, up.amount) == (Decimal(0), Decimal("-0.00000002"))


async def test_many_of_the_largest_still_sum_exactly(record_it, owner, portfolio):
    await record_it(*[buy("AAA", LARGEST, "0", day) for day in (MONDAY, TUESDAY, WEDNESDAY)])
    await record_it(*[contribution("99999999999999999999.99999999") for _ in range(3)])

    books = await check_ledger(portfolio.id)

    assert list(books.units.values()) == [Decimal("2999999999999999999.9999999997")]
    assert books.cash == {"USD": Decimal("299999999999999999999.99999997")}
    check_valuation(await value(owner, portfolio.id), books)
    # All of it can be sold, and not a unit more.
    await record_it(*[sell("AAA", LARGEST, "0", THURSDAY) for _ in range(3)])
    with pytest.raises(InsufficientQuantity):
        await record_it(sell("AAA", "0.0000000001", "0", THURSDAY))


async def test_no_more_is_sold_than_is_held(record_it, refused):
    await record_it(buy("AAA", "5", "10", MONDAY), sell("AAA", "2", "11", TUESDAY))

    refusal = await refused(InsufficientQuantity, sell("AAA", "3.0000000001", "11", TUESDAY))

    assert refusal.message == ("expected at most 3 units, which are held on 2022-11-15, got 3.0000000001")
    await record_it(sell("AAA", "3", "11", TUESDAY))


async def test_a_sale_is_not_covered_by_a_later_purchase(record_it, refused):
    await record_it(buy("AAA", "5", "10", WEDNESDAY))

    await refused(InsufficientQuantity, sell("AAA", "1", "10", TUESDAY))


async def test_a_late_sale_that_uncovers_a_later_one_is_refused(record_it, refused, portfolio):
    await record_it(buy("AAA", "5", "10", MONDAY), sell("AAA", "4", "12", THURSDAY))

    refusal = await refused(InsufficientQuantity, sell("AAA", "2", "11", TUESDAY))

    # What is said is what would then be short.
    assert refusal.message == "expected at most 3 units, which are held on 2022-11-17, which transaction 2 takes, got 4"
    await record_it(sell("AAA", "1", "11", TUESDAY))
    await check_ledger(portfolio.id)


async def test_a_late_purchase_covers_what_comes_after_it(record_it, portfolio):
    await record_it(buy("AAA", "1", "10", WEDNESDAY), buy("AAA", "5", "9", MONDAY), sell("AAA", "6", "12", WEDNESDAY))

    assert (await check_ledger(portfolio.id)).units == {}


async def test_one_instrument_does_not_cover_another(record_it, refused):
    await record_it(buy("AAA", "5", "10"))

    await refused(InsufficientQuantity, sell("BBB", "1", "10"))


async def test_an_account_must_be_the_portfolio_s(small_market, owner, record_it, refused):
    other = await open_portfolio(small_market, owner, "Other")
    foreign = await Account.get(portfolio_id=other.id)

    for key in (foreign.id, new_id()):
        refusal = await refused(NotFound, contribution("1"), account_id=key)
        assert (refusal.message, refusal.field) == ("no such account in this portfolio", ("account_id",))


async def test_strangers_and_nobody_find_no_portfolio(small_market, stranger, portfolio):
    answers = set()
    for actor, key in ((stranger, portfolio.id), (NOBODY, portfolio.id), (stranger, new_id())):
        with pytest.raises(NotFound) as raised:
            await record(small_market, actor, key, contribution("1"))
        answers.add((raised.value.message, raised.value.field))

    assert answers == {("no such portfolio", ("portfolio_id",))}
    assert await Transaction.all().count() == 0


async def test_a_failure_later_in_the_work_takes_everything_back(small_market, owner, portfolio, stored):
    before = await stored()

    with pytest.raises(ZeroDivisionError):
        await _fail_after_recording(small_market, owner, portfolio)

    assert await stored() == before


async def _fail_after_recording(resources, owner, portfolio):
    async with resources.bus.listen(PortfolioChanged.channel(portfolio_id=portfolio.id)) as listener:
        try:
            async with resources.unit_of_work(owner) as work:
                await commands.record_transaction(
                    work, portfolio.id, contribution("1"), idempotency_key="one", today=TODAY
                )
                raise ZeroDivisionError
        finally:
            await nothing_was_heard(resources, listener, portfolio)


async def test_the_instrument_of_a_foreign_currency_is_booked_in_it(record_it, portfolio):
    await record_it(buy("EEE", "2", "20", fees="1"))

    books = await check_ledger(portfolio.id)
    assert books.cash == {"EUR": Decimal(-41)}
    (held,) = books.units
    assert held[1] == (await market.instruments_by_symbol(["EEE"]))["EEE"].id
