"""A file is previewed, confirmed once, known when it comes again, and undone."""

from datetime import date
from decimal import Decimal

import pytest

from domain.kernel.errors import IdempotencyKeyReused, NotFound, RefusalCode
from domain.portfolios.imports.errors import RowsRefused
from domain.portfolios.imports.models import Import, ImportRow
from domain.portfolios.imports.stored_rows import problems_of
from domain.portfolios.models import Portfolio, Posting, Transaction
from domain.portfolios.types import ImportState, RowState, TransactionKind, TransactionSource
from tests.factories import imports
from tests.factories.imports import states
from tests.factories.portfolios import (
    MONDAY,
    THURSDAY,
    TODAY,
    TUESDAY,
    WEDNESDAY,
    open_portfolio,
    value,
)

NEW, KNOWN, REFUSED, RECORDED = RowState.NEW, RowState.KNOWN, RowState.REFUSED, RowState.RECORDED
HEADER = "Date,Code,DataSource,Currency,Price,Quantity,Action,Fee,Note\n"
BUY = "2022-11-14,AAA,YAHOO,USD,10,20,buy,1,first\n"
MORE = "2022-11-15,AAA,YAHOO,USD,11,5,buy,0,\n"
SELL = "2022-11-16,AAA,YAHOO,USD,12,8,sell,0,\n"
PAID = "2022-11-17,AAA,YAHOO,USD,0.5,17,dividend,0,\n"
FILE = HEADER + BUY + MORE + SELL + PAID


async def problems(importing):
    """Return line, column and code of all problems."""
    rows = await ImportRow.filter(importing_id=importing.id).order_by("line", "part")
    return [(row.line, each.column, each.code) for row in rows for each in problems_of(row)]


async def test_a_preview_records_nothing(preview, booked, portfolio):
    importing = await preview(FILE)

    assert (importing.state, importing.format, importing.file_name) == (
        ImportState.PREVIEWED,
        "ghostfolio",
        "broker.csv",
    )
    assert await states(importing) == [NEW] * 4
    assert await booked() == []
    assert (await Portfolio.get(id=portfolio.id)).version == 0


async def test_what_is_confirmed_is_in_the_ledger(preview, confirm, booked, portfolio, owner):
    importing = await confirm(await preview(FILE))

    assert importing.state is ImportState.CONFIRMED
    assert await states(importing) == [RECORDED] * 4
    assert await booked() == [
        (TransactionKind.BUY, MONDAY, 20, -201),
        (TransactionKind.BUY, TUESDAY, 5, -55),
        (TransactionKind.SELL, WEDNESDAY, 8, 96),
        (TransactionKind.DIVIDEND, THURSDAY, None, Decimal("8.5")),
    ]
    first = await Transaction.get(portfolio_id=portfolio.id, sequence=1)
    assert (first.source, first.import_id, first.note) == (TransactionSource.IMPORT, importing.id, "first")
    assert (first.confidence, first.needs_review) == (1.0, False)
    row = await ImportRow.get(importing_id=importing.id, line=2)
    assert (row.transaction_id, row.fingerprint) == (first.id, first.fingerprint)
    assert (await Portfolio.get(id=portfolio.id)).version == 4
    # 17 units at 15.50, and the cash that is left.
    assert (await value(owner, portfolio.id)).total_value == Decimal("263.5") - Decimal("151.5")


async def test_each_transaction_balances(preview, confirm):
    await confirm(await preview(FILE))

    lines = await Posting.all()
    for key in {line.transaction_id for line in lines}:
        own = [line for line in lines if line.transaction_id == key]
        assert sum((line.amount for line in own if line.amount is not None), Decimal(0)) == 0
        assert sum((line.units for line in own if line.units is not None), Decimal(0)) == 0


async def test_a_second_confirmation_answers_the_first_result(preview, confirm, booked, clock):
    importing = await preview(FILE)
    first = await confirm(importing, key="one")
    before = await booked()
    clock.advance(hours=1)

    again = await confirm(importing, key="one")
    other = await confirm(importing, key="two")

    assert (again.confirmed_at, other.confirmed_at) == (first.confirmed_at, first.confirmed_at)
    assert await booked() == before


async def test_a_key_is_for_one_input(preview, confirm, booked):
    first, second = await preview(HEADER + BUY), await preview(HEADER + MORE)
    await confirm(first, key="one")

    with pytest.raises(IdempotencyKeyReused, match="for another import"):
        await confirm(second, key="one")
    with pytest.raises(IdempotencyKeyReused, match="with another input"):
        await confirm(first, key="one", skip_refused=True)
    assert len(await booked()) == 1


async def test_the_same_file_again_has_known_rows_alone(preview, confirm, booked):
    first = await confirm(await preview(FILE))

    second = await preview(FILE)
    assert await states(second) == [KNOWN] * 4
    assert await ImportRow.filter(importing_id=second.id).values_list("transaction_id", flat=True) == (
        await ImportRow.filter(importing_id=first.id).values_list("transaction_id", flat=True)
    )
    await confirm(second)

    assert len(await booked()) == 4


async def test_true_twins_both_survive(preview, confirm, booked):
    importing = await confirm(await preview(HEADER + BUY + BUY))

    assert await states(importing) == [RECORDED, RECORDED]
    assert await booked() == [(TransactionKind.BUY, MONDAY, 20, -201)] * 2
    # A third of them is new in a longer file, the first two are known.
    assert await states(await preview(HEADER + BUY + BUY + BUY)) == [KNOWN, KNOWN, NEW]


async def test_of_files_that_overlap_what_is_new_is_recorded(preview, confirm, booked):
    await confirm(await preview(HEADER + BUY + MORE))

    second = await confirm(await preview(HEADER + MORE + SELL + PAID))

    assert await states(second) == [KNOWN, RECORDED, RECORDED]
    assert len(await booked()) == 4


async def test_what_another_import_has_recorded_meanwhile_is_known(preview, confirm, booked):
    first, second = await preview(FILE), await preview(FILE)
    await confirm(first)
    assert await states(second) == [NEW] * 4

    await confirm(second)

    assert await states(second) == [KNOWN] * 4
    assert len(await booked()) == 4


async def test_the_scope_of_what_is_known_is_the_account(small_market, owner, preview, confirm):
    await confirm(await preview(FILE))
    other = await open_portfolio(small_market, owner, "Other")

    importing = await imports.preview(small_market, owner, other.id, FILE)

    assert await states(importing) == [NEW] * 4


async def test_rows_are_recorded_in_order_of_their_dates(preview, confirm, booked):
    await confirm(await preview(HEADER + SELL + PAID + MORE + BUY))

    assert [day for _, day, _, _ in await booked()] == [MONDAY, TUESDAY, WEDNESDAY, THURSDAY]


async def test_within_a_day_a_file_with_the_newest_first_is_read_from_its_end(preview, confirm, booked):
    sold = "2022-11-15,BBB,YAHOO,USD,90,5,sell,0,\n"
    bought = "2022-11-15,BBB,YAHOO,USD,90,5,buy,0,\n"

    await confirm(await preview(HEADER + PAID + sold + bought + BUY))

    assert [(kind, day) for kind, day, _, _ in await booked()][1:3] == [
        (TransactionKind.BUY, TUESDAY),
        (TransactionKind.SELL, TUESDAY),
    ]


async def test_a_row_that_the_ledger_refuses_keeps_all_out(small_market, owner, preview, confirm, stored, portfolio):
    importing = await preview(HEADER + BUY + SELL.replace(",8,", ",21,") + PAID)
    before = await stored()

    with pytest.raises(RowsRefused) as refused:
        await confirm(importing)

    assert refused.value.code is RefusalCode.ROWS_REFUSED
    assert await stored() == before
    assert await states(importing) == [NEW] * 3
    ((row_id, problem),) = refused.value.rows
    assert problem.code is RefusalCode.INSUFFICIENT_QUANTITY
    assert (await ImportRow.get(id=row_id)).line == 3


async def test_refused_rows_are_left_out_where_that_is_asked(preview, confirm, booked):
    importing = await preview(HEADER + BUY + SELL.replace(",8,", ",21,") + PAID)

    await confirm(importing, skip_refused=True)

    assert await states(importing) == [RECORDED, REFUSED, RECORDED]
    assert await problems(importing) == [(3, "quantity", RefusalCode.INSUFFICIENT_QUANTITY)]
    assert len(await booked()) == 2


@pytest.mark.parametrize(
    ("row", "column", "code"),
    [
        ("2022-11-14,HOME_RENTAL_1,MANUAL,USD,1,1,buy,0,\n", "symbol", RefusalCode.UNKNOWN_INSTRUMENT),
        ("2022-11-14,SP500,YAHOO,USD,1,1,buy,0,\n", "symbol", RefusalCode.UNKNOWN_INSTRUMENT),
        ("2022-11-14,AAA,YAHOO,EUR,1,1,buy,0,\n", "currency", RefusalCode.INVALID_INPUT),
        ("2022-11-14,AAA,YAHOO,XXX,1,1,buy,0,\n", None, RefusalCode.UNKNOWN_CURRENCY),
        ("2022-11-22,AAA,YAHOO,USD,1,1,buy,0,\n", None, RefusalCode.DATE_IN_FUTURE),
        ("2022-11-14,NEW,YAHOO,USD,1,1,buy,0,\n", None, RefusalCode.DATE_OUT_OF_RANGE),
        ("2022-11-14,AAA,YAHOO,USD,x,1,buy,0,\n", "price", RefusalCode.INVALID_INPUT),
    ],
)
async def test_a_row_that_cannot_be_recorded_is_refused_and_the_others_are_not(
    preview, confirm, booked, row, column, code
):
    importing = await preview(HEADER + row + BUY)

    assert await states(importing) == [REFUSED, NEW]
    assert await problems(importing) == [(2, column, code)]
    with pytest.raises(RowsRefused, match="got 1 that cannot be"):
        await confirm(importing)
    assert await booked() == []
    await confirm(importing, skip_refused=True)
    assert len(await booked()) == 1


async def test_a_stranger_finds_neither_portfolio_nor_import(small_market, stranger, preview, portfolio, booked):
    importing = await preview(FILE)

    for action in (
        imports.preview(small_market, stranger, portfolio.id, FILE),
        imports.confirm(small_market, stranger, importing.id),
        imports.undo(small_market, stranger, importing.id),
        imports.retry(small_market, stranger, importing.id),
    ):
        with pytest.raises(NotFound):
            await action
    assert await booked() == []
    assert await Import.all().count() == 1


async def test_a_snapshot_comes_to_what_it_says(preview, confirm, owner, portfolio):
    text = (
        "symbol,asset_class,quantity,entry_price,entry_date\n"
        "AAA,PUBLIC,20,10,2022-11-14\n"
        "BBB,PUBLIC,-3,100,2022-11-14\n"
        "SPX221216P03900000,OPTION,-1,50,2022-11-14\n"
        "USD,CASH,1000,1,2022-11-18\n"
    )

    importing = await confirm(await preview(text))

    assert await states(importing) == [RECORDED] * 6
    found = await value(owner, portfolio.id)
    assert dict(found.cash) == {"USD": Decimal(1000)}
    held = {each.instrument.symbol: (each.quantity, each.cost_basis) for each in found.positions}
    assert held == {
        "AAA": (Decimal(20), Decimal(200)),
        "BBB": (Decimal(-3), Decimal(-300)),
        "SPX221216P03900000": (Decimal(-1), Decimal(-5000)),
    }


async def test_a_line_is_recorded_whole_or_not_at_all(preview, confirm, booked):
    text = "symbol,quantity,entry_price,entry_date\nZZZ,-3,100,2022-11-14\nAAA,1,10,2022-11-14\n"

    importing = await preview(text)
    assert await states(importing) == [REFUSED, REFUSED, NEW]
    await confirm(importing, skip_refused=True)

    # Without its short sale the money beside it would be wrong.
    assert len(await booked()) == 1


async def test_today_is_the_market_s(preview):
    importing = await preview(HEADER + BUY, today=date(2022, 11, 13))

    assert await states(importing) == [REFUSED]
    assert TODAY > MONDAY
