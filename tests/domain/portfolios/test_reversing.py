"""Cancelling transactions: the reversal undoes, both stay, and nothing that rests on the first is left hanging."""

from decimal import Decimal

import pytest

from domain.audit.models import AuditEntry
from domain.kernel.actor import NOBODY
from domain.kernel.errors import IdempotencyKeyReused, InvalidInput, NotFound
from domain.kernel.ids import new_id
from domain.portfolios import commands
from domain.portfolios.errors import AlreadyReversed, InsufficientQuantity
from domain.portfolios.models import Posting, Transaction
from domain.portfolios.types import TransactionKind
from tests.factories.portfolios import (
    MONDAY,
    THURSDAY,
    TUESDAY,
    WEDNESDAY,
    buy,
    contribution,
    reverse,
    sell,
    withdrawal,
)
from tests.support.ledger import check_ledger


@pytest.fixture
def reverse_it(small_market, owner):
    async def run(transaction, **more):
        return await reverse(small_market, owner, transaction, **more)

    return run


@pytest.mark.parametrize(
    "entry", [buy("AAA", "2", "10.5", TUESDAY, fees="1"), contribution("7", TUESDAY), withdrawal("7", TUESDAY)]
)
async def test_a_reversal_undoes_every_line(record_it, reverse_it, portfolio, entry):
    first = await record_it(entry)

    reversal = await reverse_it(first, reason="typed twice")

    assert (reversal.kind, reversal.reverses_id, reversal.sequence) == (TransactionKind.REVERSAL, first.id, 2)
    assert (reversal.trade_date, reversal.settlement_date) == (first.trade_date, first.settlement_date)
    assert (reversal.amount, reversal.currency, reversal.note) == (-first.amount, first.currency, "typed twice")
    sums: dict[object, Decimal] = {}
    for line in await Posting.all():
        key = (line.book, line.currency, line.instrument_id)
        sums[key] = sums.get(key, Decimal(0)) + (line.amount if line.amount is not None else line.units)
    assert set(sums.values()) == {Decimal(0)}
    books = await check_ledger(portfolio.id)
    assert (books.units, books.cash) == ({}, {})
    assert (await AuditEntry.get(subject_id=reversal.id)).action == "transaction.reversal"


async def test_the_first_stays_as_it_was(record_it, reverse_it):
    first = await record_it(buy("AAA", "2", "10"))
    before = await Transaction.filter(id=first.id).values()

    await reverse_it(first)

    assert await Transaction.filter(id=first.id).values() == before


async def test_a_transaction_is_reversed_once(record_it, reverse_it):
    first = await record_it(contribution("5"))
    await reverse_it(first)

    with pytest.raises(AlreadyReversed) as raised:
        await reverse_it(first)

    assert raised.value.field == ("transaction_id",)
    assert await Transaction.all().count() == 2


async def test_a_reversal_is_not_reversed(record_it, reverse_it):
    reversal = await reverse_it(await record_it(contribution("5")))

    with pytest.raises(InvalidInput, match="expected a transaction, got a reversal"):
        await reverse_it(reversal)

    assert await Transaction.all().count() == 2


async def test_the_same_key_answers_the_first_reversal(record_it, reverse_it, portfolio):
    first = await record_it(contribution("5"))
    reversal = await reverse_it(first, key="undo")

    assert (await reverse_it(first, key="undo")).id == reversal.id
    with pytest.raises(IdempotencyKeyReused):
        await reverse_it(first, key="undo", reason="other")
    assert await Transaction.all().count() == 2


async def test_a_key_is_one_for_recording_and_reversing(record_it, reverse_it):
    first = await record_it(contribution("5"), key="one")

    with pytest.raises(IdempotencyKeyReused):
        await reverse_it(first, key="one")


async def test_a_purchase_that_covers_a_sale_is_not_reversed(record_it, reverse_it, portfolio):
    first = await record_it(buy("AAA", "5", "10", MONDAY))
    second = await record_it(buy("AAA", "5", "10", TUESDAY))
    await record_it(sell("AAA", "6", "12", WEDNESDAY))

    for each in (first, second):
        with pytest.raises(InsufficientQuantity) as raised:
            await reverse_it(each)
        assert raised.value.field == ("transaction_id",)
        assert (
            raised.value.message
            == "expected at most 5 units, which are held on 2022-11-16, which transaction 3 takes, got 6"
        )

    assert await Transaction.all().count() == 3
    await check_ledger(portfolio.id)


async def test_once_the_sale_is_reversed_the_purchase_can_be(record_it, reverse_it, portfolio):
    bought = await record_it(buy("AAA", "5", "10", MONDAY))
    sold = await record_it(sell("AAA", "5", "12", WEDNESDAY))

    await reverse_it(sold)
    await reverse_it(bought)

    books = await check_ledger(portfolio.id)
    assert (books.units, books.cash) == ({}, {})


async def test_what_was_reversed_covers_nothing(record_it, reverse_it):
    await reverse_it(await record_it(buy("AAA", "5", "10", MONDAY)))

    with pytest.raises(InsufficientQuantity, match="expected at most 0 units"):
        await record_it(sell("AAA", "1", "12", WEDNESDAY))


async def test_a_reversed_sale_gives_its_lots_back(record_it, reverse_it, portfolio):
    await record_it(buy("AAA", "1", "10", MONDAY), buy("AAA", "1", "20", TUESDAY))
    sold = await record_it(sell("AAA", "1", "15", WEDNESDAY))
    assert [cost for _, cost in (await check_ledger(portfolio.id)).sides.values()] == [Decimal(20)]

    await reverse_it(sold)

    assert [cost for _, cost in (await check_ledger(portfolio.id)).sides.values()] == [Decimal(30)]


async def test_strangers_and_nobody_find_no_transaction(small_market, stranger, record_it):
    first = await record_it(contribution("5"))
    answers = set()
    for actor, key in ((stranger, first.id), (NOBODY, first.id), (stranger, new_id())):
        with pytest.raises(NotFound) as raised:
            async with small_market.unit_of_work(actor) as work:
                await commands.reverse_transaction(work, key, idempotency_key="undo")
        answers.add((raised.value.message, raised.value.field))

    assert answers == {("no such transaction", ("transaction_id",))}
    assert await Transaction.all().count() == 1


@pytest.mark.parametrize("reason", ["x" * 2001, "a\0b"])
async def test_a_bad_reason_is_refused(record_it, reverse_it, reason):
    first = await record_it(contribution("5", THURSDAY))

    with pytest.raises(InvalidInput) as raised:
        await reverse_it(first, reason=reason)

    assert raised.value.field == ("reason",)
