"""The refused rows of an import are tried again, and an import is undone whole."""

from decimal import Decimal

import pytest

from domain.kernel.errors import InvalidInput
from domain.market.models import Instrument
from domain.market.types import InstrumentKind
from domain.portfolios.errors import InsufficientQuantity
from domain.portfolios.imports.models import Import, ImportRow
from domain.portfolios.models import Portfolio, Transaction
from domain.portfolios.types import ImportState, RowState, TransactionKind
from tests.factories.imports import states
from tests.factories.portfolios import (
    FRIDAY,
    MONDAY,
    reverse,
    sell,
    value,
)

NEW, KNOWN, REFUSED, RECORDED = RowState.NEW, RowState.KNOWN, RowState.REFUSED, RowState.RECORDED
HEADER = "Date,Code,DataSource,Currency,Price,Quantity,Action,Fee,Note\n"
BUY = "2022-11-14,AAA,YAHOO,USD,10,20,buy,1,first\n"
MORE = "2022-11-15,AAA,YAHOO,USD,11,5,buy,0,\n"
SELL = "2022-11-16,AAA,YAHOO,USD,12,8,sell,0,\n"
PAID = "2022-11-17,AAA,YAHOO,USD,0.5,17,dividend,0,\n"
FILE = HEADER + BUY + MORE + SELL + PAID


async def add_instrument(symbol):
    await Instrument.create(
        number=900,
        symbol=symbol,
        name=symbol,
        kind=InstrumentKind.STOCK,
        exchange="XNYS",
        currency="USD",
        first_session=MONDAY,
        source="made up",
    )


async def test_what_was_unknown_is_tried_again(preview, confirm, retry, booked):
    importing = await preview(HEADER + BUY + BUY.replace("AAA", "ZZZ") + MORE.replace(",11,", ",x,"))
    await confirm(importing, skip_refused=True, key="one")
    assert await states(importing) == [RECORDED, REFUSED, REFUSED]
    assert await states(await retry(importing)) == [RECORDED, REFUSED, REFUSED]

    await add_instrument("ZZZ")
    retried = await retry(importing)

    assert await states(retried) == [RECORDED, NEW, REFUSED]
    assert retried.state is ImportState.PREVIEWED
    # The first confirmation, sent again, is answered and records nothing.
    await confirm(importing, key="one", skip_refused=True)
    assert len(await booked()) == 1
    await confirm(importing, key="two", skip_refused=True)
    assert await states(importing) == [RECORDED, RECORDED, REFUSED]
    assert len(await booked()) == 2


async def test_symbols_are_found_in_the_market_s_spelling(preview, confirm, portfolio):
    await add_instrument("BRK.B")
    file = HEADER + "".join(
        BUY.replace("AAA", symbol).replace("20,", f"{number},") for number, symbol in enumerate(("BRK B", "brk/b"), 1)
    )

    await confirm(await preview(file))

    assert {row.entry.count("BRK.B") for row in await ImportRow.all() if row.entry} == {1}
    assert await Transaction.filter(portfolio_id=portfolio.id).count() == 2


async def test_an_import_is_undone_whole(preview, confirm, undo, booked, owner, portfolio):
    importing = await confirm(await preview(FILE))

    undone = await undo(importing)

    assert undone.state is ImportState.UNDONE
    kinds = [kind for kind, _, _, _ in await booked()]
    assert kinds[4:] == [TransactionKind.REVERSAL] * 4
    reversed_ = await Transaction.filter(portfolio_id=portfolio.id, kind=TransactionKind.REVERSAL).order_by("sequence")
    originals = [await Transaction.get(id=row.reverses_id) for row in reversed_]
    assert [row.sequence for row in originals] == [4, 3, 2, 1]
    assert (await value(owner, portfolio.id)).total_value == 0
    # A second time changes nothing.
    await undo(importing)
    assert len(await booked()) == 8


async def test_what_was_undone_can_be_imported_again(preview, confirm, undo, booked, owner, portfolio):
    await undo(await confirm(await preview(FILE)))

    again = await preview(FILE)
    assert await states(again) == [NEW] * 4
    await confirm(again)

    assert len(await booked()) == 12
    assert (await value(owner, portfolio.id)).total_value == Decimal(112)


async def test_one_that_was_reversed_by_hand_is_new_again(small_market, owner, preview, confirm, portfolio):
    await confirm(await preview(HEADER + BUY + MORE))
    await reverse(small_market, owner, await Transaction.get(portfolio_id=portfolio.id, sequence=2))

    assert await states(await preview(HEADER + BUY + MORE)) == [KNOWN, NEW]


async def test_an_import_that_a_later_sale_needs_is_not_undone(preview, confirm, undo, record_it, stored):
    importing = await confirm(await preview(HEADER + BUY + MORE))
    await record_it(sell("AAA", "24", "14", FRIDAY))
    before = await stored()

    with pytest.raises(InsufficientQuantity):
        await undo(importing)

    assert await stored() == before
    assert (await Import.get(id=importing.id)).state is ImportState.CONFIRMED


async def test_what_was_reversed_before_is_left_so(small_market, owner, preview, confirm, undo, booked, portfolio):
    importing = await confirm(await preview(HEADER + BUY + MORE))
    await reverse(small_market, owner, await Transaction.get(portfolio_id=portfolio.id, sequence=2))

    await undo(importing)

    assert [kind for kind, _, _, _ in await booked()][2:] == [TransactionKind.REVERSAL] * 2


async def test_what_is_not_recorded_is_not_undone_and_what_is_undone_not_confirmed(preview, confirm, undo, retry):
    importing = await preview(FILE)
    with pytest.raises(InvalidInput, match="expected an import that has recorded something"):
        await undo(importing)
    await confirm(importing)
    await undo(importing)

    with pytest.raises(InvalidInput, match="expected an import that is previewed, got one that is UNDONE"):
        await confirm(importing)
    with pytest.raises(InvalidInput, match="expected an import that was not undone"):
        await retry(importing)


async def test_more_rows_than_a_batch(preview, confirm, undo, portfolio, owner):
    rows = [f"2022-11-{14 + number % 5},AAA,YAHOO,USD,10,{number + 1},buy,0,\n" for number in range(2_100)]
    importing = await preview(HEADER + "".join(rows))

    await confirm(importing)

    assert await Transaction.filter(portfolio_id=portfolio.id).count() == 2_100
    assert (await value(owner, portfolio.id)).cost_basis == 10 * sum(range(2_101))
    assert (await Portfolio.get(id=portfolio.id)).version == 2_100
    await undo(importing)
    assert (await value(owner, portfolio.id)).total_value == 0
