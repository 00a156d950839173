"""What was tried becomes transactions: once, in order, all of it or nothing."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from domain.kernel.errors import IdempotencyKeyReused, InvalidInput, VersionConflict
from domain.portfolios import ledgers
from domain.portfolios.entries import (
    Income,
    LotChoice,
    Merger,
    OptionEvent,
    OptionTrade,
    SpinOff,
    Split,
    Transfer,
    TransferredLot,
)
from domain.portfolios.errors import InsufficientQuantity
from domain.portfolios.ledger import ledger_of
from domain.portfolios.models import Portfolio, Posting, Transaction
from domain.portfolios.types import Side, TransactionKind
from tests.factories.portfolios import (
    FRIDAY,
    THURSDAY,
    TODAY,
    TUESDAY,
    WEDNESDAY,
    buy,
    contribution,
    open_portfolio,
    record,
    reverse,
    sell,
    value,
)
from tests.support.ledger import check_ledger


async def test_a_commit_records_what_was_tried(small_market, owner, base, begin, attempt, commit):
    session = await begin()
    trades = await attempt(session, sell("AAA", "10", "15", TODAY, fees="1"), buy("BBB", "2", "90", TODAY, note="why"))
    tried = await value(owner, session.id)

    recorded = await commit(session, 2)

    assert [each.sequence for each in recorded] == [3, 4]
    books = await check_ledger(base.id)
    assert books.cash == {"USD": Decimal(669)}
    done = await value(owner, base.id)
    assert (done.total_value, done.cash, done.unrealized_gain) == (tried.total_value, tried.cash, tried.unrealized_gain)
    for before, after in zip(trades, recorded, strict=True):
        same = ("kind", "trade_date", "settlement_date", "quantity", "price", "fees", "amount", "note", "account_id")
        stored = await Transaction.get(id=after.id)
        kept = await Transaction.get(id=before.id)
        assert [getattr(stored, name) for name in same] == [getattr(kept, name) for name in same]
    # The session is as it was, and over.
    assert await value(owner, session.id) == tried
    assert (await Portfolio.get(id=session.id)).committed_at is not None
    with pytest.raises(InvalidInput, match="expected an open modeling session, got one that has been committed"):
        await attempt(session, contribution("1", TODAY))


async def test_a_second_commit_answers_the_first(base, begin, attempt, commit):
    session, other = await begin(), await begin("Other")
    await attempt(session, contribution("1", TODAY), contribution("2", TODAY))
    await attempt(other, contribution("3", TODAY))
    first = await commit(session, 2, key="k")

    for version, key in ((2, "k"), (4, "k"), (2, "another")):
        assert [each.id for each in await commit(session, version, key=key)] == [each.id for each in first]
    with pytest.raises(IdempotencyKeyReused):
        await commit(other, 4, key="k")
    assert (await Portfolio.get(id=base.id)).version == 4
    await check_ledger(base.id)


async def test_what_was_reversed_is_not_committed(small_market, owner, base, begin, attempt, commit):
    session = await begin()
    dropped, _ = await attempt(session, buy("BBB", "1", "90", TUESDAY), buy("BBB", "2", "90", WEDNESDAY))
    await reverse(small_market, owner, dropped)

    recorded = await commit(session, 2)

    assert [(each.kind, each.quantity) for each in recorded] == [(TransactionKind.BUY, Decimal(2))]
    assert [each.id for each in await commit(session, 3)] == [each.id for each in recorded]
    await check_ledger(base.id)


async def test_a_commit_to_another_version_is_refused(small_market, owner, base, begin, attempt, commit, rows_of):
    session = await begin()
    await attempt(session, sell("AAA", "30", "15", TODAY))
    await record(small_market, owner, base.id, sell("AAA", "1", "15", TODAY))
    stored = await rows_of(base)

    with pytest.raises(VersionConflict, match="expected version 2, the portfolio is at 3"):
        await commit(session, 2)
    # And what the base does not hold any more is not sold, whatever version is named.
    with pytest.raises(InsufficientQuantity, match="trade 3 of the session: expected at most 29 units") as raised:
        await commit(session, 3)
    assert raised.value.field == ("session_id",)

    assert await rows_of(base) == stored
    assert (await Portfolio.get(id=session.id)).committed_at is None


async def test_lots_that_were_chosen_are_chosen_under_their_new_names(
    small_market, owner, base, begin, attempt, commit
):
    session = await begin()
    await attempt(session, buy("AAA", "4", "12", TUESDAY), buy("AAA", "4", "13", WEDNESDAY))
    # The second and third lots have sequences 3 and 4 here, and 4 and 5 in the base.
    chosen = sell("AAA", "5", "15", TODAY, lots=(LotChoice("4", Decimal(4)), LotChoice("2", Decimal(1))))
    await attempt(session, chosen)
    await record(small_market, owner, base.id, buy("AAA", "1", "11", THURSDAY))

    await commit(session, 3)

    (position,) = (await value(owner, base.id)).positions
    # 29 x 10 + 4 x 12 + 1 x 11: those at 13 are gone.
    assert (position.quantity, position.cost_basis) == (Decimal(34), Decimal(349))


def of_all_kinds() -> list[Any]:
    """Trades that need every path: lots that arrive, actions that add lines, options that deliver."""
    call = "AAA221216C00010000"
    return [
        Transfer(
            kind=TransactionKind.TRANSFER_IN,
            symbol="AAA",
            quantity=Decimal(7),
            lots=(
                TransferredLot(date(2020, 1, 2), Decimal(3), Decimal(9)),
                TransferredLot(date(2021, 1, 4), Decimal(4), Decimal(16)),
            ),
            trade_date=TUESDAY,
        ),
        Split(kind=TransactionKind.SPLIT, symbol="AAA", numerator=3, denominator=2, trade_date=WEDNESDAY),
        # Late: the split that follows makes more of it.
        buy("AAA", "2", "11", TUESDAY),
        SpinOff(
            kind=TransactionKind.SPIN_OFF,
            symbol="AAA",
            new_symbol="BBB",
            numerator=1,
            denominator=10,
            cost_fraction=Decimal("0.25"),
            trade_date=THURSDAY,
        ),
        OptionTrade(
            kind=TransactionKind.OPTION_OPEN,
            symbol=call,
            quantity=Decimal(2),
            price=Decimal("1.5"),
            side=Side.BUY,
            trade_date=THURSDAY,
        ),
        OptionEvent(kind=TransactionKind.OPTION_EXERCISE, symbol=call, quantity=Decimal(1), trade_date=FRIDAY),
        Merger(
            kind=TransactionKind.MERGER,
            symbol="BBB",
            new_symbol="NEW",
            numerator=2,
            denominator=1,
            cash_per_unit=Decimal(3),
            new_price=Decimal(55),
            trade_date=FRIDAY,
        ),
        sell("AAA", "20", "15", TODAY, lots=()),
        contribution("12.5", TODAY, currency="EUR"),
    ]


async def test_entries_of_all_kinds_are_committed_to_the_line(small_market, owner, base, begin, attempt, commit):
    session = await begin()
    await attempt(session, *of_all_kinds())
    twin = await open_portfolio(small_market, owner, "Twin")
    await record(small_market, owner, twin.id, contribution("1000"), buy("AAA", "30", "10"), *of_all_kinds())

    await commit(session, 2)

    lines = ("book", "currency", "amount", "instrument_id", "units", "fee_kind")
    for sequence in range(1, 12):
        rows = []
        for portfolio in (base, twin):
            made = await Transaction.get(portfolio_id=portfolio.id, sequence=sequence)
            postings = await Posting.filter(transaction_id=made.id).values_list(*lines)
            rows.append((made.kind, made.details, made.amount, sorted(postings, key=str)))
        assert rows[0] == rows[1]
    mine, other = await value(owner, base.id), await value(owner, twin.id)
    assert [(each.instrument.symbol, each.quantity, each.cost_basis) for each in mine.positions] == [
        (each.instrument.symbol, each.quantity, each.cost_basis) for each in other.positions
    ]
    assert mine.cash == other.cash


@pytest.mark.parametrize(
    "fact",
    [
        Split(kind=TransactionKind.SPLIT, symbol="AAA", numerator=2, denominator=1, trade_date=TODAY),
        Income(kind=TransactionKind.DIVIDEND, symbol="AAA", amount=Decimal(3), trade_date=TODAY),
    ],
    ids=lambda fact: fact.kind.lower(),
)
async def test_a_fact_is_not_committed_to_a_base_that_has_gone_on(
    small_market, owner, base, begin, attempt, commit, fact
):
    session, other = await begin(), await begin("Other")
    await attempt(session, fact)
    await attempt(other, fact)
    await commit(other, 2)

    with pytest.raises(InvalidInput, match=f"gone on from version 2 to 3, got a {fact.kind}"):
        await commit(session, 3)
    await check_version(base, 3)


async def check_version(portfolio, version):
    assert (await Portfolio.get(id=portfolio.id)).version == version


async def test_nothing_tried_is_nothing_to_commit(small_market, owner, begin, attempt, commit):
    session = await begin()
    with pytest.raises(InvalidInput, match="expected 1 to 1000 trades that stand, got 0"):
        await commit(session, 2)
    (only,) = await attempt(session, contribution("1", TODAY))
    await reverse(small_market, owner, only)
    with pytest.raises(InvalidInput, match="got 0"):
        await commit(session, 2)


async def test_a_key_of_the_session_that_was_taken_before_is_refused(small_market, owner, base, begin, attempt, commit):
    session = await begin()
    await attempt(session, contribution("1", TODAY))
    await record(small_market, owner, base.id, contribution("1"), key=f"modeling-session:{session.id}:3")

    with pytest.raises(IdempotencyKeyReused):
        await commit(session, 3)


async def test_the_ledger_of_a_session_is_that_of_its_movements_together(small_market, owner, base, begin, attempt):
    session = await begin()
    await attempt(session, *of_all_kinds())
    fork = await Portfolio.get(id=session.id)

    kept = await ledgers.ledger(fork)
    anew = ledger_of(fork.version, kept.movements)

    assert anew.standing(TODAY) == kept.standing(TODAY)
    assert [each.sequence for each in kept.movements[:2]] == [1, 2]
